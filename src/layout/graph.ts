import type { ElementId } from '../model/origin';
import type { IconName } from './drawing/icons';

/** How bad the worst finding on an element is. */
export type Tone = 'error' | 'warning' | 'info' | 'none';

/** A small sign on a card's top edge: an icon and a word, so that colour alone says nothing. */
export interface Badge {
  readonly icon: IconName;
  readonly text: string;
  readonly tone: Tone;
  readonly width: number;
}

/** A component, or a group that is collapsed into one card. */
export interface Card {
  /** Unique in a graph. */
  readonly id: ElementId;
  /** What it shows, where that is not its id: in the deployment several cards show one component. */
  readonly element?: ElementId;
  /** The zone of which it shows the replicas, where that is not all of them. */
  readonly zone?: string;
  /** Identifies the group it stands for, when it is a collapsed one. */
  readonly collapsed?: string;
  /** What would be drawn in that group. */
  readonly inside?: Inside;
  readonly name: string;
  readonly title: string;
  /** What kind of thing it is and what is known of it: `database · 2 replicas · 99.95%`. */
  readonly meta: string;
  readonly icon: IconName;
  /** The group it stands in; undefined outside all of them. */
  readonly group?: string;
  /** Its replicas by zone, in order; `zone` is empty where nobody wrote it. */
  readonly pips: readonly { readonly zone: string; readonly count: number }[];
  readonly badges: readonly Badge[];
  readonly tone: Tone;
  /** Outside our hands: drawn with a dashed border. */
  readonly external: boolean;
  readonly width: number;
  readonly height: number;
  /** Its accessible name. */
  readonly spoken: string;
  /** The tooltip. */
  readonly hint: string;
}

/** What lies in a collapsed group: cards, the frames around them, the lines between them. */
export interface Inside {
  readonly cards: readonly Card[];
  readonly groups: readonly Group[];
  readonly edges: readonly Edge[];
}

export type GroupKind = 'region' | 'zone' | 'external' | 'zones';

/** A frame around cards. One of kind `zones` is not drawn: it holds zones of no region together. */
export interface Group {
  readonly id: string;
  readonly kind: GroupKind;
  /** What a click reveals; none where no one element stands behind the frame. */
  readonly element?: ElementId;
  readonly name: string;
  /** The kind and the name as its title says them: `Zone`, `eu-west-1a`. */
  readonly words: readonly [string, string];
  readonly parent?: string;
  readonly tone: Tone;
  readonly spoken: string;
  readonly hint: string;
}

/** One piece of a label: a text or an icon, `x` from the label's left edge. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string; readonly x: number; readonly tone: Tone }
  | { readonly kind: 'icon'; readonly icon: 'breaker' | 'no-breaker'; readonly x: number }
  | { readonly kind: 'dot'; readonly x: number };

export interface Pill {
  readonly width: number;
  readonly height: number;
  readonly segments: readonly Segment[];
}

export type EdgeStyle = 'sync' | 'async' | 'startup' | 'telemetry';

/** One line of the picture: one call, or several of the same pair that look alike. */
export interface Edge {
  /** Of its first call; unique. */
  readonly id: ElementId;
  /** The call it shows, where that is not its id: in the deployment several lines show one call. */
  readonly element?: ElementId;
  /** The ids of all its calls. */
  readonly calls: readonly string[];
  readonly from: ElementId;
  readonly to: ElementId;
  readonly style: EdgeStyle;
  readonly tone: Tone;
  readonly pill?: Pill;
  readonly spoken: string;
  readonly hint: string;
}

/** What is to be drawn, before anything has a place. Sorted by id throughout, whatever the order of the files. */
export interface Graph {
  readonly cards: readonly Card[];
  readonly groups: readonly Group[];
  readonly edges: readonly Edge[];
  /** Equal for two graphs that the same positions suit: same elements, same sizes, same nesting. */
  readonly key: string;
  /** What was left out, for the toolbar's switches. */
  readonly hidden: { readonly startup: number; readonly telemetry: number };
}

export interface GraphOptions {
  /** Draw start-up order between components that do not call each other. */
  readonly startup: boolean;
  /** Draw components that only observe, and the edges to them. */
  readonly telemetry: boolean;
  /** A card a component (left out), or a card for the replicas in each zone, inside its frame. */
  readonly view?: 'logical' | 'deployment';
  /** Which calls get a label. Left out: all up to 40 cards, above that those with findings. */
  readonly labels?: 'all' | 'problems' | 'none';
  /** Groups to draw as one card. Left out: none, or zones, then regions, where more than 250 cards would be drawn. */
  readonly collapsed?: ReadonlySet<string>;
}

/** The element that a card or a line shows. */
export function shownBy({ id, element }: Pick<Card | Edge, 'id' | 'element'>): ElementId {
  return element ?? id;
}
