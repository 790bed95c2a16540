import { expect, test } from 'vitest';
import type { CallbackRow } from '../../api/types';
import { shown, stateOf } from './rows';

function row(callback_id: string, more: Partial<CallbackRow>): CallbackRow {
  return { callback_id, call_id: '', number: '0812-3456-7890', reason: 'abandoned', duress: false, since: 0, attempts: [], next_attempt_at: null, closed_at: null, crossed_off_by: null, ...more };
}
const rows = [row('person', {}), row('machine', { next_attempt_at: 9, number: '0857-1111-2222' }), row('closed', { closed_at: 5, next_attempt_at: 9 })];

test('who has the next step', () => expect(rows.map(stateOf)).toEqual(['person', 'machine', 'closed']));

test.each([
  ['open', '', ['person', 'machine']],
  ['all', '', ['person', 'machine', 'closed']],
  ['closed', '', ['closed']],
  ['all', '0857 11', ['machine']],
  ['all', '3456-78', ['person', 'closed']],
  ['all', 'bu rini', []],
] as const)('%s with "%s"', (which, search, want) => expect(shown(rows, which, search).map((one) => one.callback_id)).toEqual(want));
