import { strict as assert } from 'node:assert';
import { analyse } from '../../src/analysis/analyse';
import { proposalsFor } from '../../src/analysis/fixes/proposals';
import { cautious } from '../../src/language/figureText';
import { savingText } from '../../src/language/savings';
import { applyChanges } from '../../src/remedies/change';
import { rules } from '../../src/rules/registry';
import { open } from './fixture';

const path = '/shop/shop.faultline.yaml';

/** Each has something to fix of the kind that it is named by. */
const texts: Readonly<Record<string, string>> = {
  replica: `components: { api: {} }
journeys: { visit: { entry: api } }`,
  zone: `zones: { a: { availability: 99% }, b: {} }
components: { api: { replicas: 2, zones: [a], healthCheck: { interval: 5s } } }
journeys: { visit: { entry: api } }`,
  failover: `components: { api: { managed: true }, db: { kind: database, replicas: 2 } }
calls: [{ from: api, to: db, timeout: 1s }]
journeys: { visit: { entry: api } }`,
  'health-check': `components: { api: { managed: true }, list: { replicas: 2 } }
calls: [{ from: api, to: list }]
journeys: { visit: { entry: api } }`,
  timeout: `components: { api: { managed: true }, ads: { kind: external } }
calls: [{ from: api, to: ads, required: false }]
journeys: { visit: { entry: api } }`,
  retry: `components: { api: { managed: true }, ads: { kind: external } }
calls: [{ from: api, to: ads, required: false, timeout: 1s, retry: { maxAttempts: unlimited } }]
journeys: { visit: { entry: api } }`,
  optional: `components: { api: { managed: true }, ads: { kind: external } }
calls: [{ from: api, to: ads, timeout: 1s }]
journeys: { visit: { entry: api } }`,
};

describe('titles of quick fixes', () => {
  for (const [kind, text] of Object.entries(texts)) {
    it(`say what ${kind === 'optional' ? 'doing without' : `a ${kind}`} saves, and the same as two analyses`, () => {
      const { service, linked } = open({ [path]: `faultline: 1\nsystem: shop\n${text}\n` });
      const view = service.view(linked);
      assert.ok(
        proposalsFor(linked.system).some((proposal) => proposal.kind === kind),
        'it is among the proposals, too',
      );
      const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const titles = service.codeActions(linked, path, whole).map(({ action }) => action.title);
      const before = analyse(linked.system);
      let told = 0;
      for (const finding of view.findings) {
        for (const remedy of rules.find(({ id }) => id === finding.rule)?.fixes?.(finding, view) ?? []) {
          const after = analyse(applyChanges(linked.system, remedy.changes));
          const [visit] = before.journeys;
          const [then] = after.journeys;
          assert.ok(visit && then);
          const hoursPerYear = 8760 * (cautious(visit.up).down - cautious(then.up).down);
          const expected = hoursPerYear >= 1 / 60 ? savingText(remedy.title, { journey: 'visit', hoursPerYear }) : remedy.title;
          assert.ok(titles.includes(expected), `${expected} should be among ${titles.join(' | ')}`);
          if (expected !== remedy.title) told++;
        }
      }
      assert.ok(told > 0, titles.join(' | '));
    });
  }
});
