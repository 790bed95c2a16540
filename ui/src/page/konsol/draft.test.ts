import { expect, test } from 'vitest';
import type { DraftView } from '../../api/types';
import { EMPTY, blanksFilled, fellBack, heard, isDirty, landed, opened, placeOf, shown, takeOff, typed } from './draft';

function view(revision: number, fields: object = {}): DraftView {
  return { call_id: 'c', revision, fields: { ...EMPTY, ...fields }, notes: [], saved_at: null, incident_id: null };
}

test('what is typed while a save flies is neither lost nor taken for saved', () => {
  const flight = takeOff(typed(opened(view(1)), { landmark: 'Masj' }));
  expect(flight?.body).toEqual({ base_revision: 1, fields: { landmark: 'Masj' } });
  let sheet = typed(flight!.sheet, { landmark: 'Masjid' });
  expect(takeOff(sheet)).toBeNull();
  sheet = landed(sheet, view(2, { landmark: 'Masj' }));
  expect(shown(sheet).landmark).toBe('Masjid');
  expect(takeOff(sheet)?.body).toEqual({ base_revision: 2, fields: { landmark: 'Masjid' } });
});

test('a failed save comes back under newer typing', () => {
  let sheet = takeOff(typed(opened(view(1)), { landmark: 'a', situation: 's' }))!.sheet;
  sheet = fellBack(typed(sheet, { landmark: 'b' }));
  expect(takeOff(sheet)?.body.fields).toEqual({ landmark: 'b', situation: 's' });
});

test('another person’s fields appear, own unsaved ones stay', () => {
  const sheet = heard(typed(opened(view(1)), { landmark: 'mine' }), view(5, { landmark: 'theirs', victims: 2 }));
  expect(shown(sheet)).toMatchObject({ landmark: 'mine', victims: 2 });
  expect(heard(sheet, view(3, { victims: 9 }))).toBe(sheet);
});

test('emptying a field is a change', () => {
  const sheet = typed(opened(view(1, { landmark: 'x' })), { landmark: null });
  expect(shown(sheet).landmark).toBeNull();
  expect(takeOff(sheet)?.body.fields).toEqual({ landmark: null });
});

test('a local copy brings back only what the server does not have', () => {
  const sheet = opened(view(4, { landmark: 'x' }), { landmark: 'x', situation: 'asap' });
  expect(sheet.dirty).toEqual({ situation: 'asap' });
  expect(isDirty(opened(view(4)))).toBe(false);
});

test('the blank before the next word stays while it is saved', () => {
  let sheet = takeOff(typed(opened(view(1)), { situation: 'asap tebal ' }))!.sheet;
  sheet = landed(sheet, view(2, { situation: 'asap tebal' }));
  expect(shown(sheet).situation).toBe('asap tebal ');
  expect(isDirty(sheet)).toBe(false);
  sheet = heard(sheet, view(2, { situation: 'asap tebal' }));
  expect(shown(sheet).situation).toBe('asap tebal ');
  sheet = heard(sheet, view(3, { situation: 'asap tebal dari dapur' }));
  expect(shown(sheet).situation).toBe('asap tebal dari dapur');
});

test('a field that was emptied by blanks is empty for the server and keeps its blanks for the fingers', () => {
  const sheet = landed(takeOff(typed(opened(view(1, { address: 'x' })), { address: ' ' }))!.sheet, view(2, { address: null }));
  expect(shown(sheet).address).toBe(' ');
});

test('a landmark whose kelurahan is not known leaves the one that was chosen', () => {
  const hit = { kind: 'landmark', name: 'Alun-alun Serang', village_code: null, village: null, district: 'Serang', lat: null, lng: null, matched: null, approximate: true } as const;
  const sheet = typed(opened(view(1, { village_code: '36.73.01.1002', lat: -6.1, lng: 106.1 })), placeOf(hit));
  expect(shown(sheet)).toMatchObject({ landmark: 'Alun-alun Serang', village_code: '36.73.01.1002', lat: -6.1, lng: 106.1 });
});

test('a kelurahan brings no point of its own: its middle is not where it happens', () => {
  const hit = { kind: 'village', name: 'Cipare', village_code: '36.73.01.1002', village: 'Cipare', district: 'Serang', lat: -6.12, lng: 106.16, matched: null, approximate: true } as const;
  expect(placeOf(hit)).toEqual({ landmark: null, village_code: '36.73.01.1002', lat: null, lng: null });
});

test('the sheet of a call that was cut fills what is blank, and nothing else', () => {
  const here = { ...EMPTY, landmark: 'pasar' };
  expect(blanksFilled(here, { ...EMPTY, landmark: 'masjid', incident_type: 'fire', victims: 0 })).toEqual({ incident_type: 'fire', victims: 0 });
});
