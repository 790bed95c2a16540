// What keeps the sheet of an ended call open when its person is ready for the next one. Pure.
import type { CallCard } from '../../api/types';

export type Stays = 'unsaved' | 'note' | 'unclassed';

/** The line is down; a call that left the desk is over, too. */
export const isOver = (call: Pick<CallCard, 'phase'> | null): boolean => call === null || call.phase === 'wrap';

export function whatStays(sheet: { call: Pick<CallCard, 'class'> | null; noteBegun: string; unsaved: boolean }): Stays | null {
  if (sheet.unsaved) return 'unsaved';
  if (sheet.noteBegun.trim() !== '') return 'note';
  return sheet.call && !sheet.call.class ? 'unclassed' : null;
}
