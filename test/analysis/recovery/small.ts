import { strict as assert } from 'node:assert';
import type { Recovered, RecoveryLoss } from '../../../src/analysis/recovery/figures';
import { recoveryFigures } from '../../../src/analysis/recovery/recovery';
import type { Component } from '../../../src/model/component';
import type { Objectives } from '../../../src/model/journey';
import { type Parts, systemOf } from '../small';

export const minute = 60;
export const hour = 3600;
export const day = 86400;

export function lossText(loss: RecoveryLoss): string {
  if (loss.kind === 'replica' || loss.kind === 'data') return loss.kind;
  return `${loss.kind} ${loss.name}`;
}

/** Two regions: `a` and `b` in east, `c` in west, and `d` in nobody knows which. */
export const zones = { a: { region: 'east' }, b: { region: 'east' }, c: { region: 'west' }, d: {} };

export function figures(parts: Parts, objectives: Objectives = {}): readonly Recovered[] {
  return recoveryFigures({ ...systemOf({ zones, ...parts }), objectives });
}

export function figureOf(component: Omit<Component, 'name'>, loss: string, parts: Partial<Parts> = {}): Recovered {
  const found = figures({ ...parts, components: { it: component, ...parts.components } }).find(
    (one) => one.subject === 'it' && lossText(one.loss) === loss,
  );
  assert.ok(found, `the loss of ${loss} has figures`);
  return found;
}

export const database = { kind: 'database' } as const;
export const pair = { ...database, replicas: 2, zones: ['a', 'b'] } as const;
export const lone = { ...database, zones: ['a'] } as const;
export const watched = { interval: 5, unhealthyAfter: 2 } as const;
export const daily = { every: day, restore: 3 * hour } as const;
