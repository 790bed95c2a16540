import { expect, test } from 'vitest';
import type { AssignmentView, IncidentView } from '../../api/types';
import { EMPTY } from './draft';
import { plan } from './command';

function task(id: string, agency: string, label: string, state: AssignmentView['state'] = 'sent'): AssignmentView {
  return {
    assignment_id: id, incident_id: '', agency, agency_label: label, reason: '', state, sent_at: 0, acknowledge_by: 0, overdue_level: 0,
    acknowledged_at: null, en_route_at: null, on_scene_at: null, done_at: null, delivered: true, notes: [], photos: [], task_url: '',
  };
}
function incident(number: number, assignments: AssignmentView[]): IncidentView {
  return {
    incident_id: `i${number}`, number, status: 'open', outcome: null, incident_type: '', type_label: '', fields: EMPTY, place: '', opened_at: 0,
    closed_at: null, opened_by: '', calls: [], assignments, notes: [], revision: 1,
  };
}
const world = {
  city: null,
  incidents: [
    incident(231, [task('a', 'damkar', 'Damkar'), task('b', 'psc119', 'PSC 119')]),
    incident(232, [task('c', 'damkar', 'Damkar'), task('d', 'pln', 'PLN', 'done')]),
  ],
};

test.each([
  ['', { verb: 'empty' }],
  ['//jeda', { verb: 'pause' }],
  ['jeda', { verb: 'pause' }],
  ['/', { verb: 'unfinished', hint: 'verbs' }],
  ['/cari masjid agung', { verb: 'find', query: 'masjid agung' }],
  ['/cari m', { verb: 'unfinished', hint: 'query' }],
  ['/tutup 231 nihil', { verb: 'close', outcome: 'nothing_found', note: '' }],
  ['/tutup nihil #231 sudah dicek', { verb: 'close', outcome: 'nothing_found', note: 'sudah dicek' }],
  ['/tutup 999 nihil', { verb: 'unfinished', hint: 'no_incident' }],
  ['/tutup 231', { verb: 'unfinished', hint: 'outcome' }],
  ['/tutup', { verb: 'unfinished', hint: 'number' }],
  ['/unit psc119 tiba', { verb: 'unit', assignmentId: 'b', state: 'on_scene' }],
  ['/unit tiba 231 damkar', { verb: 'unit', assignmentId: 'a', state: 'on_scene' }],
  ['/unit damkar tiba', { verb: 'unfinished', hint: 'ambiguous' }],
  ['/unit pln tiba', { verb: 'unfinished', hint: 'agency' }],
  ['/unit psc', { verb: 'unfinished', hint: 'state' }],
  ['/catat 231 jalan tertutup', { verb: 'note', text: 'jalan tertutup' }],
  ['/jeda', { verb: 'pause' }],
  ['halo', { verb: 'unfinished', hint: 'verbs' }],
])('%s', (line, want) => expect(plan(line, world)).toMatchObject(want));
