// The sheet's fields between a person's fingers and the server. Pure: what was typed and not yet confirmed always
// wins over what the server says; everything else is the server's.
import type { DraftChange, DraftView, IntakeFields } from '../../api/types';

export type Field = keyof IntakeFields;
export type Changes = Partial<IntakeFields>;

export const EMPTY: IntakeFields = {
  landmark: null, village_code: null, address: null, rt_rw: null, lat: null, lng: null, incident_type: null,
  reporter_name: null, reporter_number: null, victims: null, situation: null,
};

/** What a field looked like when a person began to change it. */
interface Began {
  revision: number;
  was: unknown;
}

export interface Sheet {
  /** As the server last said. */
  saved: DraftView;
  /** Typed here and not yet confirmed. */
  dirty: Changes;
  /** On their way now. */
  flying: Changes;
  /** As the person wrote it, where the server keeps it trimmed: a field never changes under the fingers. */
  written: Changes;
  began: Partial<Record<Field, Began>>;
  /** Last sent and not confirmed: an answer that got lost is no other person's writing. */
  sent: Changes;
  /** Typed here, and changed by another person meanwhile: their value. A person decides; until then neither is lost. */
  clash: Changes;
}

/** What this machine keeps of a sheet until the server has it. */
export interface Kept {
  fields: Changes;
  began: Sheet['began'];
  sent: Changes;
  /** Of the last key, milliseconds by this machine's clock. */
  at: number;
}

const entries = (of: object) => Object.entries(of).filter(([key]) => key in EMPTY) as [Field, unknown][];
const some = (of: Changes, test: (field: Field) => boolean) => Object.fromEntries(entries(of).filter(([field]) => test(field))) as Changes;

export function opened(view: DraftView, local: Partial<Kept> = {}): Sheet {
  const fields = local.fields ?? {};
  const dirty = some(fields, (field) => kept(fields[field]) !== view.fields[field]);
  const began = Object.fromEntries(entries(dirty).map(([field]) => [field, local.began?.[field] ?? { revision: view.revision, was: view.fields[field] }]));
  return settled({ saved: view, dirty, flying: {}, written: {}, began, sent: local.sent ?? {}, clash: {} });
}

export function keeping(sheet: Sheet, at: number): Kept {
  return { fields: { ...sheet.flying, ...sheet.dirty }, began: sheet.began, sent: { ...sheet.sent, ...sheet.flying }, at };
}

/** What the person sees. */
export function shown(sheet: Sheet): IntakeFields {
  return { ...EMPTY, ...sheet.saved.fields, ...sheet.written, ...sheet.flying, ...sheet.dirty };
}

/** What is kept of a text: the server trims it, and empty is nothing. */
const kept = (value: unknown) => (typeof value === 'string' ? value.trim() || null : value);

/** Of what was written, that which the server holds in other spelling. What another person wrote over it is theirs. */
function stillWritten(written: Changes, view: DraftView): Changes {
  return some(written, (field) => written[field] !== view.fields[field] && kept(written[field]) === view.fields[field]);
}

export function typed(sheet: Sheet, change: Changes): Sheet {
  const fresh = entries(change).filter(([field]) => !(field in sheet.dirty) && !(field in sheet.flying));
  const began = { ...sheet.began, ...Object.fromEntries(fresh.map(([field]) => [field, { revision: sheet.saved.revision, was: sheet.saved.fields[field] }])) };
  return { ...sheet, began, dirty: { ...sheet.dirty, ...change } };
}

export function isDirty(sheet: Sheet): boolean {
  return Object.keys(sheet.dirty).length > 0 || Object.keys(sheet.flying).length > 0;
}

/** Takes the changes off; null when there is nothing to save or a save is still on its way. What clashes waits for a person. */
export function takeOff(sheet: Sheet): { sheet: Sheet; body: DraftChange } | null {
  const flying = some(sheet.dirty, (field) => !(field in sheet.clash));
  if (Object.keys(sheet.flying).length > 0 || Object.keys(flying).length === 0) return null;
  return {
    sheet: { ...sheet, dirty: some(sheet.dirty, (field) => field in sheet.clash), flying, sent: { ...sheet.sent, ...flying } },
    body: { base_revision: Math.min(...entries(flying).map(([field]) => sheet.began[field]?.revision ?? sheet.saved.revision)), fields: flying },
  };
}

/** The server has them: what was typed meanwhile stays dirty, on top of what was saved. */
export function landed(sheet: Sheet, view: DraftView): Sheet {
  const began = Object.fromEntries(
    entries(sheet.dirty).map(([field]) => [field, field in sheet.flying ? { revision: view.revision, was: view.fields[field] } : sheet.began[field]]),
  ) as Sheet['began'];
  const written = stillWritten({ ...sheet.written, ...sheet.flying }, view);
  return settled({ ...sheet, saved: view, flying: {}, written, began, sent: some(sheet.sent, (field) => !(field in sheet.flying)) });
}

/** The save failed: the changes are dirty again, under whatever was typed since. What another person changed while they were on their way clashes now. */
export function fellBack(sheet: Sheet): Sheet {
  return settled({ ...sheet, dirty: { ...sheet.flying, ...sheet.dirty }, flying: {} });
}

/** Another person saved: their fields appear, ours stay. An older answer changes nothing. */
export function heard(sheet: Sheet, view: DraftView): Sheet {
  return view.revision < sheet.saved.revision ? sheet : settled({ ...sheet, saved: view, written: stillWritten(sheet.written, view) });
}

/** Tells what another person changed under the fingers from what is only our own, come back. */
function settled(sheet: Sheet): Sheet {
  const { saved, dirty, sent } = sheet;
  const began = { ...sheet.began };
  const clash: Changes = {};
  for (const [field, ours] of entries(dirty)) {
    const theirs = saved.fields[field];
    const start = began[field];
    const untouched = !start || start.was === theirs || kept(ours) === theirs || (field in sent && kept(sent[field]) === theirs);
    if (untouched) began[field] = { revision: saved.revision, was: theirs };
    else Object.assign(clash, { [field]: theirs });
  }
  return { ...sheet, began, clash };
}

/** A person decided. */
export function decided(sheet: Sheet, field: Field, whose: 'mine' | 'theirs'): Sheet {
  if (whose === 'theirs') {
    const without = (of: Changes) => some(of, (one) => one !== field);
    return settled({ ...sheet, dirty: without(sheet.dirty), written: without(sheet.written), sent: without(sheet.sent) });
  }
  return settled({ ...sheet, began: { ...sheet.began, [field]: { revision: sheet.saved.revision, was: sheet.saved.fields[field] } } });
}

/** What an earlier sheet knows and this one does not: nothing that stands is written over. */
export function blanksFilled(here: IntakeFields, earlier: IntakeFields): Changes {
  return Object.fromEntries(Object.entries(earlier).filter(([key, value]) => value !== null && here[key as Field] === null));
}
