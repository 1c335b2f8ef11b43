import { strict as assert } from 'node:assert';
import { GroupChances } from '../../../src/analysis/availability/groupchance';
import { domainsOf } from '../../../src/analysis/structure/domains';
import { replicaGroup } from '../../../src/analysis/structure/replicas';
import type { Component } from '../../../src/model/component';
import { assumptions } from '../../../src/model/defaults';
import { emptySystem } from '../../../src/model/system';
import { fromDown } from '../../../src/model/units';
import { near } from '../near';

const domains = domainsOf(emptySystem('none'), assumptions);

function chances(about: Omit<Component, 'name'>, needs: number): { up: number; down: number; slow: number } {
  return new GroupChances(replicaGroup({ name: 'it', ...about }, needs, domains, assumptions), domains.list).given(() => 'open');
}

/** Sums the binomial distribution with exact integers: a thousandth of `perMille` is the chance of one replica to be down. */
function binomialDown(count: number, needs: number, perMille: number): number {
  let sum = 0n;
  let choose = 1n;
  const [q, p] = [BigInt(perMille), BigInt(1000 - perMille)];
  for (let up = 0; up < needs; up++) {
    sum += choose * p ** BigInt(up) * q ** BigInt(count - up);
    choose = (choose * BigInt(count - up)) / BigInt(up + 1);
  }
  // Enough digits of the fraction for a double.
  const scale = 10n ** 40n;
  return Number((sum * scale * scale) / 1000n ** BigInt(count)) / Number(scale) / Number(scale);
}

describe('replicas', () => {
  it('k of n, few and many, keep the digits of small chances', () => {
    for (const [count, needs, perMille] of [
      [3, 2, 10],
      [40, 20, 200],
      [64, 50, 100],
      [65, 50, 100],
      [200, 150, 50],
      [200, 199, 1],
      [100, 1, 500],
    ] as const) {
      const { down, up } = chances({ replicas: count, availability: fromDown(perMille / 1000) }, needs);
      near(down, binomialDown(count, needs, perMille), 1e-11);
      assert.ok(Math.abs(down + up - 1) < 1e-12);
    }
  });

  it('that never fail, or always', () => {
    for (const replicas of [1, 5, 100]) {
      assert.deepEqual(chances({ replicas, availability: fromDown(0) }, 1), { down: 0, up: 1, slow: 0 });
      assert.deepEqual(chances({ replicas, availability: fromDown(1) }, 1), { down: 1, up: 0, slow: 0 });
    }
  });

  it('answer slowly while one is dead and nobody checks', () => {
    const q = 0.1;
    const { slow } = chances({ replicas: 3, availability: fromDown(q) }, 2);
    near(slow, 3 * q * (1 - q) ** 2);
    const many = chances({ replicas: 80, availability: fromDown(0.001) }, 79);
    near(many.slow, 80 * 0.001 * 0.999 ** 79, 1e-11);
    assert.equal(chances({ replicas: 3, availability: fromDown(q), healthCheck: { interval: 1 } }, 2).slow, 0);
    assert.equal(chances({ replicas: 3, availability: fromDown(q) }, 3).slow, 0);
  });
});
