import { strict as assert } from 'node:assert';
import type { Box } from '../../src/layout/flow';
import { pathOf, tidied } from '../../src/layout/routes';
import { straightened } from '../../src/layout/straighten';

const card: Box = { x: 200, y: 100, width: 172, height: 54 };

describe('routes', () => {
  it('lose points that are double or on a straight line', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 20 },
    ];
    assert.deepEqual(tidied(points), [
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 20 },
    ]);
  });

  it('get round corners that fit between their bends', () => {
    const path = pathOf([
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 8 },
      { x: 60, y: 8 },
    ]);
    assert.equal(path, 'M0 0L26 0Q30 0 30 4L30 4Q30 8 34 8L60 8');
    assert.equal(pathOf([]), '');
  });

  it('lose a small jog before a card: the end moves along its side', () => {
    const [line] = straightened(
      [
        {
          id: 'a',
          points: [
            { x: 0, y: 124 },
            { x: 150, y: 124 },
            { x: 150, y: 127 },
            { x: 200, y: 127 },
          ],
        },
      ],
      [card],
    );
    assert.deepEqual(tidied(line?.points ?? []), [
      { x: 0, y: 124 },
      { x: 200, y: 124 },
    ]);
  });

  it('keep a jog where another line ends, and under a label', () => {
    const jog = [
      { x: 0, y: 124 },
      { x: 150, y: 124 },
      { x: 150, y: 129 },
      { x: 200, y: 129 },
    ];
    const other = {
      id: 'b',
      points: [
        { x: 180, y: 119 },
        { x: 200, y: 119 },
      ],
    };
    assert.equal(straightened([{ id: 'a', points: jog }, other], [card])[0]?.points.length, 4);
    const label = { x: 160, y: 120, width: 30, height: 18, level: '' };
    assert.equal(straightened([{ id: 'a', points: jog, label }], [card])[0]?.points.length, 4);
  });
});
