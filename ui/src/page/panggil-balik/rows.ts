// Which call-backs are shown. Pure, so that the filter is tested.
import type { CallbackReason, CallbackId, CallId, Timestamp } from '../../api/types';

export type CallbackResult = 'reached_help' | 'mistake' | 'silent' | 'gone' | 'no_answer' | 'busy' | 'failed';

export interface CallbackTry {
  call_id: CallId;
  at: Timestamp;
  result: CallbackResult;
  /** Who called; absent: the machine. */
  by: string | null;
}

/** A row of `GET /api/callbacks`. */
export interface CallbackRow {
  callback_id: CallbackId;
  call_id: CallId;
  number: string;
  reason: CallbackReason;
  since: Timestamp;
  attempts: CallbackTry[];
  /** Absent: the machine has done what it does, a person must. */
  next_attempt_at: Timestamp | null;
  closed_at: Timestamp | null;
  /** Who crossed it off; absent: a result closed it, or it is open. */
  crossed_off_by: string | null;
}

export type State = 'person' | 'machine' | 'closed';
export type Which = 'open' | State | 'all';

/** Who has the next step: a person, the machine, or nobody any more. */
export function stateOf(row: CallbackRow): State {
  if (row.closed_at !== null) return 'closed';
  return row.next_attempt_at === null ? 'person' : 'machine';
}

const digits = (text: string) => text.replaceAll(/\D/g, '');

/** Rows that fit, in the server's order. A search reads digits only: 0812-34 finds 081234. */
export function shown(rows: CallbackRow[], which: Which, search: string): CallbackRow[] {
  const wanted = digits(search);
  return rows.filter((row) => {
    const state = stateOf(row);
    const fits = which === 'all' || (which === 'open' ? state !== 'closed' : state === which);
    return fits && (search.trim() === '' || (wanted !== '' && digits(row.number).includes(wanted)));
  });
}
