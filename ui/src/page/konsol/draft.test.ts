import { expect, test } from 'vitest';
import type { DraftView } from '../../api/types';
import { placeOf } from './place';
import { EMPTY, blanksFilled, decided, fellBack, heard, isDirty, keeping, landed, opened, shown, takeOff, typed } from './draft';

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
  const sheet = heard(typed(opened(view(1)), { situation: 'mine' }), view(5, { landmark: 'theirs', victims: 2 }));
  expect(shown(sheet)).toMatchObject({ situation: 'mine', landmark: 'theirs', victims: 2 });
  expect(takeOff(sheet)?.body).toEqual({ base_revision: 5, fields: { situation: 'mine' } });
  expect(heard(sheet, view(3, { victims: 9 }))).toBe(sheet);
});

test('emptying a field is a change', () => {
  const sheet = typed(opened(view(1, { landmark: 'x' })), { landmark: null });
  expect(shown(sheet).landmark).toBeNull();
  expect(takeOff(sheet)?.body.fields).toEqual({ landmark: null });
});

test('a local copy brings back only what the server does not have', () => {
  const sheet = opened(view(4, { landmark: 'x' }), { fields: { landmark: 'x', situation: 'asap' } });
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
  const hit = { kind: 'landmark', name: 'Alun-alun Serang', village_code: null, village: null, district: 'Serang', lat: null, lng: null, matched: null, approximate: true, outside: null, same_name: false, sure: false, source: null } as const;
  const sheet = typed(opened(view(1, { village_code: '36.73.01.1002', lat: -6.1, lng: 106.1 })), placeOf(hit));
  expect(shown(sheet)).toMatchObject({ landmark: 'Alun-alun Serang', village_code: '36.73.01.1002', lat: -6.1, lng: 106.1 });
});

test('a kelurahan brings no point of its own: its middle is not where it happens', () => {
  const hit = { kind: 'village', name: 'Cipare', village_code: '36.73.01.1002', village: 'Cipare', district: 'Serang', lat: -6.12, lng: 106.16, matched: null, approximate: true, outside: null, same_name: false, sure: false, source: null } as const;
  expect(placeOf(hit)).toEqual({ landmark: null, village_code: '36.73.01.1002', lat: null, lng: null });
});

test('the sheet of a call that was cut fills what is blank, and nothing else', () => {
  const here = { ...EMPTY, landmark: 'pasar' };
  expect(blanksFilled(here, { ...EMPTY, landmark: 'masjid', incident_type: 'fire', victims: 0 })).toEqual({ incident_type: 'fire', victims: 0 });
});

test('what two people changed is neither overwritten nor lost, and waits for a person', () => {
  const sheet = heard(typed(opened(view(1, { victims: 1 })), { landmark: 'mine', situation: 'asap' }), view(5, { victims: 1, landmark: 'theirs' }));
  expect(sheet.clash).toEqual({ landmark: 'theirs' });
  expect(shown(sheet).landmark).toBe('mine');
  const flight = takeOff(sheet)!;
  expect(flight.body.fields).toEqual({ situation: 'asap' });
  const saved = landed(flight.sheet, view(6, { victims: 1, landmark: 'theirs', situation: 'asap' }));
  expect([saved.clash, isDirty(saved), takeOff(saved)]).toEqual([{ landmark: 'theirs' }, true, null]);
  expect(takeOff(decided(saved, 'landmark', 'mine'))?.body).toEqual({ base_revision: 6, fields: { landmark: 'mine' } });
  const theirs = decided(saved, 'landmark', 'theirs');
  expect([shown(theirs).landmark, isDirty(theirs), theirs.clash]).toEqual(['theirs', false, {}]);
});

test('what another person changed while a save was on its way clashes once the save failed', () => {
  const flight = takeOff(typed(opened(view(1)), { reporter_name: 'Bu Rini' }))!.sheet;
  const sheet = fellBack(heard(flight, view(2, { reporter_name: 'Pak Dedi' })));
  expect([sheet.clash, shown(sheet).reporter_name, takeOff(sheet)]).toEqual([{ reporter_name: 'Pak Dedi' }, 'Bu Rini', null]);
});

test('who types on says over what: a save says what the person had seen when the first key of the field fell', () => {
  let sheet = typed(opened(view(1, { landmark: 'x' })), { landmark: 'xy' });
  expect(takeOff(sheet)?.body.base_revision).toBe(1);
  sheet = landed(takeOff(sheet)!.sheet, view(2, { landmark: 'xy' }));
  expect(takeOff(typed(sheet, { landmark: 'xyz' }))?.body.base_revision).toBe(2);
});

test('an answer that got lost is not taken for another person', () => {
  const lost = fellBack(takeOff(typed(opened(view(1)), { landmark: 'Masj' }))!.sheet);
  const sheet = heard(typed(lost, { landmark: 'Masjid' }), view(2, { landmark: 'Masj' }));
  expect(sheet.clash).toEqual({});
  expect(takeOff(sheet)?.body).toEqual({ base_revision: 2, fields: { landmark: 'Masjid' } });
});

test('a local copy that comes back after a crash knows what its person had seen', () => {
  const flying = typed(takeOff(typed(opened(view(1)), { landmark: 'Masj' }))!.sheet, { landmark: 'Masjid' });
  const copy = JSON.parse(JSON.stringify(keeping(flying, 7)));
  expect(opened(view(2, { landmark: 'Masj' }), copy)).toMatchObject({ dirty: { landmark: 'Masjid' }, clash: {} });
  expect(opened(view(2, { landmark: 'rekan' }), copy)).toMatchObject({ dirty: { landmark: 'Masjid' }, clash: { landmark: 'rekan' } });
  expect(isDirty(opened(view(2, { landmark: 'Masjid' }), copy))).toBe(false);
});
