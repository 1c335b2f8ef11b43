import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { FaultTarget } from '../../model/scenario';
import { rateText, secondsText, targetText } from '../../model/words';
import { gameDayTargets } from '../../simulation/gameDay';
import { pictured, type TippingCell, type TippingOfVariant, type TippingPoint } from '../../simulation/tippingPoint';
import { lead, type TrialOutcome } from '../../simulation/tippingTrial';
import type { Answered } from '../orders';
import type { Player } from '../player';
import { outageStory } from '../story';
import { variantText } from '../words';
import { tippingText } from './cellText';
import { moveInGrid } from './grid';
import type { Questions } from './questions';
import { Seeds } from './Seeds';
import { Ask } from './Standing';

const chosen = signal('');
/** Hundreds of runs for each of them: who wants more than one, says so. */
const seeds = signal(1);

interface TippingProps {
  readonly player: Player;
  readonly questions: Questions;
}

/** Load against the length of an outage: where it recovers, and where it is stuck for good. */
export function Tipping({ player, questions }: TippingProps) {
  const standing = questions.standing.tipping.value;
  const refusal = player.refusal.value;
  const { packed } = player;
  const targets = player.system.value ? gameDayTargets(player.system.value) : [];
  const target = targets.find((each) => keyOf(each) === chosen.value) ?? targets[0];
  const variant = player.variant.value;
  const ask = () => {
    if (packed && target) questions.ask(packed, { kind: 'tipping', setting: { target, variant, seed: player.seed, runs: seeds.value } });
  };
  const found = standing.kind === 'answered' && standing.answered.kind === 'tipping' ? standing.answered : undefined;
  return (
    <div class="question">
      <div class="row">
        <label class="field">
          <span>{l10n.t('Outage of')}</span>
          <select
            aria-label={l10n.t('What is gone')}
            value={target ? keyOf(target) : ''}
            onChange={(event) => {
              chosen.value = event.currentTarget.value;
            }}
          >
            {targets.map((each) => (
              <option key={keyOf(each)} value={keyOf(each)}>
                {targetText(each)}
              </option>
            ))}
          </select>
        </label>
        <Seeds chosen={seeds} />
        <Ask questions={questions} kind="tipping" label={l10n.t('Find the tipping point')} obstacle={refusal} onAsk={ask} />
        {!found && standing.kind === 'open' && (
          <span class="hint">{l10n.t('Tries outages of different lengths under different loads: which of them are recovered from?')}</span>
        )}
      </div>
      {found && <Found found={found} player={player} />}
    </div>
  );
}

function Found({ found, player }: { readonly found: Extract<Answered, { kind: 'tipping' }>; readonly player: Player }) {
  const { cells, point, question } = found;
  const play = ({ factor, length }: TippingCell) => {
    const journeys = [...(player.system.value?.journeys.keys() ?? [])];
    player.playStory(outageStory(question.target, lead, lead + length, journeys, factor), question.variant, lead - 2);
  };
  return (
    <div class="scroll tipping">
      <table
        class="heat"
        aria-label={l10n.t('Load against the length of an outage of {0}', targetText(question.target))}
        onKeyDown={moveInGrid}
      >
        <caption>
          {l10n.t('{0}, {1} gone. Today {2} pass it.', variantText(question.variant), targetText(question.target), rateText(point.rate))}
        </caption>
        <thead>
          <tr>
            <th scope="col">{l10n.t('gone for')}</th>
            {pictured.factors.map((factor) => (
              <th scope="col" key={factor}>
                {factor}×<small>{rateText(point.rate * factor)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pictured.lengths.map((length, y) => (
            <tr key={length}>
              <th scope="row">{secondsText(length)}</th>
              {pictured.factors.map((factor, x) => {
                const cell = cells.find((each) => each.length === length && each.factor === factor);
                return (
                  <td key={factor}>
                    {cell && (
                      <button
                        type="button"
                        class={`verdict ${cell.outcome}`}
                        data-row={y}
                        data-column={x}
                        tabIndex={x === 0 && y === 0 ? 0 : -1}
                        aria-label={l10n.t(
                          '{0} gone at {1} times the load: {2}',
                          secondsText(length),
                          factor,
                          tippingText(cell, question.runs),
                        )}
                        onClick={() => play(cell)}
                      >
                        <i aria-hidden="true">{signs[cell.outcome]}</i> {tippingText(cell, question.runs)}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <p>
          {question.runs > 1
            ? l10n.t('An outage of {0} is survived with each of {1} seeds', secondsText(point.length), question.runs)
            : l10n.t('An outage of {0} is survived', secondsText(point.length))}
        </p>
        <ul>
          {point.variants.map((each) => (
            <li key={each.variant}>
              <b>{variantText(each.variant)}</b>: {survivedText(each, point)}
            </li>
          ))}
        </ul>
        {point.notes.map((note) => (
          <p class="hint" key={note}>
            {note}
          </p>
        ))}
      </div>
    </div>
  );
}

const signs: Readonly<Record<TrialOutcome, string>> = { recovers: '✓', stuck: '✕', overloaded: '▲', unknown: '?' };

function survivedText({ kind, survives, tried }: TippingOfVariant, { rate }: TippingPoint): string {
  const load = (factor: number) => rateText(factor * rate);
  switch (kind) {
    case 'never':
      return l10n.t('never, not even at {0}', load(tried[0]?.factor ?? 0));
    case 'beyond':
      return l10n.t('even at {0}', load(tried.at(-1)?.factor ?? 0));
    case 'between':
      return l10n.t('up to {0}; you run {1}', load(survives ?? 0), rateText(rate));
  }
}

function keyOf({ kind, name }: FaultTarget): string {
  return `${kind} ${name}`;
}
