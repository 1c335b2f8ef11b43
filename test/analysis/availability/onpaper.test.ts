import { strict as assert } from 'node:assert';
import { onPaperSteps } from '../../../src/analysis/availability/onPaper';
import { type OnPaper, type PaperVerdicts, verdictsOnPaper } from '../../../src/model/onPaper';
import { type Variant, variants } from '../../../src/model/scenario';
import { finish } from '../../../src/model/steps';
import { lab, systemOf } from '../../model/systems';

describe('a game day on paper', () => {
  const without = (onPaper: OnPaper, name: string, journey: string): PaperVerdicts | undefined =>
    verdictsOnPaper(onPaper, { kind: 'component', name }, journey);
  const labOf = (variant: Variant) => finish(onPaperSteps(lab(), variant));

  it('tells what the calls say from what becomes of it where they hang', () => {
    // One pool for both journeys: whoever waits for payment takes the threads of those who do not.
    assert.deepEqual(without(labOf('written'), 'payment', 'orders'), { structure: 'survives', ifHanging: 'stops' });
    assert.deepEqual(without(labOf('written'), 'payment', 'pay'), { structure: 'stops', ifHanging: 'stops' });
    assert.deepEqual(without(labOf('written'), 'api', 'orders'), { structure: 'stops', ifHanging: 'stops' });
  });

  it('is about the variant that is asked for', () => {
    assert.deepEqual(without(labOf('bare'), 'payment', 'orders'), { structure: 'survives', ifHanging: 'stops' });
    assert.deepEqual(without(labOf('protected'), 'payment', 'orders'), { structure: 'survives', ifHanging: 'survives' });
    assert.deepEqual(without(labOf('protected'), 'payment', 'pay'), { structure: 'stops', ifHanging: 'stops' });
    for (const variant of variants) assert.equal(labOf(variant).variant, variant);
  });

  it('says what it knows, and nothing of the rest', () => {
    const part: OnPaper = {
      variant: 'written',
      journeys: ['orders', 'pay'],
      things: [{ kind: 'zone', name: 'a', stops: ['pay'], degrades: ['orders'], ifHanging: { stops: ['pay', 'orders'], degrades: [] } }],
    };
    assert.deepEqual(verdictsOnPaper(part, { kind: 'zone', name: 'a' }, 'orders'), { structure: 'degrades', ifHanging: 'stops' });
    assert.equal(verdictsOnPaper(part, { kind: 'component', name: 'a' }, 'pay'), undefined);
    assert.equal(verdictsOnPaper(part, { kind: 'zone', name: 'a' }, '__proto__'), undefined);
    assert.equal(verdictsOnPaper(undefined, { kind: 'zone', name: 'a' }, 'pay'), undefined);
  });

  it('a system without journeys has no journey, and one with odd names is read as any other', () => {
    assert.deepEqual(finish(onPaperSteps(systemOf({ components: [{ name: 'a' }] }), 'written')).journeys, []);
    const odd = systemOf({
      components: [{ name: 'a' }, { name: '__proto__' }],
      calls: [{ from: 'a', to: '__proto__', timeout: 1, circuitBreaker: { failures: 3 } }],
      journeys: [{ name: 'constructor', entry: 'a' }],
    });
    const onPaper = finish(onPaperSteps(odd, 'written'));
    assert.equal(without(onPaper, '__proto__', 'constructor')?.structure, 'stops');
  });
});
