import { expect, test } from 'vitest';
import type { CallCard, IncidentView } from '../../api/types';
import { onLine, running, threats } from './wall';

const call = (call_id: string, phase: string, offered_at: number) => ({ call_id, phase, offered_at }) as unknown as CallCard;

test('who waits stands before who speaks, oldest first; what is only written up does not stand there', () => {
  const calls = [call('talks', 'talking', 1), call('new', 'ringing', 9), call('wrap', 'wrap', 0), call('old', 'listening', 5)];
  expect(onLine(calls).map((one) => one.call_id)).toEqual(['old', 'new', 'talks']);
});

test('a late acknowledgement stands first, an ended assignment is gone, a closed incident too', () => {
  const incident = (incident_id: string, opened_at: number, levels: [string, number][], status = 'open') =>
    ({ incident_id, opened_at, status, assignments: levels.map(([state, overdue_level]) => ({ state, overdue_level })) }) as unknown as IncidentView;
  const list = running([
    incident('new', 9, [['en_route', 0], ['done', 0]]),
    incident('late', 1, [['sent', 2]]),
    incident('old', 2, []),
    incident('closed', 8, [['sent', 3]], 'closed'),
  ]);
  expect(list.map((one) => [one.incident.incident_id, one.assignments.length, one.late])).toEqual([['late', 1, 2], ['new', 1, 0], ['old', 0, 0]]);
});

test('a threat counts once: at its incident, else at its call; a drill never', () => {
  const marked = (call_id: string, incident_id: string | null, direction = 'incoming') => ({ ...call(call_id, 'talking', 1), duress: true, incident_id, direction }) as CallCard;
  const incident = (duress: boolean, status = 'open', drill = false) => ({ status, duress, drill }) as unknown as IncidentView;
  expect(threats([marked('sent', 'i'), marked('new', null), marked('drill', null, 'drill'), call('plain', 'talking', 2)], [incident(true), incident(false), incident(true, 'closed'), incident(true, 'open', true)])).toBe(2);
});
