import { hopsTo } from '../analysis/load/amplification';
import type { CallLoad, ComponentLoad } from '../analysis/load/figures';
import type { Call } from '../model/call';
import { countText, listText, rateText, secondsText } from '../model/words';

type Writer = (name: string) => string;

const plain: Writer = (name) => name;

/** A call by its name, as people draw it: `api → db`. */
export function callName(id: string): string {
  return id.replace(' -> ', ' → ');
}

/** A share of a pool in words: `42%`, `130%`, `more than there is`. */
export function utilisationText(share: number): string {
  if (share === Infinity) return 'nothing is left';
  return `${share < 0.1 ? Number((share * 100).toPrecision(2)) : Math.round(share * 100)}%`;
}

/** A multiple of a load: `4×`, `2.5×`, `without end`. */
export function timesText(times: number): string {
  return times === Infinity ? 'without end' : `${Number(times.toPrecision(3))}×`;
}

/** How full a component's pool is, whole and with a part of it lost. Undefined where that is not known. */
export function headroomText(load: ComponentLoad): string | undefined {
  const { arrivals, partial, slots, utilisation, utilisationOneDown, utilisationZoneDown: zone, waiting } = load;
  if (arrivals === undefined) return undefined;
  const rate = `${partial ? 'At least ' : ''}${rateText(arrivals)} at peak`;
  if (slots === undefined || utilisation === undefined || slots === Infinity) return `${rate}.`;
  const parts = [`${utilisationText(utilisation)} of ${countText(slots, 'slot')} busy`];
  // Of what there is one, nothing is left without it; that is said of what stops.
  if (utilisationOneDown !== undefined && utilisationOneDown < Infinity)
    parts.push(`one replica short ${utilisationText(utilisationOneDown)}`);
  if (zone && utilisationOneDown !== Infinity) parts.push(`without zone ${zone.zone} ${utilisationText(zone.value)}`);
  const wait =
    waiting === undefined || waiting < 5e-5
      ? ''
      : waiting === Infinity
        ? ' **Overloaded.**'
        : ` A request waits about ${secondsText(waiting)} for a slot (approximate).`;
  return `${rate}: ${parts.join(' · ')}${load.assumed ? ' *(service time assumed)*' : ''}.${wait}`;
}

/** What retries make of its load when it fails; undefined where they make no more of it. */
export function amplificationText({ amplification, amplifiedBy }: ComponentLoad, write: Writer = plain): string | undefined {
  if (amplification === undefined || !(amplification > 1 + 1e-9)) return undefined;
  const hops = hopsTo(amplifiedBy).map(({ call, times }) => `${write(callName(call))} ${timesText(times)}`);
  const by = hops.length > 0 ? `: ${listText(hops, 5)}` : '';
  return amplification === Infinity
    ? `When it fails, nothing bounds the load that retries bring${by}.`
    : `When it fails, retries bring up to ${timesText(amplification)} its load${by}.`;
}

/** Whether a call ends before whoever waits for its caller gives up. Undefined where nobody said how long that is. */
export function deadlineText({ left, leftIn, fits, worstCase }: CallLoad, write: Writer = plain): string | undefined {
  if (left === undefined || worstCase === Infinity) return undefined;
  const whose = leftIn === undefined ? '' : ` in ${write(leftIn)}`;
  return fits ? `That fits the ${secondsText(left)} that its caller has${whose}.` : `Its caller has only ${secondsText(left)}${whose}.`;
}

/** Work that nobody receives. */
export function wastedText({ wasted }: CallLoad, call: Call, write: Writer = plain): string | undefined {
  if (!wasted) return undefined;
  const longer =
    wasted.seconds === Infinity
      ? `without end after ${write(call.from)} has given up`
      : `${secondsText(wasted.seconds)} longer than ${write(call.from)} waits for it`;
  return `${write(call.to)} may go on ${longer} (${write(callName(wasted.call))}): work that nobody receives.`;
}
