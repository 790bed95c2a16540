// What the play head has passed: the last line, the sheet as it stood, where the caller was.
import type { TimelineLine } from '../../api/types';

/** The last line at or before the play head (ms); -1 before all. Lines come in the order of time. */
export function reached(lines: TimelineLine[], headMs: number): number {
  let last = -1;
  lines.forEach((line, index) => {
    if (line.audio_ms <= headMs) last = index;
  });
  return last;
}

/** Changes of one field by one person this close together are one writing. */
export const WRITING_US = 10_000_000;

/** Typing in one row: its last value, from where it began. Everything else as it is. */
export function folded(lines: TimelineLine[]): TimelineLine[] {
  const rows: TimelineLine[] = [];
  /** The row of a field, and when it was last written in. */
  const writing = new Map<string, { row: number; at: number }>();
  for (const line of lines) {
    const { what } = line;
    const key = what.kind === 'field' ? `${what.field} ${line.by}` : null;
    const open = key === null ? undefined : writing.get(key);
    const row = open && rows[open.row];
    if (what.kind === 'field' && open && row?.what.kind === 'field' && line.at - open.at <= WRITING_US) {
      rows[open.row] = { ...row, what: { ...what, before: row.what.before } };
      open.at = line.at;
    } else {
      if (key !== null) writing.set(key, { row: rows.length, at: line.at });
      rows.push(line);
    }
  }
  return rows;
}

/** The sheet's fields as they stood after these lines. */
export function sheetAt(lines: TimelineLine[], last: number): Map<string, string> {
  const sheet = new Map<string, string>();
  for (const { what } of lines.slice(0, last + 1)) {
    if (what.kind !== 'field') continue;
    if (what.value === null) sheet.delete(what.field);
    else sheet.set(what.field, what.value);
  }
  return sheet;
}

export interface Whereabouts { lat: number | null; lng: number | null; village: string | null; hint: Extract<TimelineLine['what'], { kind: 'position' }> | null }

/** Pin and kelurahan of the sheet, and the newest position that the telephone told. */
export function whereAt(lines: TimelineLine[], last: number): Whereabouts {
  const sheet = sheetAt(lines, last);
  const number = (name: string) => {
    const value = Number.parseFloat(sheet.get(name) ?? '');
    return Number.isFinite(value) ? value : null;
  };
  const told = lines.slice(0, last + 1).map((line) => line.what).findLast((what) => what.kind === 'position');
  return { lat: number('lat'), lng: number('lng'), village: sheet.get('village_code') ?? null, hint: told?.kind === 'position' ? told : null };
}
