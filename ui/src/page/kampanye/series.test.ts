import { expect, test } from 'vitest';
import { bars, between, roundUp } from './series';

const day = (at: number, nuisance: number) => ({ day: at, nuisance, real: 1 });

test('a day without a record is not zero', () => {
  const found = bars([day(20200227, 4), day(20200229, 8)], 20200227, 20200301, 1);
  expect(found.map((bar) => [bar.from, bar.perDay])).toEqual([[20200227, 4], [20200228, null], [20200229, 8], [20200301, null]]);
});

test('weeks have the mean of their counted days, the last one what is left', () => {
  const found = bars([day(20191230, 2), day(20200101, 6), day(20200106, 9)], 20191230, 20200107, 7);
  expect(found.map((bar) => [bar.from, bar.to, bar.counted, bar.nuisance, bar.perDay])).toEqual([[20191230, 20200105, 2, 8, 4], [20200106, 20200107, 1, 9, 9]]);
});

test('days are counted over months and years', () => {
  expect(between(20191231, 20200101)).toBe(1);
  expect(between(20200228, 20200301)).toBe(2);
});

test.each([[0, 1], [0.4, 1], [7, 10], [12, 20], [45, 50], [101, 200], [999, 1000]])('%d is under %d', (most, top) => expect(roundUp(most)).toBe(top));
