import { expect, test } from 'vitest';
import type { TimelineEvent, TimelineLine } from '../../api/types';
import { folded, reached, sheetAt, whereAt } from './timeline';

const line = (audio_ms: number, what: TimelineEvent): TimelineLine => ({ at: audio_ms * 1_000, audio_ms, by: null, what });
const field = (name: string, value: string | null): TimelineEvent => ({ kind: 'field', field: name, value, before: null });
const LINES = [
  line(0, { kind: 'answered', seat: 1 }),
  line(2_000, field('landmark', 'pasar')),
  line(3_000, { kind: 'position', source: 'aml', lat: -6.1, lng: 106.1, radius_m: 20 }),
  line(3_000, field('lat', '-6.12')),
  line(5_000, field('landmark', null)),
];

test('the play head knows the last line it passed', () => {
  expect([-1, 0, 1_999, 2_000, 3_000, 60_000].map((ms) => reached(LINES, ms))).toEqual([-1, 0, 0, 1, 3, 4]);
});

test('the sheet is shown as it stood, also after going back', () => {
  expect([...sheetAt(LINES, 1)]).toEqual([['landmark', 'pasar']]);
  expect([...sheetAt(LINES, 4)]).toEqual([['lat', '-6.12']]);
  expect(sheetAt(LINES, -1).size).toBe(0);
});

test('the map shows what was known then', () => {
  expect(whereAt(LINES, 1)).toEqual({ lat: null, lng: null, village: null, hint: null });
  expect(whereAt(LINES, 4)).toMatchObject({ lat: -6.12, lng: null, hint: { source: 'aml', radius_m: 20 } });
});

test('typing is one row, with what stood before it and where it began', () => {
  const typed = [line(1_000, { kind: 'answered', seat: 1 }), line(2_000, field('landmark', 'kas')), line(3_000, field('victims', '2')), line(4_000, field('landmark', 'kasmen')), line(13_000, field('landmark', 'kasemen')), line(24_000, field('landmark', 'kasemen lama'))];
  expect(folded(typed).map((one) => [one.audio_ms, one.what.kind === 'field' ? one.what.value : one.what.kind])).toEqual([[1_000, 'answered'], [2_000, 'kasemen'], [3_000, '2'], [24_000, 'kasemen lama']]);
});
