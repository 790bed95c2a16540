// Which call a key means. Pure, so that the rule is tested and not scattered over the page.
import type { CallCard, CallbackView, Class, SeatId, SubReasonView } from '../../api/types';
import { HOLD_MS, UNASKED_HOLD_MS, type Action } from './keys';

const WAITING = new Set<CallCard['phase']>(['ringing', 'listening', 'waiting']);

/**
 * Calls that wait for a person, oldest first as the server sends them. A silent line has a place of its own, until it rings at
 * a desk: whatever rings is a card.
 */
export function waiting(calls: CallCard[]): CallCard[] {
  return calls.filter((call) => WAITING.has(call.phase) && (!call.silent_line || call.seat !== null));
}

/** Lines that are up and give no sign, or were handed off; a person listens, takes or ends them. */
export function silentLines(calls: CallCard[]): CallCard[] {
  return calls.filter((call) => ((WAITING.has(call.phase) && call.seat === null) || call.phase === 'handed_off') && call.silent_line);
}

/** What rings at this seat, also while the machine still listens to it. */
export function ringsAt(calls: CallCard[], seat: SeatId | null): CallCard | null {
  return (seat !== null && waiting(calls).find((call) => call.seat === seat)) || null;
}

export type Sign = 'keys' | 'voice' | 'noise' | 'sent';

/** What the caller has given as a sign of life, strongest first. */
export function signOf(call: Pick<CallCard, 'keys' | 'speech' | 'sent_at'>): Sign | null {
  if (call.sent_at !== null) return 'sent';
  if (call.keys !== '') return 'keys';
  return call.speech.kind === 'voice' || call.speech.kind === 'noise' ? call.speech.kind : null;
}

/** The line after this one in the list, from the top again; null when there is none but itself. */
export function nextLine(lines: CallCard[], after: string | null): CallCard | null {
  const at = lines.findIndex((line) => line.call_id === after);
  const next = lines[(at + 1) % Math.max(1, lines.length)];
  return next && next.call_id !== after ? next : null;
}

/** A claim that repairs a slip is free for this long; later it is a shift lead's, with a reason. As the server decides. */
const CLAIM_FREE_US = 20_000_000;

export function claimIsFree(call: CallCard, nowUs: number): boolean {
  return call.answered_at === null || call.phase === 'at_telephone' || nowUs - call.answered_at <= CLAIM_FREE_US;
}

export type Asking = 'unasked' | 'waiting' | 'silent';

/** How far a line on which nothing was heard is asked: not yet, the answer is awaited, none came. Null: something was heard. */
export function askingOf(call: Pick<CallCard, 'unheard' | 'answer_by'>, nowUs: number): Asking | null {
  if (!call.unheard) return null;
  if (call.answer_by === null) return 'unasked';
  return nowUs < call.answer_by ? 'waiting' : 'silent';
}

/** Whose caller is asked for a key leaves the seat: nothing was heard, and the line goes on among the silent ones. As the server decides. */
export function leavesWhenAsked(call: Pick<CallCard, 'unheard' | 'phase' | 'direction'>): boolean {
  return call.unheard && call.phase === 'talking' && call.direction === 'incoming';
}

/** How long the key that ends this call is held. Nobody is kept from ending it; asking first is the shorter way. */
export function holdMsOf(call: Pick<CallCard, 'unheard' | 'answer_by'> | null, nowUs: number): number {
  const asking = call && askingOf(call, nowUs);
  return asking === 'unasked' || asking === 'waiting' ? UNASKED_HOLD_MS : HOLD_MS;
}

/** What a key means in the yes/no script. */
export function meaning(key: string): 'yes' | 'no' | null {
  return key === '1' ? 'yes' : key === '2' ? 'no' : null;
}

/** The call that the answer key takes: whose seat is gone first, then the one ringing here, then lane A before B, oldest first. */
export function toAnswer(calls: CallCard[], seat: SeatId | null): CallCard | null {
  const open = waiting(calls);
  return (
    ringsAt(calls, seat) ??
    open.find((call) => call.phase === 'waiting' && !call.handed_off) ??
    open.find((call) => call.lane === 'a') ??
    open[0] ??
    null
  );
}

export interface Choice {
  class: Class;
  sub: string | null;
}

/** What a class key gives, also when it is pressed again: F4 goes from mistake to child, F6 through the reasons. */
export function choiceOf(action: Action, before: Choice | null, subs: SubReasonView[]): Choice | null {
  switch (action) {
    case 'prank':
      return { class: 'prank', sub: before?.class === 'prank' ? before.sub : null };
    case 'ghost':
      return { class: 'ghost', sub: null };
    case 'mistake':
      return before?.class === 'ghost' && before.sub === 'accidental' ? { class: 'prank', sub: 'child' } : { class: 'ghost', sub: 'accidental' };
    case 'information': {
      if (before?.class !== 'information') return { class: 'information', sub: null };
      const keys = subs.filter((sub) => sub.class === 'information').map((sub) => sub.key);
      return { class: 'information', sub: keys[(before.sub ? keys.indexOf(before.sub) + 1 : 0) % Math.max(1, keys.length)] ?? null };
    }
    case 'test':
      return { class: 'test', sub: null };
    case 'incident':
      return { class: 'emergency', sub: null };
    default:
      return null;
  }
}

/** The key whose word a class has: what the person pressed, not what it is counted as. */
export function actionOfChoice(choice: Choice | null): (typeof CLASS_ACTIONS)[number] | null {
  if (!choice || choice.class === 'abandoned') return null;
  if (choice.sub === 'accidental' || choice.sub === 'child') return 'mistake';
  return choice.class === 'emergency' ? 'incident' : choice.class;
}

/** Ended calls without a seat (its person went on) whose class is open, or may still be taken back. */
export function unrated(calls: CallCard[]): CallCard[] {
  return calls.filter((call) => call.phase === 'wrap' && call.seat === null && (call.class === null || call.undo_until !== null));
}

/** The entry by which the caller of an ended call is called back; null: there is none, or they are called just now. */
export function callBackOf(call: Pick<CallCard, 'call_id' | 'number'>, callbacks: CallbackView[], calls: CallCard[]): CallbackView | null {
  if (calls.some((one) => one.direction === 'call_back' && one.number === call.number && one.phase !== 'wrap')) return null;
  return callbacks.find((one) => one.call_id === call.call_id) ?? callbacks.find((one) => one.number === call.number) ?? null;
}

export const CLASS_ACTIONS = ['prank', 'ghost', 'mistake', 'information', 'test', 'incident'] as const satisfies Action[];

export function isClassAction(action: Action): action is (typeof CLASS_ACTIONS)[number] {
  return (CLASS_ACTIONS as readonly Action[]).includes(action);
}

/** A held key keeps a choice that the same key gave before, and only ends the call. */
export function heldChoice(action: Action, before: Choice | null, subs: SubReasonView[]): Choice | null {
  const same = before && (actionOfChoice(before) === action || before.class === choiceOf(action, null, subs)?.class);
  return same ? before : choiceOf(action, null, subs);
}
