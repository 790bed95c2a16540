import { expect, test } from 'vitest';
import { clock, dateTime, elapsed, isoDay, span } from './time';

const at = Date.UTC(2026, 10, 24, 17, 3, 22) * 1_000;

test('clock times are the city’s, not the browser’s', () => {
  expect(clock(at)).toBe('00.03.22');
  expect(dateTime(at)).toBe('25/11/2026 00.03');
  expect(isoDay(at)).toBe('2026-11-25');
});

test.each([
  [0, '0:00'], [59_900, '0:59'], [61_000, '1:01'], [3_723_000, '1:02:03'], [-5_000, '0:00'],
])('%d ms run as %s', (ms, want) => expect(elapsed(at, at + ms * 1_000)).toBe(want));

test.each([
  [0, '0 dtk'], [59_000, '59 dtk'], [61_000, '1 mnt'], [3_600_000, '1 jam'], [86_400_000, '24 jam'], [259_200_000, '3 hari'],
])('%d ms is about %s', (ms, want) => expect(span(ms)).toBe(want));
