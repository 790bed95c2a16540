// Whether a call in the list can be given another class, to which, and if not, what there is to do instead. The server decides.
import type { CallRow, Class } from '../../api/types';
import { labels } from '../../words/umum';

export type NotCorrectable = 'open' | 'unanswered' | 'imported';

/** Whom we call plays no prank on us and tests nothing. */
const FOR_CALLERS_ONLY: Class[] = ['prank', 'test'];

export function notCorrectable(call: Pick<CallRow, 'outcome' | 'imported'>): NotCorrectable | null {
  if (call.imported) return 'imported';
  if (call.outcome === null) return 'open';
  return call.outcome === 'answered' ? null : 'unanswered';
}

export function classesFor(call: Pick<CallRow, 'class' | 'direction'>): Class[] {
  const all = (Object.keys(labels.className) as Class[]).filter((one) => one !== 'abandoned' && one !== call.class);
  return call.direction === 'call_back' ? all.filter((one) => !FOR_CALLERS_ONLY.includes(one)) : all;
}
