// What stands on the wall and in which order: late assignments before others, waiting callers before those who speak.
import type { AssignmentView, CallCard, CallPhase, IncidentView } from '../../api/types';

/** More lines than this cannot be read from across the room. */
export const LINES_MAX = 8;

const WAITS: CallPhase[] = ['ringing', 'listening', 'waiting'];

export const waits = (call: CallCard): boolean => WAITS.includes(call.phase);

/** Calls on a line, those without a person first, then oldest first. */
export function onLine(calls: CallCard[]): CallCard[] {
  return calls
    .filter((call) => call.phase !== 'wrap')
    .sort((a, b) => Number(waits(b)) - Number(waits(a)) || a.offered_at - b.offered_at);
}

const ENDED: AssignmentView['state'][] = ['done', 'nothing_found', 'cancelled'];

export interface Running {
  incident: IncidentView;
  assignments: AssignmentView[];
  late: number;
}

/** Open incidents with the assignments that still run; the latest acknowledgement first, then the newest incident. */
export function running(incidents: IncidentView[]): Running[] {
  return incidents
    .filter((incident) => incident.status === 'open')
    .map((incident) => {
      const assignments = incident.assignments.filter((one) => !ENDED.includes(one.state));
      return { incident, assignments, late: Math.max(0, ...assignments.map((one) => one.overdue_level)) };
    })
    .sort((a, b) => b.late - a.late || b.incident.opened_at - a.incident.opened_at);
}

/** Incidents whose caller cannot speak freely, and such callers who have none yet. */
export function threats(calls: CallCard[], incidents: IncidentView[]): number {
  const open = incidents.filter((incident) => incident.status === 'open' && incident.duress && !incident.drill);
  return open.length + onLine(calls).filter((call) => call.duress && call.incident_id === null && call.direction !== 'drill').length;
}
