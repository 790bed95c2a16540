// Sheets that a person turned away from before sending: a new call turns the page, and nothing may be forgotten behind it.
// Their fields are on the server; this machine only remembers which they are.
import type { CallId, IntakeFields } from '../../api/types';

const KEY = 'siaga.tertinggal';
/** More than a shift leaves behind. */
const MAX = 20;
/** A day later nobody sends them from here: the list of calls has them. */
const FORGET_MS = 24 * 3_600_000;

type Left = Record<CallId, number>;

function read(now: number): Left {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Left;
    return Object.fromEntries(Object.entries(all).filter(([, at]) => typeof at === 'number' && now - at < FORGET_MS));
  } catch {
    return {};
  }
}

function write(left: Left): void {
  const newest = Object.entries(left).sort((a, b) => b[1] - a[1]).slice(0, MAX);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // Full: the sheet is on the server, and the list of calls has it.
  }
}

/** Whether somebody wrote anything that a crew could need. */
export function isBegun(fields: IntakeFields): boolean {
  return Object.values(fields).some((value) => value !== null && value !== '');
}

export function leave(call: CallId, now = Date.now()): void {
  write({ ...read(now), [call]: now });
}

/** It was sent, or thrown away by a person. */
export function settle(call: CallId, now = Date.now()): void {
  const left = read(now);
  if (!(call in left)) return;
  delete left[call];
  write(left);
}

export const leftCalls = (now = Date.now()): CallId[] => Object.keys(read(now));
