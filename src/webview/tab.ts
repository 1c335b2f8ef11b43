import { signal } from '@preact/signals';
import type { Question } from '../layout/protocol';

/** What the simulation shows under the map: a run, or the answer to a question. */
export type Tab = 'run' | Question;

export const tabs: readonly Tab[] = ['run', 'game-day', 'compare', 'tipping'];

export const tab = signal<Tab>('run');
