import { expect, test } from 'vitest';
import { decimal, inWordsOf, isDay, monthsOf, percent, preset, shares, tenthsWord, waitWord, weekdays, written } from './period';

test.each([
  ['month', '2026-11-24', '2026-11-01', '2026-11-24'],
  ['lastMonth', '2026-01-05', '2025-12-01', '2025-12-31'],
  ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29'],
  ['quarter', '2026-11-24', '2026-10-01', '2026-11-24'],
  ['lastQuarter', '2026-02-01', '2025-10-01', '2025-12-31'],
  ['yearToLastMonth', '2020-10-05', '2020-01-01', '2020-09-30'],
  ['yearToLastMonth', '2020-01-05', '2019-01-01', '2019-12-31'],
  ['year', '2026-11-24', '2026-01-01', '2026-11-24'],
  ['lastYear', '2026-11-24', '2025-01-01', '2025-12-31'],
] as const)('%s on %s', (name, today, from, to) => expect(preset(name, today)).toEqual({ from, to }));

test('months of a year', () => {
  expect(monthsOf(2020, 1, 9)).toEqual({ from: '2020-01-01', to: '2020-09-30' });
  expect(monthsOf(2024, 2, 1)).toEqual({ from: '2024-02-01', to: '2024-02-29' });
});

const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'];
test.each([
  ['2020-01-01', '2020-09-30', 'Januari s.d. September 2020'],
  ['2020-01-01', '2020-12-31', '2020'],
  ['2024-02-01', '2024-02-29', 'Februari 2024'],
  ['2026-11-01', '2026-11-24', '1 s.d. 24 November 2026'],
  ['2026-10-15', '2026-11-24', '15 Oktober s.d. 24 November 2026'],
  ['2025-12-01', '2026-01-31', 'Desember 2025 s.d. Januari 2026'],
  ['2025-12-05', '2026-01-31', '5 Desember 2025 s.d. 31 Januari 2026'],
  ['2026-11-24', '2026-11-24', '24 November 2026'],
])('%s to %s in words', (from, to, want) => expect(inWordsOf({ from, to }, MONTHS)).toBe(want));

test('a day, and how often its weekday comes', () => {
  expect(['2020-02-29', '2021-02-29', '2020-1-1', null].map((day) => isDay(day))).toEqual([true, false, false, false]);
  // 2020-01-01 was a Wednesday.
  expect(weekdays({ from: '2020-01-01', to: '2020-01-09' })).toEqual([1, 1, 2, 2, 1, 1, 1]);
});

test('numbers as a letter writes them', () => {
  expect([decimal(48.3), decimal(1234.5), decimal(1_234_567.25, 2), decimal(3, 0)]).toEqual(['48,3', '1.234,5', '1.234.567,25', '3']);
const units = ['dtk', 'mnt', 'jam'] as const;
  expect([4_100, 10_000, 60_000, 75_000, 3_900_000, 7_200_000, null].map((ms) => waitWord(ms, units))).toEqual(['4,1 dtk', '10 dtk', '1 mnt', '1 mnt 15 dtk', '1 jam 5 mnt', '2 jam', '–']);
});

test.each([[48.3, '+48,3 %'], [-4, '−4,0 %'], [0, '0,0 %']])('%d', (value, want) => expect(percent(value)).toBe(want));

test('a day is written day first', () => expect(written('2020-09-30')).toBe('30/09/2020'));

test.each([[[1, 1, 1]], [[162, 9_871, 13_701]], [[5, 0, 2, 3]], [[7]], [[1, 999_999]]])('the shares of %j add up to 100 %%', (counts) => {
  expect(shares(counts).reduce((sum, one) => sum + one, 0)).toBe(1_000);
});

test('nothing has no share, and a share is written with a comma', () => {
  expect(shares([0, 0])).toEqual([0, 0]);
  expect(shares([2, 1]).map(tenthsWord)).toEqual(['66,7 %', '33,3 %']);
});
