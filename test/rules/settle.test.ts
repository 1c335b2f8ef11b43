import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyse } from '../../src/analysis/analyse';
import { emptySystem } from '../../src/model/system';
import { singleLosses } from '../../src/rules/journeys';
import type { RuleContext } from '../../src/rules/rule';
import { anotherReplica, endsSinglePoint, withoutIt } from '../../src/rules/settle';
import { architectures } from '../analysis/arbitrary';

const emptyLinked = {
  system: emptySystem('test'),
  origins: new Map(),
  files: [],
  folder: '/',
  mentions: [],
  ignores: [],
  problems: [],
  sound: true,
};

describe('what is offered against a single point of failure', function () {
  this.timeout(30_000);

  it('does away with it, by the whole analysis of the system after it', () => {
    let offered = 0;
    fc.assert(
      fc.property(architectures(6), (system) => {
        const linked = { ...emptyLinked, system };
        const context: RuleContext = { linked, figures: analyse(system) };
        for (const loss of singleLosses(context, 'component')) {
          for (const remedy of [...anotherReplica(system, loss.point.name), ...withoutIt(system, loss.point.name)]) {
            offered++;
            assert.ok(endsSinglePoint(system, remedy, loss), `${loss.point.name}: ${remedy.title}`);
          }
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(offered > 500, `only ${offered} remedies`);
  });
});
