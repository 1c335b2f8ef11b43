import { strict as assert } from 'node:assert';
import * as l10n from '@vscode/l10n';
import { besideCompose, renamed, smallSystem, webShop } from '../../src/extension/samples';
import { type Review, review, reviewText } from '../rules/helpers';
import { textOf } from './examples';

const compose = `services:
  web: { image: nginx, depends_on: [api] }
  api: { image: api, environment: { DB: postgres://db/x } }
  db: { image: postgres }
`;

const found = ({ findings }: Review) => findings.map(({ rule, subject }) => `${rule} ${subject}`).sort();

const beside = (name: string, file: string) =>
  review(
    new Map([
      ['/shop/shop.faultline.yaml', besideCompose(name, file, 'web')],
      [`/shop/${file}`, compose],
    ]),
  );

describe('what a new system begins with', () => {
  const make: Readonly<Record<string, (name: string) => Review>> = {
    small: (name) => reviewText(smallSystem(name)),
    'web shop': (name) => reviewText(webShop(name)),
    laboratory: (name) => reviewText(renamed(textOf('lab'), name)),
    'compose file': (name) => beside(name, 'docker-compose.yml'),
  };

  for (const [sample, reviewOf] of Object.entries(make)) {
    it(`is sound and has the name that was given: ${sample}`, () => {
      for (const name of ['shop', 'on', '007', '1e3', 'no', '__proto__', '$&', 'a shop', 'Läden.2']) {
        const { linked, findings } = reviewOf(name);
        assert.equal(linked.sound, true, name);
        assert.equal(linked.system.name, name);
        assert.deepEqual(
          findings.filter(({ severity }) => severity === 'error'),
          [],
        );
        assert.ok(linked.system.journeys.size > 0, name);
      }
    });
  }

  it('small: shows what Faultline is for with its first finding', () => {
    assert.ok(found(reviewText(smallSystem('shop'))).includes('missing-timeout api -> payment'));
  });

  it('web shop: has one call to mend, and what follows from it', () => {
    assert.deepEqual(found(reviewText(webShop('shop'))), [
      'missing-circuit-breaker orders -> cards',
      'missing-timeout orders -> cards',
      'single-point-of-failure cards',
      'untested-restore database',
    ]);
  });

  it('compose file: has its services, and a journey that needs them', () => {
    const { linked, figures } = beside('shop', 'compose.dev.yaml');
    assert.deepEqual([...linked.system.components.keys()].sort(), ['api', 'db', 'web']);
    assert.equal(figures.journeys[0]?.journey, 'visit');
    assert.deepEqual(
      linked.system.calls.map(({ from, to }) => `${from} -> ${to}`),
      ['api -> db', 'web -> api'],
    );
  });

  it('compose file: whatever it is called', () => {
    for (const file of ['docker-compose.yml', 'compose.a,b.yml', 'compose.#1.yaml', "compose.it's.yml"])
      assert.equal(beside('shop', file).linked.system.components.has('api'), true, file);
  });

  it('stays one line where a translation has two', () => {
    const text = 'Two components and a call. Hover them, and look at what is underlined.';
    l10n.config({ contents: { [text]: 'One.\nfaultline: 2' } });
    try {
      assert.equal(reviewText(smallSystem('shop')).linked.sound, true);
      assert.match(smallSystem('shop'), /^# One\. faultline: 2\nfaultline: 1\n/);
    } finally {
      l10n.config({ contents: {} });
    }
  });
});
