import * as l10n from '@vscode/l10n';
import { hopsTo } from '../analysis/load/amplification';
import type { CallLoad, ComponentLoad } from '../analysis/load/figures';
import type { Call } from '../model/call';
import type { Seconds } from '../model/units';
import { countText, listText, rateText, secondsText } from '../model/words';

type Writer = (name: string) => string;

const plain: Writer = (name) => name;

/** A call by its name, as people draw it: `api → db`. */
export function callName(id: string): string {
  return id.replace(' -> ', ' → ');
}

/** A share of a pool in words: `42%`, `130%`, `more than there is`. */
export function utilisationText(share: number): string {
  if (share === Infinity) return l10n.t('nothing is left');
  return `${share < 0.1 ? Number((share * 100).toPrecision(2)) : Math.round(share * 100)}%`;
}

/** A multiple of a load: `4×`, `2.5×`, `without end`. */
export function timesText(times: number): string {
  return times === Infinity ? l10n.t('without end') : `${Number(times.toPrecision(3))}×`;
}

/** How full a component's pool is, whole and with a part of it lost. Undefined where that is not known. */
export function headroomText(load: ComponentLoad): string | undefined {
  const { arrivals, partial, slots, utilisation, utilisationOneDown, utilisationZoneDown: zone, waiting } = load;
  if (arrivals === undefined) return undefined;
  const rate = partial ? l10n.t('At least {0} at peak', rateText(arrivals)) : l10n.t('{0} at peak', rateText(arrivals));
  if (slots === undefined || utilisation === undefined || slots === Infinity) return l10n.t('{0}.', rate);
  const busy = utilisationText(utilisation);
  const parts = [countText(slots, l10n.t('{0} of 1 slot busy', busy), l10n.t('{0} of {1} slots busy', busy, slots))];
  // Of what there is one, nothing is left without it; that is said of what stops.
  if (utilisationOneDown !== undefined && utilisationOneDown < Infinity)
    parts.push(l10n.t('one replica short {0}', utilisationText(utilisationOneDown)));
  if (zone && utilisationOneDown !== Infinity) parts.push(l10n.t('without zone {0} {1}', zone.zone, utilisationText(zone.value)));
  const head = load.assumed
    ? l10n.t('{0}: {1} *(service time assumed)*.', rate, parts.join(' · '))
    : l10n.t('{0}: {1}.', rate, parts.join(' · '));
  return waiting === undefined || waiting < 5e-5 ? head : `${head} ${waitingText(waiting)}`;
}

function waitingText(waiting: Seconds): string {
  if (waiting === Infinity) return l10n.t('**Overloaded.**');
  return l10n.t('A request waits about {0} for a slot (approximate).', secondsText(waiting));
}

/** What retries make of its load when it fails; undefined where they make no more of it. */
export function amplificationText({ amplification, amplifiedBy }: ComponentLoad, write: Writer = plain): string | undefined {
  if (amplification === undefined || !(amplification > 1 + 1e-9)) return undefined;
  const hops = hopsTo(amplifiedBy).map(({ call, times }) => `${write(callName(call))} ${timesText(times)}`);
  const by = listText(hops, 5);
  if (amplification === Infinity)
    return by === ''
      ? l10n.t('When it fails, nothing bounds the load that retries bring.')
      : l10n.t('When it fails, nothing bounds the load that retries bring: {0}.', by);
  return by === ''
    ? l10n.t('When it fails, retries bring up to {0} its load.', timesText(amplification))
    : l10n.t('When it fails, retries bring up to {0} its load: {1}.', timesText(amplification), by);
}

/** Whether a call ends before whoever waits for its caller gives up. Undefined where nobody said how long that is. */
export function deadlineText({ left, leftIn, fits, worstCase }: CallLoad, write: Writer = plain): string | undefined {
  if (left === undefined || worstCase === Infinity) return undefined;
  const time = secondsText(left);
  if (leftIn === undefined) return fits ? l10n.t('That fits the {0} that its caller has.', time) : l10n.t('Its caller has only {0}.', time);
  return fits
    ? l10n.t('That fits the {0} that its caller has in {1}.', time, write(leftIn))
    : l10n.t('Its caller has only {0} in {1}.', time, write(leftIn));
}

/** Work that nobody receives. */
export function wastedText({ wasted }: CallLoad, call: Call, write: Writer = plain): string | undefined {
  if (!wasted) return undefined;
  const [callee, caller, why] = [write(call.to), write(call.from), write(callName(wasted.call))];
  if (wasted.seconds === Infinity)
    return l10n.t('{0} may go on without end after {1} has given up ({2}): work that nobody receives.', callee, caller, why);
  const time = secondsText(wasted.seconds);
  return l10n.t('{0} may go on {1} longer than {2} waits for it ({3}): work that nobody receives.', callee, time, caller, why);
}
