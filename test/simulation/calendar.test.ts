import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { Calendar } from '../../src/simulation/calendar';
import { Timer, TimerList } from '../../src/simulation/timers';

type Step = { readonly push: number } | { readonly remove: number } | 'pop';

describe('the calendar', function () {
  this.timeout(30_000);

  it('gives back what was planned by time and then by order of planning, whatever is taken out in between', () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }).map((push) => ({ push })) },
      { weight: 2, arbitrary: fc.nat({ max: 1000 }).map((remove) => ({ remove })) },
      { weight: 3, arbitrary: fc.constant('pop' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
        const calendar = new Calendar();
        let plain: { time: number; id: number }[] = [];
        let nextId = 0;
        for (const one of steps) {
          if (one === 'pop') {
            const first = plain.reduce<(typeof plain)[number] | undefined>(
              (least, entry) => (least && least.time <= entry.time ? least : entry),
              undefined,
            );
            assert.equal(calendar.next, first?.time ?? Infinity);
            if (!first) continue;
            assert.equal(calendar.pop(), first.id);
            plain = plain.filter((entry) => entry !== first);
          } else if ('push' in one) {
            calendar.push(one.push, nextId);
            plain.push({ time: one.push, id: nextId++ });
          } else {
            const id = nextId > 0 ? one.remove % nextId : 0;
            assert.equal(
              calendar.has(id),
              plain.some((entry) => entry.id === id),
            );
            calendar.remove(id);
            plain = plain.filter((entry) => entry.id !== id);
          }
          assert.equal(calendar.length, plain.length);
        }
      }),
    );
  });
});

describe('a list of timers of one length', function () {
  this.timeout(30_000);

  it('ends each timer that is not cancelled at its time, in order, among other events at the same time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3 }), cancel: fc.option(fc.nat({ max: 5 })) }), { maxLength: 60 }),
        (steps) => {
          const calendar = new Calendar();
          const list = new TimerList<number>(calendar, 0, 10);
          const timers: Timer<number>[] = [];
          const expected = new Map<number, number>();
          const seen: [number, number][] = [];
          let now = 0;
          const runTo = (time: number) => {
            while (calendar.length > 0 && calendar.next <= time) {
              const at = calendar.next;
              calendar.pop();
              const owner = list.expired(at);
              if (owner !== undefined) seen.push([at, owner]);
            }
          };
          for (const { wait, cancel } of steps) {
            now += wait;
            runTo(now);
            const timer = new Timer(timers.length);
            timers.push(timer);
            list.start(timer, now);
            expected.set(timer.owner, now + 10);
            const cancelled = cancel === null ? undefined : timers[timers.length - 1 - cancel];
            if (cancelled?.running) {
              list.cancel(cancelled);
              expected.delete(cancelled.owner);
            }
          }
          runTo(Infinity);
          assert.deepEqual(
            seen,
            [...expected].map(([owner, at]) => [at, owner]),
          );
        },
      ),
    );
  });
});
