import { strict as assert } from 'node:assert';
import { statesTogether, toldTogether } from '../../src/webview/told';

const line = (at: number, text: string) => ({ at, text });

describe('two runs in words', () => {
  const together = (left: readonly ReturnType<typeof line>[], right: readonly ReturnType<typeof line>[]) =>
    toldTogether({ variant: 'written', shown: left }, { variant: 'protected', shown: right }).map(({ at, text }) => `${at} ${text}`);

  it('say once what both say, and name the variant of the rest, in the order of time', () => {
    assert.deepEqual(
      together(
        [line(1, 'db stops answering.'), line(4, 'api is stuck.'), line(9, 'db is back.')],
        [line(1, 'db stops answering.'), line(2, 'a breaker opens.'), line(9, 'db is back.')],
      ),
      ['1 db stops answering.', '2 Protected: a breaker opens.', '4 As written: api is stuck.', '9 db is back.'],
    );
  });

  it('count what is said twice: it is said by both only as often as both say it', () => {
    assert.deepEqual(together([line(1, 'a')], [line(1, 'a'), line(1, 'a')]), ['1 a', '1 Protected: a']);
    assert.deepEqual(together([line(1, 'a'), line(1, 'a')], [line(1, 'a')]), ['1 a', '1 As written: a']);
    assert.deepEqual(together([], []), []);
  });

  it('say of each element what it does, once where both do the same', () => {
    const states = statesTogether(
      {
        variant: 'bare',
        shown: new Map([
          ['a', 'down'],
          ['b', '8/8 hang'],
        ]),
      },
      {
        variant: 'protected',
        shown: new Map([
          ['a', 'down'],
          ['b', '2/8 busy'],
          ['c', 'breaker open'],
        ]),
      },
    );
    assert.deepEqual(
      [...states],
      [
        ['a', 'down'],
        ['b', 'Bare: 8/8 hang; Protected: 2/8 busy'],
        ['c', 'Protected: breaker open'],
      ],
    );
  });
});
