import type { Scenario } from '../../../model/scenario';
import { block, type Fields, list, mapOf } from '../types';
import { count, duration, text } from '../values';
import { eventType } from './event';
import { expectations } from './expectation';

const scenarioFields: Fields<Partial<Omit<Scenario, 'name'>>> = {
  description: { type: text(), doc: 'What happens, in words.' },
  duration: { type: duration('60s', 's'), doc: 'How long it runs.', default: '60s', examples: ['60s'] },
  seed: { type: count(0), doc: 'The seed of its random numbers: the same seed gives the same run.', default: '1', examples: ['7'] },
  clients: {
    type: mapOf(count(1), 'clients by journey such as `{ browse: 1000 }`', 'journey'),
    doc: 'A number of clients by journey that send their next request when the last one has ended, instead of a rate.',
    default: 'the journeys’ rates',
    examples: ['{ browse: 1000 }'],
  },
  think: { type: duration('1s', 's'), doc: 'How long a client waits before its next request.', default: '0s', examples: ['1s'] },
  events: {
    type: list(eventType, 'a list of events such as `- { at: 10s, kill: db }`'),
    doc: 'What happens when.',
    examples: ['[{ at: 10s, kill: db }, { at: 40s, restore: db }]'],
  },
  expect: {
    type: expectations,
    doc: 'What must hold. The scenario is a test.',
    examples: ['[{ journey: browse, success: 99%, from: 10s, to: 40s }]'],
  },
};

export const scenarioType = block(scenarioFields, {
  what: 'a scenario',
  expects: 'a scenario such as `{ duration: 60s, events: [{ at: 10s, kill: db }] }`',
});
