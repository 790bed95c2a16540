import { expect, test } from 'vitest';
import { dayInWords, isWhole, movedBy, readDay, readTime, showDay } from './day';

const TODAY = '2026-11-28';

test('a day is read as people write it, day before month', () => {
  for (const text of ['28-11-2026', '28/11/2026', '28.11.2026', ' 28 11 2026 ', '28 nov', '28 November', '28 nop 2026', '28/11', '2026-11-28', '28-11-26', '28/11/26', '28112026', '281126', 'hari ini']) {
    expect(readDay(text, TODAY), text).toBe('2026-11-28');
  }
  expect([readDay('3-4-2025', TODAY), readDay('1 mei', TODAY), readDay('2 may 2024', TODAY), readDay('9 ags', TODAY)]).toEqual(['2025-04-03', '2026-05-01', '2024-05-02', '2026-08-09']);
  expect([readDay('kemarin', TODAY), readDay('besok', TODAY)]).toEqual(['2026-11-27', '2026-11-29']);
});

test('what is no day is none', () => {
  for (const text of ['', '28', '31-02-2026', '11/28/2026', '28 xyz', '0-1-2026', 'lusa', '29-02-2025']) expect(readDay(text, TODAY), text).toBeNull();
});

test('only a whole day counts while it is typed', () => {
  expect(['28-11-2026', '2026-11-28', '28-11-202', '28 nov', '28/11'].map(isWhole)).toEqual([true, true, false, false, false]);
});

test('a day is shown one way, and in words of the interface', () => {
  expect([showDay('2026-11-28'), showDay('')]).toEqual(['28-11-2026', '']);
  expect([dayInWords('2026-11-28', 'id'), dayInWords('2026-11-28', 'en')]).toEqual(['Sab, 28 Nov 2026', expect.stringMatching(/^Sat,? 28 Nov 2026$/)]);
  expect([movedBy('2026-12-31', 1), movedBy('2024-03-01', -1)]).toEqual(['2027-01-01', '2024-02-29']);
});

test('a time has 24 hours', () => {
  expect(['7', '07.30', '7:30', '0730', '23:59', '0.05'].map(readTime)).toEqual(['07:00', '07:30', '07:30', '07:30', '23:59', '00:05']);
  expect(['24:00', '7:60', '7 pm', '', 'pagi'].map(readTime)).toEqual([null, null, null, null, null]);
});
