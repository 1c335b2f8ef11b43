import { variants } from '../../model/scenario';
import type { System } from '../../model/system';
import { unpack } from '../../model/transfer';
import { gameDay } from '../../simulation/gameDay';
import { answering, type Answer as Known, type Question } from '../../simulation/questions';
import { pictured, tippingPicture, tippingPoint, usualOutage } from '../../simulation/tippingPoint';
import type { Answer, Answered, Asked, Order } from '../orders';
import { compareVariants } from './bands';

/** Milliseconds of computing before the thread looks whether somebody changed their mind. */
const slice = 20;
/** Milliseconds between two words about how far it is. */
const pause = 100;

/** Answers questions on this thread, one at a time, so that a new one or a change of mind is heard in between. */
export class Answering {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (message: Answer) => void) {}

  stop(): void {
    clearTimeout(this.#timer);
  }

  ask({ run, packed, asked }: Extract<Order, { type: 'ask' }>): void {
    this.stop();
    const system = unpack(packed);
    const steps = answering(system, questionOf(system, asked));
    let told = performance.now();
    const go = () => {
      const until = performance.now() + slice;
      let step = steps.next();
      while (!step.done && performance.now() < until) step = steps.next();
      if (step.done) {
        const { value } = step;
        this.tell(value.ok ? { type: 'answered', run, answered: value.answer } : { type: 'refused', run, reason: value.reason });
        return;
      }
      if (performance.now() - told > pause) {
        told = performance.now();
        this.tell({ type: 'progress', run, ...step.value });
      }
      this.#timer = setTimeout(go, 0);
    };
    go();
  }
}

function* questionOf(system: System, asked: Asked): Question<Known<Answered>> {
  switch (asked.kind) {
    case 'game-day': {
      const day = yield* gameDay(system, asked.setting);
      return day.ok ? { ok: true, answer: { kind: 'game-day', day: day.answer } } : day;
    }
    case 'compare': {
      const sides = yield* compareVariants(asked.setting);
      return sides.ok ? { ok: true, answer: { kind: 'compare', setting: asked.setting, sides: sides.answer } } : sides;
    }
    case 'tipping': {
      const { setting: question } = asked;
      const setting = { ...question, ...usualOutage };
      const cells = yield* tippingPicture(system, setting, pictured);
      if (!cells.ok) return cells;
      const point = yield* tippingPoint(system, { ...setting, variants });
      return point.ok ? { ok: true, answer: { kind: 'tipping', question, cells: cells.answer, point: point.answer } } : point;
    }
  }
}
