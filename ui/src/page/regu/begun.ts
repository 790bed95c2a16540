// The unfinished line of a hand-over note between a person's fingers and the server. Pure: nothing typed is ever dropped.
import type { HandoverDraft } from '../../api/types';

/** What this machine keeps until the server has it. */
export interface Begun {
  text: string;
  /** The revision that the text was typed upon. */
  base: number;
  /** Of the line that is on its way into the note: sent again it is the same line. */
  line: string | null;
}

/** What to show when the page opens, and whether it must still be saved. */
export function opened(kept: Begun | null, saved: HandoverDraft): { text: string; unsaved: boolean } {
  if (!kept || kept.text === saved.text || kept.text.trim() === '') return { text: saved.text, unsaved: false };
  // Nobody saved since: the copy is the newer one.
  if (kept.base === saved.revision) return { text: kept.text, unsaved: true };
  return { text: joined(saved.text, kept.text), unsaved: kept.text !== saved.text };
}

/** Two pages of one person wrote: both stay, the server's first. */
export function joined(theirs: string, mine: string): string {
  if (theirs.trim() === '' || mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  return `${theirs}\n${mine}`;
}

export function read(text: string | null): Begun | null {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Begun> | null;
    return kept && typeof kept.text === 'string' ? { text: kept.text, base: kept.base ?? 0, line: kept.line ?? null } : null;
  } catch {
    return null;
  }
}
