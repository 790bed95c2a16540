// Which call-backs are shown. Pure, so that the filter is tested.
import type { CallbackRow } from '../../api/types';

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
