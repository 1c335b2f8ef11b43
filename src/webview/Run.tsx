import { useSignal, useSignalEffect } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { Variant } from '../model/scenario';
import { secondsText } from '../model/words';
import type { Plot } from './chart';
import { type ChartChoice, type Charted, charted, type Measure, measures } from './charted';
import type { Player } from './player';
import { ofVariant } from './told';
import type { Track } from './track';
import { variantText } from './words';

/**
 * Milliseconds between two drawings, and between two changes of the figures beside them: three and a half times those between
 * two frames of a run, so that the browser draws a chart in another frame than what such a frame changes.
 */
const rhythm = 112;

/** Milliseconds between the drawings of two charts side by side, and when the last one was drawn: one frame draws one at most. */
const apart = 32;
let drawnLast = Number.NEGATIVE_INFINITY;

/** What is told beside the drawing, and instead of it. */
interface Told {
  readonly keys: readonly { readonly name: string; readonly colour: number; readonly now: string }[];
  readonly words: string;
}

interface ChartProps {
  readonly player: Player;
  readonly track: Track;
  /** Whose run it is, where there are two. */
  readonly variant?: Variant | undefined;
}

/** A run over time: success, latency, pools or retries. Draws and tells at most ten times a second. */
export function Chart({ player, track, variant }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const late = useRef<() => void>(() => {});
  const told = useSignal<Told>({ keys: [], words: '' });
  const choice = player.chart.value;
  useEffect(() => {
    if (!host.current) return undefined;
    const element = host.current;
    let plot: Plot | undefined;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const inTurn = () => {
      if (performance.now() - drawnLast < apart) timer = setTimeout(inTurn, apart);
      else draw();
    };
    const draw = () => {
      timer = undefined;
      drawnLast = performance.now();
      const chosen = player.chart.peek();
      const soFar = player.soFar(track);
      const content = charted(chosen, soFar);
      plot?.show(content, player.spans.peek(), soFar.time);
      const next = tell(chosen, content, Math.floor(soFar.time));
      if (JSON.stringify(next) !== JSON.stringify(told.peek())) told.value = next;
    };
    late.current = () => {
      timer ??= setTimeout(inTurn, rhythm);
    };
    draw();
    // The map is there first. Without lines the figures are still said beside them.
    player.begun
      .then(() => import('./chart'))
      .then(
        (loaded) => {
          if (isGone) return;
          plot = new loaded.Plot(element);
          draw();
        },
        () => undefined,
      );
    const themes = new MutationObserver(() => plot?.recolour());
    themes.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
    const sizes = new ResizeObserver(() => late.current());
    sizes.observe(host.current);
    return () => {
      clearTimeout(timer);
      late.current = () => {};
      themes.disconnect();
      sizes.disconnect();
      isGone = true;
      plot?.dispose();
    };
  }, [player, track, told]);
  useSignalEffect(() => {
    // Read so that every one of them draws.
    const { time, spans, chart } = player;
    if (time.value >= 0 && track.journeys.value && track.recorded.value && spans.value && chart.value) late.current();
  });
  return (
    <figure class="chart" aria-label={variant ? ofVariant(variant, headingOf(choice.measure)) : headingOf(choice.measure)}>
      <figcaption>
        {variant && <b>{variantText(variant)}</b>}
        {track === player.left && <Choice player={player} choice={choice} />}
        {told.value.keys.map(({ name, colour, now }) => (
          <span key={name} class={`key key-${colour}`}>
            <i aria-hidden="true" />
            {name} <b>{now}</b>
          </span>
        ))}
        {told.value.keys.length === 0 && <span>{told.value.words}</span>}
      </figcaption>
      <div class="plot" ref={host} role="img" aria-label={told.value.words} />
    </figure>
  );
}

function Choice({ player, choice }: { readonly player: Player; readonly choice: ChartChoice }) {
  const { measure, journey } = choice;
  const names = [...(player.system.value?.journeys.keys() ?? [])];
  return (
    <>
      <select
        aria-label={l10n.t('What the chart shows')}
        value={measure}
        onChange={({ currentTarget: { value } }) => {
          player.chart.value = { ...choice, measure: measures.find((each) => each === value) ?? 'success' };
        }}
      >
        {measures.map((each) => (
          <option key={each} value={each}>
            {measureText(each)}
          </option>
        ))}
      </select>
      {measure === 'latency' && (
        <select
          aria-label={l10n.t('Latency of which journey')}
          value={journey !== undefined && names.includes(journey) ? `of ${journey}` : ''}
          onChange={({ currentTarget: { value } }) => {
            const name = names.find((each) => `of ${each}` === value);
            player.chart.value = { measure, ...(name === undefined ? {} : { journey: name }) };
          }}
        >
          <option value="">{l10n.t('the slowest journey')}</option>
          {names.map((name) => (
            <option key={name} value={`of ${name}`}>
              {name}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

function tell({ measure }: ChartChoice, { lines }: Charted, time: number): Told {
  const keys = lines.filter(({ isArea }) => !isArea).map(({ name, colour, now }) => ({ name, colour, now }));
  const figures = keys.map(({ name, now }) => `${name} ${now}`).join(', ');
  const words = keys.length === 0 ? emptyText(measure) : l10n.t('{0}. At {1}: {2}', headingOf(measure), secondsText(time), figures);
  return { keys, words };
}

function measureText(measure: Measure): string {
  switch (measure) {
    case 'success':
      return l10n.t('Success');
    case 'latency':
      return l10n.t('Latency');
    case 'pools':
      return l10n.t('Pools');
    case 'retries':
      return l10n.t('Retries');
  }
}

function headingOf(measure: Measure): string {
  switch (measure) {
    case 'success':
      return l10n.t('Requests that succeed, by journey');
    case 'latency':
      return l10n.t('How long the answered requests took');
    case 'pools':
      return l10n.t('Slots in use, of the fullest components');
    case 'retries':
      return l10n.t('Retries a second, by the calls that make most');
  }
}

/** Why there is no line. */
function emptyText(measure: Measure): string {
  switch (measure) {
    case 'success':
    case 'latency':
      return l10n.t('Nothing has been measured yet.');
    case 'pools':
      return l10n.t('No pool has been measured yet.');
    case 'retries':
      return l10n.t('No call was tried again in the last minute.');
  }
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
      {player.renewed.value && (
        <p class="hint">{l10n.t('The text has changed, so the run began again. What was done by hand belonged to the old text.')}</p>
      )}
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
