import { expect, test } from 'vitest';
import { dayAndClock } from './moment';
import { setZone } from './time';

setZone('Asia/Jakarta', 'WIB');
const at = (iso: string) => Date.parse(iso) * 1_000;

test.each([
  ['2026-11-28T23:00:00+07:00', '23.00'],
  ['2026-11-29T07:00:00+07:00', 'besok 07.00'],
  ['2026-12-01T07:00:00+07:00', 'Sel 1/12 07.00'],
])('%s is %s', (then, want) => expect(dayAndClock(at(then), at('2026-11-28T22:30:00+07:00'))).toBe(want));
