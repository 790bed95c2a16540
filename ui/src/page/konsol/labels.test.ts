import { expect, test } from 'vitest';
import { overlap, placeLabels, type Wish } from './labels';

const PICTURE = { w: 400, h: 400 };
const wish = (key: string, x: number, y: number, more: Partial<Wish> = {}): Wish => ({ key, x, y, r: 3, w: 40, h: 12, ...more });

test('a name stands to the right of its point, and on the other side where that is taken', () => {
  const [first, second] = placeLabels([wish('a', 100, 100), wish('b', 90, 100)], [], PICTURE);
  expect(first).toMatchObject({ key: 'a', x: 106, y: 94 });
  expect(second!.x + second!.w).toBeLessThan(90);
});

test('what is kept free stays free, and what finds no room has no name', () => {
  expect(placeLabels([wish('a', 100, 100)], [{ x: 0, y: 0, w: 400, h: 400 }], PICTURE)).toEqual([]);
  expect(placeLabels([wish('district', 100, 100, { upon: true })], [{ x: 90, y: 95, w: 20, h: 10 }], PICTURE)[0]).toMatchObject({ x: 80 });
});

test('at the edge of the picture a name stands on the side that is in it', () => {
  expect(placeLabels([wish('a', 395, 100)], [], PICTURE)[0]).toMatchObject({ x: 349 });
});

test('however close points lie, no two names lie upon each other', () => {
  const crowd = Array.from({ length: 60 }, (_, n) => wish(String(n), (n * 37) % 200, (n * 53) % 150));
  const placed = placeLabels(crowd, [], PICTURE);
  expect(placed.length).toBeGreaterThan(10);
  for (const [at, one] of placed.entries()) for (const other of placed.slice(at + 1)) expect(overlap(one, other)).toBe(false);
});
