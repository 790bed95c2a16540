// Taps in a dead zone: kept in order with their true time, sent one by one when the network is back. Pure.
import type { AssignmentState } from '../../api/types';

export interface Tap {
  /** Idempotency key: sent twice, counted once. */
  key: string;
  state: AssignmentState;
  /** Microseconds: when the finger touched, by this phone. */
  at: number;
  note: string | null;
  /** A tap that ends the task stays here until then (ms, by this phone), so that it can be taken back. */
  heldUntil?: number;
}

/** How long a tap that ends the task can be taken back, and how long a second tap counts as "I am sure". */
export const UNDO_MS = 5_000;

const ENDS: AssignmentState[] = ['done', 'nothing_found'];

export function ends(state: AssignmentState): boolean {
  return ENDS.includes(state);
}

/** Ending a task from anywhere but the scene is more often a slip than a report: it is asked once. */
export function asksAgain(reached: AssignmentState, to: AssignmentState): boolean {
  return ends(to) && reached !== 'on_scene';
}

/** The tap to send now; null: none waits, or the first can still be taken back. */
export function due(queue: Tap[], nowMs: number): Tap | null {
  const first = queue[0];
  return first && (first.heldUntil ?? 0) <= nowMs ? first : null;
}

/** The tap that can still be taken back. */
export function held(queue: Tap[], nowMs: number): Tap | null {
  return queue.find((tap) => (tap.heldUntil ?? 0) > nowMs) ?? null;
}

/** A step that the task has passed without a time. It cannot be filled in later: no time is invented. */
export function isSkipped(reached: AssignmentState, step: AssignmentState, at: number | null): boolean {
  return at === null && reached !== 'cancelled' && WAY.indexOf(step) < WAY.indexOf(reached === 'nothing_found' ? 'done' : reached);
}

/** The way of a task. `nothing_found` ends it like `done`. */
export const WAY: AssignmentState[] = ['sent', 'acknowledged', 'en_route', 'on_scene', 'done'];

/** Where the task stands for the person: as the server says, moved on by what still waits. */
export function stateAfter(server: AssignmentState, queue: Tap[]): AssignmentState {
  return queue.reduce((_, tap) => tap.state, server);
}

/** Which buttons may be pressed. With taps waiting the server's own list is out of date. */
export function nextAfter(server: AssignmentState, serverNext: AssignmentState[], queue: Tap[]): AssignmentState[] {
  if (queue.length === 0) return serverNext;
  const state = stateAfter(server, queue);
  if (state === 'nothing_found' || state === 'cancelled' || state === 'done') return [];
  const later = WAY.slice(WAY.indexOf(state) + 1);
  return ['en_route', 'on_scene'].includes(state) ? [...later, 'nothing_found'] : later;
}

/** A kept queue, read back; what is no queue counts as empty. */
export function readQueue(text: string | null): Tap[] {
  try {
    const list = JSON.parse(text ?? '[]') as Tap[];
    return Array.isArray(list) ? list.filter((tap) => typeof tap.key === 'string' && typeof tap.at === 'number') : [];
  } catch {
    return [];
  }
}

/** Longest side of a sent photo: enough to read a number plate, small enough for 2G. */
export const PHOTO_PX_MAX = 1_280;

export function shrink(width: number, height: number): { width: number; height: number } {
  const factor = Math.min(1, PHOTO_PX_MAX / Math.max(width, height));
  return { width: Math.round(width * factor), height: Math.round(height * factor) };
}
