import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { applyTextChanges } from '../../src/editing/edit';
import { parseYaml } from '../../src/formats/shared/yamlParse';
import type { System } from '../../src/model/system';
import { applyChanges, type Change } from '../../src/remedies/change';
import { fileWithChanges } from './arbitrary';
import { edits, linked, single } from './helpers';

/** A system as plain data in which the order of calls, policies and keys does not count. */
function comparable(system: System): unknown {
  const calls = [...system.calls]
    .sort((a, b) => compare(a.id, b.id))
    .map((call) => ({ ...sorted(call), ownKeys: [...call.ownKeys].sort() }));
  return { calls, components: sortedMap(system.components), policies: sortedMap(system.policies), journeys: sortedMap(system.journeys) };
}

function sorted(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)));
}

function sortedMap(map: ReadonlyMap<string, object>): unknown {
  return [...map].map(([name, value]) => [name, sorted(value)]).sort(([a], [b]) => compare(a, b));
}

function compare(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : 1;
}

/** All comments of a text, in order. */
function comments(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\s)(#[^\r\n]*)/gm)].map(([, comment = '']) => comment);
}

/** The model after the changes; calls take a policy's new keys from it as they are linked. */
function expected(system: System, changes: readonly Change[]): System {
  const changed = applyChanges(system, changes);
  const redefined = new Set(changes.flatMap((change) => (change.kind === 'define-policy' ? change.name : [])));
  const relaid = changed.calls.flatMap(({ id, policy }): Change[] =>
    policy !== undefined && redefined.has(policy) ? [{ kind: 'use-policy', call: id, name: policy }] : [],
  );
  return applyChanges(changed, relaid);
}

describe('any edit', function () {
  this.timeout(20_000);

  it('means what the change means, touches nothing else, and is made once', () => {
    let made = 0;
    let all = 0;
    fc.assert(
      fc.property(fileWithChanges, ({ text, changes }) => {
        all++;
        const before = linked(single(text));
        assert.deepEqual(
          before.problems.filter(({ rule }) => rule === 'syntax'),
          [],
          text,
        );
        const textChanges = edits(single(text), changes);
        if (!textChanges) return;
        made++;
        const after = applyTextChanges(text, textChanges);
        assert.deepEqual(parseYaml(after).errors, [], after);
        const system = linked(single(after));
        assert.deepEqual(comparable(system.system), comparable(expected(before.system, changes)), after);
        assert.equal(system.problems.length <= before.problems.length, true, after);
        assert.deepEqual(comments(after), comments(text), after);
        assert.equal(/\r\n/.test(after), /\r\n/.test(text));
        assert.equal(/[^\r]\n/.test(after), /[^\r]\n/.test(text), 'line breaks of two kinds');
        assert.deepEqual(edits(single(after), changes), [], after);
      }),
      { numRuns: 150 },
    );
    assert.ok(made > all * 0.6, `${made} of ${all} edits could be made`);
  });

  it('stays inside the lines of the entries that it changes', () => {
    fc.assert(
      fc.property(fileWithChanges, ({ text, changes }) => {
        const [change] = changes;
        if (change?.kind !== 'set-call') return;
        const textChanges = edits(single(text), [change]) ?? [];
        const origin = linked(single(text)).origins.get(`call ${change.call}`)?.[0];
        if (!origin || origin.keys.size === 0) return;
        const end = text.slice(origin.entry.end).search(/[\r\n]|$/) + origin.entry.end;
        for (const { span } of textChanges) {
          assert.ok(span.start >= origin.entry.start && span.end <= end, text);
        }
      }),
      { numRuns: 100 },
    );
  });
});
