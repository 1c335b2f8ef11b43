import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { conditionedModel } from '../../../src/analysis/availability/conditioned';
import { explicitModel } from '../../../src/analysis/availability/explicitmodel';
import { lossEffects, singleDomain, singleVariable } from '../../../src/analysis/availability/losses';
import { compile } from '../../../src/analysis/engine/compile';
import { Library } from '../../../src/analysis/engine/library';
import { planOf } from '../../../src/analysis/engine/plan';
import { explicitOf } from '../../../src/analysis/structure/explicit';
import { structureOf } from '../../../src/analysis/structure/structure';
import { finish } from '../../../src/model/steps';
import { architectures } from '../arbitrary';

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-12, `${actual} should be ${expected}`);
}

describe('the two ways to evaluate a root', function () {
  this.timeout(60_000);

  it('agree: by the states of the failure domains, and with every replica and domain a variable', () => {
    fc.assert(
      fc.property(architectures(24), (system) => {
        const structure = structureOf(system);
        const { losses, journeys } = lossEffects(structure);
        const explicit = explicitOf(structure);
        assert.ok(explicit);
        const { graph, groups, domains } = structure;
        for (const [i, { fails }] of structure.journeys.entries()) {
          const set = journeys[i]?.up;
          assert.ok(set);
          const single = singleVariable(losses, set);
          const compiled = finish(compile(planOf(graph, fails.up, 2 * groups.length, single), new Library(), { nodes: 1e6 }));
          const a = finish(conditionedModel(compiled, groups, domains.list, singleDomain(losses, set, single)));
          const b = finish(explicitModel(structure, explicit, explicit.journeys[i]?.fails.up ?? 0, new Library(), { nodes: 1e6 }));
          assert.ok(a.isFeasible);
          const figures = [finish(a.figures()), finish(b.figures())] as const;
          close(figures[1].upper.down, figures[0].upper.down);
          close(figures[1].upper.up, figures[0].upper.up);

          // What would be if a component that never serves did is not asked of either.
          const changed = groups.flatMap((group, component) =>
            group.replica.down < 1 ? [{ component, group: { ...group, own: { up: 1, down: 0 }, common: 0 } }] : [],
          );
          const [ours, theirs] = [finish(a.importance(changed)), finish(b.importance(changed))];
          assert.ok(ours && theirs);
          for (const [component, weight] of ours.components) {
            close(theirs.components.get(component)?.birnbaum ?? 0, weight.birnbaum);
            close(theirs.components.get(component)?.saved ?? 0, weight.saved);
          }
          for (const [domain, weight] of ours.domains) close(theirs.domains.get(domain)?.birnbaum ?? 0, weight.birnbaum);
          for (const [j, effect] of ours.probes.entries()) close(theirs.probes[j] ?? 0, effect);
          close(finish(b.changed(changed)).upper.down, finish(a.changed(changed)).upper.down);
        }
      }),
      { numRuns: 500 },
    );
  });
});
