import { expect, test } from 'vitest';
import { percent, preset, shares, tenthsWord, written } from './period';

test.each([
  ['today', '2026-11-24', '2026-11-24', '2026-11-24'],
  ['month', '2026-11-24', '2026-11-01', '2026-11-24'],
  ['lastMonth', '2026-01-05', '2025-12-01', '2025-12-31'],
  ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29'],
  ['year', '2026-11-24', '2026-01-01', '2026-11-24'],
] as const)('%s on %s', (name, today, from, to) => expect(preset(name, today)).toEqual({ from, to }));

test.each([[48.3, '+48,3 %'], [-4, '−4,0 %'], [0, '0,0 %']])('%d', (value, want) => expect(percent(value)).toBe(want));

test('a day is written day first', () => expect(written('2020-09-30')).toBe('30/09/2020'));

test.each([[[1, 1, 1]], [[162, 9_871, 13_701]], [[5, 0, 2, 3]], [[7]], [[1, 999_999]]])('the shares of %j add up to 100 %%', (counts) => {
  expect(shares(counts).reduce((sum, one) => sum + one, 0)).toBe(1_000);
});

test('nothing has no share, and a share is written with a comma', () => {
  expect(shares([0, 0])).toEqual([0, 0]);
  expect(shares([2, 1]).map(tenthsWord)).toEqual(['66,7 %', '33,3 %']);
});
