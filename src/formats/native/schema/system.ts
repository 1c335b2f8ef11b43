import type { Journey, Objectives } from '../../../model/journey';
import type { Region, SharedFate, Zone } from '../../../model/system';
import { block, type Fields, list, orNone } from '../types';
import { availability, duration, nameOf, rate, text } from '../values';

type Named<T> = Omit<T, 'name'>;

const availabilityObjective = orNone(availability);
const latency = orNone(duration('800ms'));

export const objectivesType = block<Objectives>(
  {
    availability: { type: availabilityObjective, doc: 'The availability that every journey shall have.', examples: ['99.95%'] },
    latency: { type: latency, doc: 'A request slower than this has failed, to the user.', examples: ['800ms'] },
    rto: { type: orNone(duration('15m', 'm')), doc: 'Recovery time objective: how long it may be down after a loss.', examples: ['15m'] },
    rpo: { type: orNone(duration('1m', 'm')), doc: 'Recovery point objective: how much data may be lost, as time.', examples: ['1m'] },
  },
  { what: 'the objectives', expects: 'objectives such as `{ availability: 99.95%, latency: 800ms }`' },
);

export const regionType = block<Named<Region>>(
  { availability: { type: availability, doc: 'The availability of the region itself.', default: '99.99%, assumed', examples: ['99.99%'] } },
  { what: 'a region', expects: 'a region such as `{ availability: 99.99% }`' },
);

export const zoneType = block<Named<Zone>>(
  {
    region: { type: nameOf('region', 'the name of a region'), doc: 'The region that the zone is in.', examples: ['us-east-1'] },
    availability: {
      type: availability,
      doc: 'The availability of the zone, given its region.',
      default: '99.95%, assumed',
      examples: ['99.95%'],
    },
  },
  { what: 'a zone', expects: 'a zone such as `{ region: us-east-1 }`' },
);

export const sharedFateType = block<Partial<Named<SharedFate>>>(
  {
    availability: { type: availability, doc: 'The availability of what they share.', examples: ['99.99%'] },
    components: {
      type: list(nameOf('component', 'the name of a component'), 'a list of components such as [edge, api]'),
      doc: 'The components that stop together.',
      examples: ['[edge, api]'],
    },
  },
  { what: 'a shared fate', expects: 'a shared fate such as `{ availability: 99.99%, components: [edge, api] }`' },
);

const journeyFields: Fields<Partial<Omit<Journey, 'name' | 'implied'>>> = {
  entry: { type: nameOf('component', 'the name of a component'), doc: 'The component at which it enters the system.', examples: ['edge'] },
  rate: { type: rate, doc: 'Its peak rate.', examples: ['40/s'] },
  availability: {
    type: availabilityObjective,
    doc: 'The availability that this journey shall have.',
    default: 'that of `objectives`',
    examples: ['99.9%'],
  },
  latency: {
    type: latency,
    doc: 'A request slower than this has failed, to the user.',
    default: 'that of `objectives`',
    examples: ['2s', 'none'],
  },
  description: { type: text(), doc: 'What somebody wants who makes this journey.' },
};

export const journeyType = block(journeyFields, { what: 'a journey', expects: 'a journey such as `{ entry: edge, rate: 40/s }`' });
