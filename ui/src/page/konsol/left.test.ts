import { beforeEach, expect, test, vi } from 'vitest';
import { EMPTY } from './draft';
import { isBegun, leave, leftCalls, settle } from './left';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
});

test('a sheet is begun when anything stands in it', () => {
  expect(isBegun(EMPTY)).toBe(false);
  expect(isBegun({ ...EMPTY, landmark: 'Masjid Agung' })).toBe(true);
  expect(isBegun({ ...EMPTY, victims: 0 })).toBe(true);
});

test('what was left is remembered for a day, the newest twenty, until it is sent', () => {
  leave('a', 1_000);
  leave('b', 2_000);
  expect(leftCalls(3_000).sort()).toEqual(['a', 'b']);
  settle('a', 3_000);
  expect(leftCalls(3_000)).toEqual(['b']);
  for (let n = 0; n < 30; n += 1) leave(`c${n}`, 10_000 + n);
  expect(leftCalls(11_000)).toHaveLength(20);
  expect(leftCalls(11_000)).not.toContain('b');
  expect(leftCalls(11_000 + 24 * 3_600_000)).toEqual([]);
});
