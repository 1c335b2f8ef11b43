import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect } from 'preact/hooks';
import { type OnPaper, type Verdict, verdictsOnPaper } from '../../model/onPaper';
import { targetText } from '../../model/words';
import { type GameDay as Day, type GameDayRow, type GameDayTarget, gameDayTargets, usualGameDay } from '../../simulation/gameDay';
import type { Player } from '../player';
import { outageStory } from '../story';
import { variantText } from '../words';
import { comparedText, paperText, spokenText, worstOf } from './cellText';
import { moveInGrid } from './grid';
import type { Questions } from './questions';
import { Seeds } from './Seeds';
import { Ask } from './Standing';

/** Seconds before the fault at which a cell begins to play. */
const lead = 2;

const seeds = signal(5);

interface GameDayProps {
  readonly player: Player;
  readonly questions: Questions;
}

/** Everything taken away once, and what becomes of each journey: a heat map whose cells play on the map. */
export function GameDay({ player, questions }: GameDayProps) {
  const standing = questions.standing['game-day'].value;
  const variant = player.variant.value;
  const ask = () => {
    const { packed } = player;
    if (packed) questions.ask(packed, { kind: 'game-day', setting: { ...usualGameDay, variant, seed: player.seed, runs: seeds.value } });
  };
  const day = standing.kind === 'answered' && standing.answered.kind === 'game-day' ? standing.answered.day : undefined;
  const asked = day?.variant ?? variant;
  const onPaper = questions.onPaper.value.find((paper) => paper.variant === asked);
  const system = player.system.value;
  useEffect(() => questions.wantOnPaper(asked), [questions, asked, system]);
  return (
    <div class="question">
      <div class="row">
        <Seeds chosen={seeds} />
        <Ask questions={questions} kind="game-day" label={l10n.t('Run the game day')} obstacle={player.refusal.value} onAsk={ask} />
        {day ? (
          <span>
            {l10n.t('{0}: each thing is gone for half a minute. Choose a cell to see it on the map.', variantText(day.variant))}
            {` ${l10n.t('The figure is the share of the requests that succeed meanwhile.')}`}
            {day.runs > 1 && ` ${l10n.t('Of {0} seeds the worst gives the colour.', day.runs)}`}
          </span>
        ) : (
          standing.kind === 'open' && (
            <span class="hint">
              {l10n.t('Takes every component, zone, region and shared fate away once, and says what becomes of each journey.')}
            </span>
          )
        )}
      </div>
      {day && <Table day={day} player={player} onPaper={onPaper} />}
      {standing.kind === 'running' && onPaper && <Paper player={player} onPaper={onPaper} />}
    </div>
  );
}

/** What the analysis says, while the runs are under way. */
function Paper({ player, onPaper }: { readonly player: Player; readonly onPaper: OnPaper }) {
  const system = player.system.value;
  if (!system) return null;
  const cellOf = (journey: string, target: GameDayTarget) => ({
    journey,
    verdict: verdictsOnPaper(onPaper, target, journey)?.ifHanging,
    text: paperText(onPaper, target, journey),
  });
  const rows = gameDayTargets(system)
    .map((target) => ({ target, cells: onPaper.journeys.map((journey) => cellOf(journey, target)) }))
    .sort((a, b) => severityOf(b.cells) - severityOf(a.cells));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
    <section class="scroll" tabIndex={0} aria-label={l10n.t('On paper')}>
      <p class="hint">{l10n.t('On paper, until the runs are done:')}</p>
      <table class="heat paper" aria-label={l10n.t('What the analysis says becomes of each journey without each thing')}>
        <Head journeys={onPaper.journeys} />
        <tbody>
          {rows.map(({ target, cells }) => (
            <tr key={`${target.kind} ${target.name}`}>
              <th scope="row">{targetText(target)}</th>
              {cells.map(({ journey, verdict, text }) => (
                <td key={journey}>
                  <span class={`verdict ${verdict ?? 'unknown'}`}>
                    <i aria-hidden="true">{signOf(verdict)}</i> {text}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head({ journeys }: { readonly journeys: readonly string[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">{l10n.t('without')}</th>
        {journeys.map((name) => (
          <th scope="col" key={name}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface TableProps {
  readonly day: Day;
  readonly player: Player;
  readonly onPaper: OnPaper | undefined;
}

function Table({ day, player, onPaper }: TableProps) {
  const rows = [...day.rows].sort((a, b) => weight(b) - weight(a));
  const journeys = rows[0]?.cells.map(({ journey }) => journey) ?? [];
  const play = ({ target }: GameDayRow) => player.playStory(outageStory(target, day.from, day.to), day.variant, day.from - lead);
  return (
    <div class="scroll">
      <table class="heat" aria-label={l10n.t('Game day: what becomes of each journey without each thing')} onKeyDown={moveInGrid}>
        <Head journeys={journeys} />
        <tbody>
          {rows.map((row, y) => (
            <tr key={`${row.target.kind} ${row.target.name}`}>
              <th scope="row">{targetText(row.target)}</th>
              {row.cells.map((cell, x) => (
                <td key={cell.journey}>
                  <button
                    type="button"
                    class={`verdict ${worstOf(cell) ?? 'unknown'}`}
                    data-row={y}
                    data-column={x}
                    tabIndex={x === 0 && y === 0 ? 0 : -1}
                    aria-label={l10n.t('{0} without {1}: {2}', cell.journey, targetText(row.target), spokenText(cell, row.target, onPaper))}
                    title={row.firstSign?.text ?? row.stopped ?? ''}
                    onClick={() => play(row)}
                  >
                    <i aria-hidden="true">{signOf(worstOf(cell))}</i> {comparedText(cell, row.target, onPaper)}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {day.notes.map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
    </div>
  );
}

/** What hits most comes first; of what does not come back even more so. */
function weight({ cells }: GameDayRow): number {
  return cells.reduce(
    (sum, { recovers }) => sum + (recovers === false ? 3 : 0),
    severityOf(cells.map((cell) => ({ verdict: worstOf(cell) }))),
  );
}

function severityOf(cells: readonly { readonly verdict?: Verdict | undefined }[]): number {
  return cells.reduce((sum, { verdict }) => sum + (verdict === 'stops' ? 2 : verdict === 'degrades' ? 1 : 0), 0);
}

function signOf(verdict: Verdict | undefined): string {
  switch (verdict) {
    case 'survives':
      return '✓';
    case 'degrades':
      return '◐';
    case 'stops':
      return '✕';
    case undefined:
      return '–';
  }
}
