import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { type Variant, variants } from '../../model/scenario';
import type { Share } from '../../model/units';
import { secondsText } from '../../model/words';
import { defaultDuration } from '../../simulation/run';
import { chartColours } from '../colours';
import type { CompareSetting } from '../orders';
import type { Player } from '../player';
import { percentText, variantText } from '../words';
import { type Band, type Side, worstJourneys } from './bands';
import type { Questions } from './questions';
import { Ask } from './Standing';

/** As many seeds as make the middle nine tenths more than the extremes. */
const runs = 40;
const width = 300;
const height = 90;
/** Where the chart has lines across, from the top down. */
const shares: readonly Share[] = [1, 0.5, 0];

/** The two variants that are compared. */
const chosen = signal<readonly [Variant, Variant]>(['written', 'protected']);

interface CompareProps {
  readonly player: Player;
  readonly questions: Questions;
}

/** One story in two variants side by side, on the same traffic, with many seeds. */
export function Compare({ player, questions }: CompareProps) {
  const standing = questions.standing.compare.value;
  // Read so that the button follows what is chosen and done on the map.
  const isStory = player.scenario.value !== undefined || player.actions.value.length > 0;
  const ask = () => {
    const { packed } = player;
    const scenario = player.story(player.scenario.value ?? l10n.t('by hand'));
    if (!packed || !scenario) return;
    const duration = scenario.duration ?? defaultDuration;
    questions.ask(packed, { kind: 'compare', setting: { scenario, variants: chosen.value, duration, seed: player.seed, runs } });
  };
  const found = standing.kind === 'answered' && standing.answered.kind === 'compare' ? standing.answered : undefined;
  const names = found ? worstJourneys(found.sides, chartColours.length) : [];
  const all = found?.sides[0]?.bands.length ?? 0;
  const obstacle = isStory ? player.refusal.value : l10n.t('First choose a scenario, or kill something on the map.');
  return (
    <div class="question">
      <div class="row">
        {[0, 1].map((i) => (
          <select
            key={i}
            aria-label={i === 0 ? l10n.t('Left variant') : l10n.t('Right variant')}
            value={chosen.value[i === 0 ? 0 : 1]}
            onChange={(event) => {
              const variant = event.currentTarget.value as Variant;
              const [left, right] = chosen.value;
              // Two sides never show the same: they change places.
              if (variant === chosen.value[1 - i]) chosen.value = [right, left];
              else chosen.value = i === 0 ? [variant, right] : [left, variant];
            }}
          >
            {variants.map((variant) => (
              <option key={variant} value={variant}>
                {variantText(variant)}
              </option>
            ))}
          </select>
        ))}
        <button type="button" class="wide" onClick={() => watch(player)}>
          {l10n.t('Watch both on the map')}
        </button>
        <Ask questions={questions} kind="compare" label={l10n.t('Compare with {0} seeds', runs)} obstacle={obstacle} onAsk={ask} />
        {found && (
          <span class="hint">
            {l10n.t('Line: the middle one of {0} runs. Band: nine in ten of them. Both sides have the same traffic.', found.setting.runs)}
            {all > names.length && ` ${l10n.t('Of {0} journeys these are the {1} that fare worst.', all, names.length)}`}
          </span>
        )}
      </div>
      {found && (
        <div class="sides">
          {found.sides.map((side, i) => (
            <SideView key={`${i} ${side.variant}`} side={side} names={names} setting={found.setting} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Plays both side by side, with whatever is being played. */
function watch(player: Player): void {
  const [left, right] = chosen.value;
  player.setBeside(undefined);
  player.setVariant(left);
  player.setBeside(right);
}

interface SideProps {
  readonly side: Side;
  /** The journeys that are shown, the same on both sides. */
  readonly names: readonly string[];
  readonly setting: CompareSetting;
}

function SideView({ side, names, setting }: SideProps) {
  const { summary, bands, variant } = side;
  const shown = bands.filter(({ journey }) => names.includes(journey));
  return (
    <figure class="side">
      <figcaption>
        <b>{variantText(variant)}</b> <span>{collapseText(side)}</span>
      </figcaption>
      <div class="plot">
        <div class="up" aria-hidden="true">
          {shares.map((share) => (
            <small key={share}>{percentText(share)}</small>
          ))}
        </div>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={spoken(side)}>
          {shadesOf(setting).map(({ from, to }) => (
            <rect key={from} class="fault" x={across(from, setting)} width={across(to - from, setting)} y={0} height={height} />
          ))}
          {shares.map((share) => (
            <line key={share} class="grid" x1={0} x2={width} y1={up(share)} y2={up(share)} />
          ))}
          {shown.map((band, i) => (
            <g key={band.journey} class={`key-${i}`}>
              <path class="band" d={areaOf(band, setting)} />
              <path class="middle" d={lineOf(band, setting)} />
            </g>
          ))}
        </svg>
        <div class="along" aria-hidden="true">
          {[0, setting.duration / 2, setting.duration].map((second) => (
            <small key={second}>{l10n.t('{0} s', second)}</small>
          ))}
        </div>
      </div>
      <ul>
        {shown.map(({ journey }, i) => {
          const figures = summary.journeys.get(journey);
          return (
            <li key={journey} class={`key key-${i}`}>
              <i aria-hidden="true" />
              {journey} <b>{figures?.success ? percentText(figures.success.mean) : '–'}</b>
              {figures?.p99 ? ` · p99 ${secondsText(figures.p99.mean)}` : ''}
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

/** The stretch from the first thing that happens to the last. */
function shadesOf({ scenario, duration }: CompareSetting): readonly { readonly from: number; readonly to: number }[] {
  const times = scenario.events.map(({ at }) => at);
  return times.length === 0 ? [] : [{ from: Math.min(...times), to: times.length > 1 ? Math.max(...times) : duration }];
}

function across(second: number, { duration }: CompareSetting): number {
  return Math.round((second / Math.max(duration, 1)) * width * 10) / 10;
}

function up(share: number): number {
  return Math.round((2 + (1 - share) * (height - 4)) * 10) / 10;
}

function lineOf({ points }: Band, setting: CompareSetting): string {
  return points.map(({ second, middle }, i) => `${i === 0 ? 'M' : 'L'}${across(second + 0.5, setting)} ${up(middle)}`).join('');
}

function areaOf({ points }: Band, setting: CompareSetting): string {
  if (points.length === 0) return '';
  const there = points.map(({ second, high }, i) => `${i === 0 ? 'M' : 'L'}${across(second + 0.5, setting)} ${up(high)}`);
  const back = [...points].reverse().map(({ second, low }) => `L${across(second + 0.5, setting)} ${up(low)}`);
  return `${there.join('')}${back.join('')}Z`;
}

function collapseText({ summary: { collapses } }: Side): string {
  if (!collapses) return '';
  if (collapses.runs === 0) return l10n.t('comes back with all {0} seeds', collapses.of);
  const each = [...collapses.journeys].map(([name, count]) => l10n.t('{0} collapses with {1} of {2} seeds', name, count, collapses.of));
  return each.join(', ');
}

function spoken(side: Side): string {
  const figures = [...side.summary.journeys].map(([name, { success }]) => `${name} ${success ? percentText(success.mean) : '–'}`);
  return l10n.t('Success over time, {0}: {1}', variantText(side.variant), figures.join(', '));
}
