// Everything that runs against a limit: for how long, until when, and whose turn it is. Pure; the page only draws it.
import type { CallCard, IncidentView, SeatId } from '../../api/types';
import { waiting } from './calls';

const S = 1_000_000;
/** A caller is answered within this (NFPA 1225: 10 s for 90 %). */
export const RING_LIMIT_S = 10;
/** Place and type are known and sent within this (NFPA 1225: 60 s for 90 %). */
export const TALK_LIMIT_S = 60;
/** Since the crew on scene was last heard of. Our choice: no nagging at a working crew, and none forgotten for half an hour. */
export const SCENE_LIMIT_S = 20 * 60;
/** The longest timer a person sets, in minutes: a shift. */
export const MINUTES_MAX = 12 * 60;
/** As many as a person can mean something by. */
export const OWN_TIMERS_MAX = 20;
/** Levels at which silence is escalated; as the server counts them. */
const LEVEL_MAX = 3;

export interface OwnTimer {
  id: string;
  /** The incident's number; null: about something else. */
  number: number | null;
  about: string;
  /** Set then, and due then; microseconds. */
  from: number;
  until: number;
}

export type Who = { kind: 'seat'; seat: SeatId } | { kind: 'any_seat' } | { kind: 'agency' | 'person'; name: string } | { kind: 'lead' } | { kind: 'me' };

export interface Timer {
  key: string;
  kind: 'ring' | 'talk' | 'dispatch' | 'scene' | 'own';
  /** The agency, or what a person wrote. */
  about: string;
  number: number | null;
  from: number;
  /** Null: nothing is due any more. */
  until: number | null;
  who: Who;
  /** `alarm`: nobody acknowledges, and the time for it is over. Nothing else is. */
  state: 'running' | 'due' | 'alarm';
}

interface World {
  calls: CallCard[];
  mine: CallCard | null;
  incidents: IncidentView[];
  own: OwnTimer[];
  now: number;
}

/** What is due first comes first. That order changes only when something begins or ends. */
export function timersOf({ calls, mine, incidents, own, now }: World): Timer[] {
  const all = [...ringing(calls), ...talking(mine), ...incidents.flatMap((one) => running(one)), ...own.map(ownTimer)];
  // What nobody acknowledges is overdue by the clock, a moment before the server's next look says so.
  const due = all.map((one): Timer => (one.state === 'running' && one.until !== null && now > one.until ? { ...one, state: one.kind === 'dispatch' ? 'alarm' : 'due' } : one));
  return due.sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity) || a.key.localeCompare(b.key));
}

/** Of all who wait, the one who waits longest. */
function ringing(calls: CallCard[]): Timer[] {
  const first = waiting(calls)[0];
  if (!first) return [];
  const who: Who = first.seat === null ? { kind: 'any_seat' } : { kind: 'seat', seat: first.seat };
  return [{ key: 'ring', kind: 'ring', about: first.number ?? '', number: null, from: first.offered_at, until: first.offered_at + RING_LIMIT_S * S, who, state: 'running' }];
}

function talking(mine: CallCard | null): Timer[] {
  if (!mine || mine.phase === 'wrap') return [];
  const from = mine.answered_at ?? mine.offered_at;
  // Once it is sent, or known to be no incident, the talk has no limit: who is frightened is not hurried.
  const until = mine.incident_id === null && (mine.class === null || mine.class.class === 'emergency') ? from + TALK_LIMIT_S * S : null;
  return [{ key: 'talk', kind: 'talk', about: mine.number ?? '', number: null, from, until, who: { kind: 'me' }, state: 'running' }];
}

function running(incident: IncidentView): Timer[] {
  return incident.assignments.flatMap((task): Timer[] => {
    const base = { key: task.assignment_id, about: task.agency_label, number: incident.number };
    if (task.state === 'sent') {
      const step = task.acknowledge_by - task.sent_at;
      const level = Math.min(task.overdue_level, LEVEL_MAX - 1);
      const who: Who = task.overdue_level >= LEVEL_MAX ? { kind: 'lead' } : task.overdue_level > 0 ? { kind: 'person', name: incident.opened_by } : { kind: 'agency', name: task.agency_label };
      return [{ ...base, kind: 'dispatch', from: task.sent_at, until: task.sent_at + step * (level + 1), who, state: task.overdue_level > 0 ? 'alarm' : 'running' }];
    }
    if (task.state === 'on_scene') {
      const heard = Math.max(task.on_scene_at ?? task.sent_at, ...task.notes.map((note) => note.at), ...incident.notes.map((note) => note.at));
      return [{ ...base, kind: 'scene', from: heard, until: heard + SCENE_LIMIT_S * S, who: { kind: 'person', name: incident.opened_by }, state: 'running' }];
    }
    return [];
  });
}

function ownTimer(own: OwnTimer): Timer {
  return { key: own.id, kind: 'own', about: own.about, number: own.number, from: own.from, until: own.until, who: { kind: 'me' }, state: 'running' };
}

/** What stands in the line as one: the crews of an incident that are in the same state. The first is due first. */
export function groupsOf(timers: Timer[]): Timer[][] {
  const groups = new Map<string, Timer[]>();
  for (const timer of timers) {
    const key = timer.kind === 'dispatch' || timer.kind === 'scene' ? `${timer.kind} ${timer.number} ${timer.state}` : timer.key;
    groups.set(key, [...(groups.get(key) ?? []), timer]);
  }
  return [...groups.values()];
}

/** How long nobody has acknowledged what waits longest for it; null: nothing is overdue. */
export function longestSilence(incidents: IncidentView[]): number | null {
  const late = incidents.flatMap((one) => one.assignments.filter((task) => task.state === 'sent' && task.overdue_level > 0).map((task) => task.sent_at));
  return late.length === 0 ? null : Math.min(...late);
}

/** What the browser kept; a spoilt store counts as none. */
export function readTimers(text: string | null): OwnTimer[] {
  try {
    const list = JSON.parse(text ?? '[]') as OwnTimer[];
    return list.filter((one) => typeof one.id === 'string' && typeof one.about === 'string' && Number.isFinite(one.from) && Number.isFinite(one.until)).slice(0, OWN_TIMERS_MAX);
  } catch {
    return [];
  }
}

