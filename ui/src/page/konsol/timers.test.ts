import { expect, test } from 'vitest';
import type { AssignmentView, CallCard, IncidentView } from '../../api/types';
import { EMPTY } from './draft';
import { groupsOf, longestSilence, readTimers, RING_LIMIT_S, SCENE_LIMIT_S, TALK_LIMIT_S, timersOf } from './timers';

const S = 1_000_000;
const NOW = 10_000 * S;
const ago = (seconds: number) => NOW - seconds * S;

const card = (more: Partial<CallCard>) => ({ call_id: 'c', phase: 'ringing', number: '0812', offered_at: ago(4), answered_at: null, seat: null, silent_line: false, class: null, incident_id: null, ...more }) as CallCard;
const task = (more: Partial<AssignmentView>) => ({
  assignment_id: 'a', agency: 'damkar', agency_label: 'Damkar', state: 'sent', sent_at: ago(20), acknowledge_by: ago(-40), overdue_level: 0, on_scene_at: null, notes: [], ...more,
}) as AssignmentView;
const incident = (assignments: AssignmentView[], notes: IncidentView['notes'] = []) => ({ number: 231, opened_by: 'Siti', assignments, notes, fields: EMPTY }) as unknown as IncidentView;
const world = (more: Partial<Parameters<typeof timersOf>[0]>) => timersOf({ calls: [], mine: null, incidents: [], own: [], now: NOW, ...more });

test.each([
  ['ring in time', world({ calls: [card({ seat: 2 })] }), { kind: 'ring', state: 'running', until: ago(4 - RING_LIMIT_S), who: { kind: 'seat', seat: 2 } }],
  ['ring too long', world({ calls: [card({ offered_at: ago(11) })] }), { kind: 'ring', state: 'due', who: { kind: 'any_seat' } }],
  ['talk', world({ mine: card({ phase: 'talking', answered_at: ago(61) }) }), { kind: 'talk', state: 'due', until: ago(61 - TALK_LIMIT_S), who: { kind: 'me' } }],
  ['talk of an incident that is sent', world({ mine: card({ phase: 'talking', answered_at: ago(61), incident_id: 'i' }) }), { kind: 'talk', state: 'running', until: null }],
  ['sent', world({ incidents: [incident([task({})])] }), { kind: 'dispatch', state: 'running', until: ago(20 - 60), who: { kind: 'agency', name: 'Damkar' } }],
  ['not acknowledged', world({ incidents: [incident([task({ sent_at: ago(70), acknowledge_by: ago(10), overdue_level: 1 })])] }), { state: 'alarm', until: ago(70 - 120), who: { kind: 'person', name: 'Siti' } }],
  ['not acknowledged, and the server has not looked yet', world({ incidents: [incident([task({ sent_at: ago(61), acknowledge_by: ago(1) })])] }), { state: 'alarm', who: { kind: 'agency', name: 'Damkar' } }],
  ['never acknowledged', world({ incidents: [incident([task({ sent_at: ago(400), acknowledge_by: ago(340), overdue_level: 3 })])] }), { state: 'alarm', until: ago(400 - 180), who: { kind: 'lead' } }],
  ['on scene', world({ incidents: [incident([task({ state: 'on_scene', on_scene_at: ago(SCENE_LIMIT_S + 5) })])] }), { kind: 'scene', state: 'due', who: { kind: 'person', name: 'Siti' } }],
  ['on scene, and heard of since', world({ incidents: [incident([task({ state: 'on_scene', on_scene_at: ago(SCENE_LIMIT_S + 5) })], [{ at: ago(9), by: 'Siti', text: 'regu aman' }])] }), { kind: 'scene', state: 'running', from: ago(9) }],
  ['own', world({ own: [{ id: 't', number: 231, about: 'tanya', from: ago(60), until: ago(1) }] }), { kind: 'own', state: 'due', who: { kind: 'me' } }],
])('%s', (_, seen, want) => {
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject(want);
});

test('what is done, gone, in writing or under way has none', () => {
  expect(world({ mine: card({ phase: 'wrap' }), calls: [card({ silent_line: true })], incidents: [incident([task({ state: 'en_route' }), task({ state: 'done' })])] })).toEqual([]);
});

test('what is due first stands first, whatever time it is', () => {
  const many = { incidents: [incident([task({ assignment_id: 'a' }), task({ assignment_id: 'b', sent_at: ago(50), acknowledge_by: ago(-10) })])], own: [{ id: 't', number: null, about: '', from: NOW, until: ago(-20) }] };
  const order = ['b', 't', 'a'];
  expect(world(many).map((one) => one.key)).toEqual(order);
  expect(world({ ...many, now: NOW + 500 * S }).map((one) => one.key)).toEqual(order);
});

test('the crews of one incident stand together, apart from those that are late', () => {
  const all = world({ mine: card({ phase: 'talking', answered_at: ago(5) }), incidents: [incident([task({ assignment_id: 'a' }), task({ assignment_id: 'b' }), task({ assignment_id: 'c', sent_at: ago(90), acknowledge_by: ago(30) })])] });
  expect(groupsOf(all).map((group) => group.map((one) => one.key))).toEqual([['c'], ['a', 'b'], ['talk']]);
});

test('the longest silence is that of what was sent first and is overdue', () => {
  expect(longestSilence([incident([task({})])])).toBeNull();
  expect(longestSilence([incident([task({ overdue_level: 1, sent_at: ago(70) }), task({ overdue_level: 2, sent_at: ago(130) })])])).toBe(ago(130));
});

test('a spoilt store of timers counts as none', () => {
  const good = { id: 'a', number: null, about: '', from: 1, until: 2 };
  expect(readTimers(JSON.stringify([good, { id: 3 }, 'x']))).toEqual([good]);
  expect(readTimers('{')).toEqual([]);
  expect(readTimers('5')).toEqual([]);
  expect(readTimers(null)).toEqual([]);
});
