import { expect, test } from 'vitest';
import type { IncidentView } from '../../api/types';
import { EMPTY } from './draft';
import { LIKELY, metres, similar } from './similar';

const MINUTE = 60_000_000;
const now = 1_000 * MINUTE;
function incident(number: number, more: object, fields: object = {}): IncidentView {
  return {
    incident_id: String(number), number, status: 'open', outcome: null, incident_type: 'kebakaran', type_label: 'Kebakaran',
    fields: { ...EMPTY, ...fields }, place: '', opened_at: now - 5 * MINUTE, closed_at: null, opened_by: '', calls: [],
    assignments: [], notes: [], revision: 1, ...more,
  };
}

test.each([
  { name: 'same type and village, just now', fields: { incident_type: 'kebakaran', village_code: '1' }, other: incident(1, {}, { village_code: '1' }), likely: true },
  { name: '100 m away, other type', fields: { incident_type: 'banjir', lat: -6.12, lng: 106.15 }, other: incident(1, {}, { lat: -6.1209, lng: 106.15 }), likely: true },
  { name: 'same type, other end of the city', fields: { incident_type: 'kebakaran', lat: -6.12, lng: 106.15 }, other: incident(1, {}, { lat: -6.2, lng: 106.15 }), likely: false },
  { name: 'same village, two hours old, other type', fields: { village_code: '1' }, other: incident(1, { opened_at: now - 120 * MINUTE }, { village_code: '1' }), likely: false },
  { name: 'nothing known yet', fields: {}, other: incident(1, {}), likely: false },
])('$name', ({ fields, other, likely }) => {
  const [found] = similar({ ...EMPTY, ...fields }, [other], now);
  expect((found?.score ?? 0) >= LIKELY).toBe(likely);
});

test('closed incidents never show, the likeliest stands first', () => {
  const list = [incident(1, {}), incident(2, {}, { village_code: '1' }), incident(3, { status: 'closed' }, { village_code: '1' })];
  expect(similar({ ...EMPTY, village_code: '1', incident_type: 'kebakaran' }, list, now).map((one) => one.incident.number)).toEqual([2, 1]);
});

test('a hundredth of a degree of latitude is 1.1 km', () => {
  expect(metres({ lat: -6.12, lng: 106.15 }, { lat: -6.13, lng: 106.15 })).toBeCloseTo(1113, 0);
});
