import { expect, test } from 'vitest';
import { firstOfMonth, fromIso, monday, plusDays, plusMonths, shortDay, toIso } from './days';

test('days are counted over months, years and leap days', () => {
  expect(plusDays(20261231, 1)).toBe(20270101);
  expect(plusDays(20280228, 1)).toBe(20280229);
  expect(plusDays(20261201, -1)).toBe(20261130);
  expect(monday(20261128)).toBe(20261123);
  expect(monday(20261123)).toBe(20261123);
  expect(firstOfMonth(20261128)).toBe(20261101);
  expect(plusMonths(20261128, 2)).toBe(20270101);
  expect(fromIso('2026-12-01')).toBe(20261201);
  expect(toIso(20261201)).toBe('2026-12-01');
  expect(shortDay(20261128)).toBe('Sab 28/11');
});
