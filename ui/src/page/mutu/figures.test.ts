import { expect, test } from 'vitest';
import { dayOf, levelOf, two, x } from './figures';

test('figures are written as Indonesian offices write them', () => {
  expect([0.4, -0.001, 5.816, 1].map(two)).toEqual(['0,40', '0,00', '5,82', '1,00']);
  expect(dayOf(20_260_427)).toBe('27/04/2026');
});

test('a kappa stands between no agreement and all of it', () => {
  expect([-1, 0, 1, 2].map(x)).toEqual([0, 50, 100, 100]);
});

test('agreement in words, fifth by fifth', () => {
  expect([-0.3, 0.2, 0.21, 0.5, 0.8, 0.81, 1].map(levelOf)).toEqual(['chance', 'chance', 'weak', 'fair', 'good', 'near_all', 'near_all']);
});
