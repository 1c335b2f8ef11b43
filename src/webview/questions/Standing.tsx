import * as l10n from '@vscode/l10n';
import type { QuestionKind, Questions } from './questions';

interface StandingProps {
  readonly questions: Questions;
  readonly kind: QuestionKind;
  /** What the button says that asks. */
  readonly label: string;
  /** Why it cannot be asked now. */
  readonly obstacle?: string | undefined;
  onAsk(): void;
}

/** The button that asks a question or stops it, and how far it is. */
export function Ask({ questions, kind, label, obstacle, onAsk }: StandingProps) {
  const standing = questions.standing[kind].value;
  if (standing.kind === 'running') {
    const { done, asked } = standing;
    return (
      <>
        <button type="button" onClick={() => questions.stop()}>
          {l10n.t('Stop')}
        </button>
        <progress value={done} max={Math.max(asked, 1)} aria-label={l10n.t('Runs that are done')} />
        {/* How many it will be is known once the first of them is under way. */}
        <span>{asked > 0 && l10n.t('{0} of {1} runs', done, asked)}</span>
      </>
    );
  }
  return (
    <>
      <button type="button" class="primary wide" disabled={obstacle !== undefined} onClick={onAsk}>
        {label}
      </button>
      {obstacle !== undefined && <span class="hint">{obstacle}</span>}
      {standing.kind === 'refused' && <span role="status">{standing.reason}</span>}
    </>
  );
}
