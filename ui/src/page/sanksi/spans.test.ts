import { expect, test } from 'vitest';
import { isSpan, readSpan, readSpans, shownSpan, shownSpans } from './spans';

test.each([
  [3_000, '3 detik'], [500, '0,5 detik'], [90_000, '90 detik'], [120_000, '2 menit'], [3_600_000, '1 jam'], [86_400_000, '1 hari'], [0, '0 detik'], [-1, 'tidak'],
])('%i ms is %s, and is read again as the same', (ms, words) => {
  expect(shownSpan(ms)).toBe(words);
  expect(readSpan(words)).toBe(ms);
});

test.each([['90', 90_000], ['1,5 jam', 5_400_000], ['2mnt', 120_000], ['10 minutes', 600_000]])('%s is read', (text, ms) => expect(readSpan(text)).toBe(ms));
test.each(['', 'sebentar', '2 minggu', '-5 detik', '1 jam 2'])('%s is not guessed', (text) => expect(readSpan(text)).toBeNull());

test('a series is read as a whole or not at all', () => {
  expect(shownSpans([25_000, 120_000])).toBe('25 detik; 2 menit');
  expect(readSpans('25 detik; 2 menit; 10 menit')).toEqual([25_000, 120_000, 600_000]);
  expect(readSpans('25 detik; x')).toBeNull();
});

test('which rules are spans', () => expect(['lane_b_ms_max', 'peace_ms', 'window_days', 'near_incident_m'].map(isSpan)).toEqual([true, true, false, false]));
