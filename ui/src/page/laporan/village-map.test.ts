import { expect, test } from 'vitest';
import type { VillageView } from '../../api/types';
import { radius, stepRanges, villageFigures } from './village-map';

const village = (code: string, name: string) => ({ code, name, district: 'Serang', lat: -6.1, lng: 106.1 }) as VillageView;
const count = (key: string, n: number) => ({ key, label: key, count: n });
const CITY = [village('a', 'Cipare'), village('b', 'Unyur'), village('c', 'Lopang')];

test('every kelurahan is a row, and what has none is told apart', () => {
  const found = villageFigures(CITY, [count('b', 10), count('a', 1), count('', 3), count('gone', 2)], [count('c', 4)]);
  expect(found.rows.map((row) => [row.village.name, row.count, row.before, row.step])).toEqual([['Unyur', 10, 0, 5], ['Cipare', 1, 0, 1], ['Lopang', 0, 4, 0]]);
  expect([found.most, found.notFilled, found.unknown]).toEqual([10, 3, 2]);
  const sum = found.rows.reduce((all, row) => all + row.count, 0) + found.notFilled + found.unknown;
  expect(sum, 'nothing is lost between the list and the map').toBe(16);
});

test('without a comparison and without calls', () => {
  const found = villageFigures(CITY, [], null);
  expect(found.rows.map((row) => [row.before, row.step])).toEqual([[null, 0], [null, 0], [null, 0]]);
  expect(stepRanges(found.most)).toEqual([]);
  expect(radius(0, found.most, 20)).toBe(0);
});

test.each([1, 2, 3, 4, 5, 7, 34, 162])('the legend of %d names the step that is drawn', (most) => {
  for (let n = 1; n <= most; n++) {
    const row = villageFigures(CITY, [count('a', n), count('b', most)], null).rows.find((one) => one.village.code === 'a' && one.count === n);
    const inRange = stepRanges(most).filter((one) => one.from <= n && n <= one.to);
    expect(inRange.map((one) => one.step), `${n} of ${most}`).toEqual([row?.step]);
  }
});

test('a quarter of the calls has half the radius', () => expect(radius(25, 100, 20)).toBe(10));
