import { expect, test } from 'vitest';
import type { AssignmentView, CallbackView, CityView, IncidentView } from '../../api/types';
import { EMPTY } from './draft';
import { namesVerb, plan, type World } from './command';
import { distance, nearestWord } from './command-words';

function task(id: string, agency: string, label: string, state: AssignmentView['state'] = 'sent'): AssignmentView {
  return {
    assignment_id: id, incident_id: '', agency, agency_label: label, reason: '', hand_over: false, state, sent_at: 0, acknowledge_by: 0, overdue_level: 0,
    acknowledged_at: null, en_route_at: null, on_scene_at: null, done_at: null, delivered: true, by_hand: false, notes: [], photos: [], task_url: '',
  };
}
function incident(number: number, assignments: AssignmentView[]): IncidentView {
  return {
    incident_id: `i${number}`, number, drill: false, duress: false, status: 'open', outcome: null, incident_type: '', type_label: '', fields: EMPTY, place: '', opened_at: 0, opened_call: '', merged_into: null, merged: [], links: [], major: null,
    closed_at: null, opened_by: '', calls: [], assignments, notes: [], revision: 1,
  };
}
const later = { id: 't', number: 231, about: '', from: 0, until: 1 };
const missed = (callback_id: string, number: string): CallbackView => ({
  callback_id, call_id: '', number, reason: 'abandoned', duress: false, since: 0, attempts: 0, next_attempt_at: null, history: '', sent_at: null, no_link: null,
});
const world: World = {
  city: { sub_reasons: [{ class: 'information', key: 'wrong_city', label: 'Salah kota' }, { class: 'prank', key: 'child', label: 'Anak' }] } as CityView,
  callbacks: [missed('m', '0812-0000-1111'), missed('n', '0812-0000-2222')],
  nextCallBack: missed('n', '0812-0000-2222'),
  timers: [later],
  incidents: [
    incident(231, [task('a', 'damkar', 'Damkar'), task('b', 'psc119', 'PSC 119')]),
    incident(232, [task('c', 'damkar', 'Damkar'), task('d', 'pln', 'PLN', 'done')]),
    incident(233, [task('e', 'pln', 'PLN', 'done')]),
    { ...incident(234, []), major: { at: 1, by: 'Sari', reason: 'pabrik' } },
  ],
  closed: [{ ...incident(198, []), status: 'closed', outcome: 'resolved' }],
};

test.each([
  ['', { verb: 'empty' }],
  ['//jeda', { verb: 'pause' }],
  ['jeda', { verb: 'pause' }],
  ['/', { verb: 'unfinished', hint: 'verbs' }],
  ['/cari masjid agung', { verb: 'find', query: 'masjid agung' }],
  ['/cari m', { verb: 'unfinished', hint: 'query' }],
  ['/tutup 233 nihil', { verb: 'close', outcome: 'nothing_found', note: '' }],
  ['233 nihil tutup', { verb: 'close', outcome: 'nothing_found', note: '' }],
  ['/tutup 231 nihil', { verb: 'unfinished', hint: 'crews' }],
  ['/close 233 resolved', { verb: 'close', outcome: 'resolved' }],
  ['/tutup nihil #231 sudah dicek', { verb: 'close', outcome: 'nothing_found', note: 'sudah dicek' }],
  ['/tutup 999 nihil', { verb: 'unfinished', hint: 'no_incident' }],
  ['/tutup 231', { verb: 'unfinished', hint: 'outcome' }],
  ['/tutup', { verb: 'unfinished', hint: 'number' }],
  ['/unit psc119 tiba', { verb: 'unit', assignmentId: 'b', state: 'on_scene', crew: null }],
  ['/unit tiba 231 damkar', { verb: 'unit', assignmentId: 'a', state: 'on_scene' }],
  ['/unit damkar tiba', { verb: 'unfinished', hint: 'ambiguous' }],
  ['/unit damkar tiba 999', { verb: 'unfinished', hint: 'no_incident' }],
  ['/unit PSC 119 tiba', { verb: 'unit', assignmentId: 'b', state: 'on_scene' }],
  ['/unit pln tiba', { verb: 'unfinished', hint: 'agency' }],
  ['/unit psc', { verb: 'unfinished', hint: 'state' }],
  ['/catat 231 jalan tertutup', { verb: 'note', text: 'jalan tertutup' }],
  ['/jeda', { verb: 'pause' }],
  ['/unit DK1 tiba 231', { verb: 'unit', assignmentId: 'a', state: 'on_scene', crew: 'DK1' }],
  ['/unit dk9 231 tiba', { verb: 'unit', assignmentId: 'a', crew: 'DK9' }],
  ['/gabung 232', { verb: 'attach', incident: { number: 232 } }],
  ['/gabung 231 232', { verb: 'merge', incident: { number: 231 }, into: { number: 232 } }],
  ['/merge #231 into #233', { verb: 'merge', incident: { number: 231 }, into: { number: 233 } }],
  ['231 gabung ke 232', { verb: 'merge', incident: { number: 231 }, into: { number: 232 } }],
  ['/gabung 231 231', { verb: 'unfinished', hint: 'itself' }],
  ['/gabung 231 999', { verb: 'unfinished', hint: 'no_incident' }],
  ['/buka 198 api menyala lagi', { verb: 'reopen', incident: { number: 198 }, reason: 'api menyala lagi' }],
  ['/buka lagi 198 api menyala', { verb: 'reopen', incident: { number: 198 }, reason: 'api menyala' }],
  ['/buka 198', { verb: 'unfinished', hint: 'reason' }],
  ['/buka lagi 198', { verb: 'unfinished', hint: 'reason' }],
  ['/buka 231 salah tutup', { verb: 'unfinished', hint: 'no_closed' }],
  ['/buka', { verb: 'unfinished', hint: 'closed' }],
  ['/besar 231 pabrik terbakar', { verb: 'major', mark: 'declare', incident: { number: 231 }, reason: 'pabrik terbakar' }],
  ['/besar 231', { verb: 'unfinished', hint: 'reason' }],
  ['/besar 234 dua blok', { verb: 'unfinished', hint: 'is_major' }],
  ['/major 234 selesai api padam', { verb: 'major', mark: 'stand_down', incident: { number: 234 }, reason: 'api padam' }],
  ['/besar 231 selesai api padam', { verb: 'unfinished', hint: 'no_major' }],
  ['/kelas prank', { verb: 'class', choice: { class: 'prank', sub: null }, end: 'leave' }],
  ['/kelas akhiri prank anak', { verb: 'class', choice: { class: 'prank', sub: 'child' }, end: 'hang_up' }],
  ['/kelas salah', { verb: 'class', choice: { class: 'ghost', sub: 'accidental' } }],
  ['/kelas informasi salah kota', { verb: 'class', choice: { class: 'information', sub: 'wrong_city' } }],
  ['/kelas informasi entah', { verb: 'unfinished', hint: 'class' }],
  ['/timer 231 15', { verb: 'timer', incident: { number: 231 }, minutes: 15, about: '' }],
  ['/timer 15 231 tanya Damkar', { verb: 'timer', incident: { number: 231 }, minutes: 15, about: 'tanya Damkar' }],
  ['/timer 15mnt cek lagi', { verb: 'timer', incident: null, minutes: 15, about: 'cek lagi' }],
  ['/timer 231', { verb: 'unfinished', hint: 'minutes' }],
  ['/timer 231 0', { verb: 'unfinished', hint: 'minutes' }],
  ['/timer 999 15', { verb: 'unfinished', hint: 'no_incident' }],
  ['/timer 231 hapus', { verb: 'timerOff', timer: { id: 't' } }],
  ['/timer 232 hapus', { verb: 'unfinished', hint: 'no_timer' }],
  ['/balik', { verb: 'callBack', callback: { callback_id: 'n' } }],
  ['/balik 1111', { verb: 'callBack', callback: { callback_id: 'm' } }],
  ['/balik 0812', { verb: 'unfinished', hint: 'ambiguous' }],
  ['/balik 9999', { verb: 'unfinished', hint: 'no_callback' }],
  ['halo', { verb: 'unfinished', hint: 'unknown' }],
  ['/catt 231 tutup nihil', { verb: 'unfinished', instead: '/catat 231 tutup nihil' }],
  ['/tutpu 233 nihil', { verb: 'unfinished', instead: '/tutup 233 nihil' }],
  ['/tutup 233 nihl', { verb: 'unfinished', instead: '/tutup 233 nihil' }],
  ['/unit damkr 231 tiba', { verb: 'unit', assignmentId: 'a' }],
  ['/unit psv119 tiba', { verb: 'unfinished', instead: '/unit PSC 119 tiba' }],
  ['/unit psc119 tbia', { verb: 'unfinished', instead: '/unit psc119 tiba' }],
  ['/kelas pramk', { verb: 'unfinished', instead: '/kelas prank' }],
])('%s', (line, want) => expect(plan(line, world)).toMatchObject(want));

test('closed incidents are asked for when the line means one, and waited for', () => {
  expect([namesVerb('/buka 1', 'reopen'), namesVerb('198 reopen', 'reopen'), namesVerb('/balik', 'reopen'), namesVerb('/', 'reopen')]).toEqual([true, true, false, false]);
  expect(plan('/buka 198 api', { ...world, closed: null })).toEqual({ verb: 'unfinished', hint: 'loading' });
});

test.each([['tutup', 'tutpu', 1], ['tiba', 'tiba', 0], ['', 'abc', 3], ['prank', 'rank', 1]])('from %s to %s', (a, b, want) => {
  expect(distance(a, b)).toBe(want);
});

test('the nearest word, or none', () => {
  expect(nearestWord('ber', ['tiba', 'berangkat'])).toBe('berangkat');
  expect(nearestWord('tiab', ['tiba', 'berangkat'])).toBe('tiba');
  expect(nearestWord('xyz', ['tiba', 'berangkat'])).toBeNull();
});

test('what is suggested is itself a command that can be read', () => {
  for (const line of ['/tutpu 233 nihil', '/unit psv119 tiba', '/kelas pramk']) {
    const first = plan(line, world);
    const instead = first.verb === 'unfinished' ? (first.instead ?? '') : '';
    expect(plan(instead, world).verb).not.toBe('unfinished');
  }
});
