import { useSignalEffect } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { chartColours, SuccessChart } from './chart';
import type { Player } from './player';
import { percentText } from './words';

/** Success by journey over time. */
export function Chart({ player }: { readonly player: Player }) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<SuccessChart | undefined>(undefined);
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new SuccessChart(host.current);
    chart.current = made;
    made.show(player.journeys.peek(), player.spans.peek(), player.time.peek());
    const themes = new MutationObserver(() => made.recolour());
    themes.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
    const sizes = new ResizeObserver(() => made.show(player.journeys.peek(), player.spans.peek(), player.time.peek()));
    sizes.observe(host.current);
    return () => {
      themes.disconnect();
      sizes.disconnect();
      made.dispose();
    };
  }, [player]);
  useSignalEffect(() => {
    const { value: journeys } = player.journeys;
    const { value: spans } = player.spans;
    chart.current?.show(journeys, spans, player.time.value);
  });
  return (
    <figure class="chart" aria-label={l10n.t('Requests that succeed, by journey')}>
      <figcaption>
        <span>{l10n.t('Success')}</span>
        <Legend player={player} />
      </figcaption>
      <div class="plot" ref={host} />
    </figure>
  );
}

function Legend({ player }: { readonly player: Player }) {
  const time = player.time.value;
  return (
    <>
      {[...player.journeys.value].slice(0, chartColours.length).map(([name, seconds], i) => {
        const last = seconds[Math.floor(time) - 1];
        const share = last && last.offered > 0 ? percentText((last.succeeded + last.degraded) / last.offered) : '–';
        return (
          <span key={name} class={`key key-${i}`}>
            <i aria-hidden="true" />
            {name} <b>{share}</b>
          </span>
        );
      })}
    </>
  );
}

/** What happens, in words; spoken as it comes. */
export function Log({ player }: { readonly player: Player }) {
  const list = useRef<HTMLDivElement>(null);
  const lines = player.log.value;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
    <div class="log" ref={list} aria-label={l10n.t('What happens')} tabIndex={0} aria-live="polite" role="log">
      {lines.length === 0 ? (
        <p class="hint">{l10n.t("Press play, then open a component's menu (right click, or Shift+F10) and kill it.")}</p>
      ) : (
        <ol>
          {lines.map(({ at, text }, i) => (
            <li key={`${at}:${i}`}>
              <time>{l10n.t('{0} s', at.toFixed(1))}</time> <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
