import type { Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';

/** One run is an anecdote; five tell what is luck; twenty how much of it. */
const choices = [1, 5, 20] as const;

/** With how many seeds a question is asked. */
export function Seeds({ chosen }: { readonly chosen: Signal<number> }) {
  return (
    <label class="field">
      <span>{l10n.t('Seeds')}</span>
      <select
        aria-label={l10n.t('With how many seeds')}
        value={String(chosen.value)}
        onChange={(event) => {
          chosen.value = Number(event.currentTarget.value);
        }}
      >
        {choices.map((count) => (
          <option key={count} value={String(count)}>
            {count}
          </option>
        ))}
      </select>
    </label>
  );
}
