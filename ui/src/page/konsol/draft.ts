// The sheet's fields between a person's fingers and the server. Pure: what was typed and not yet confirmed always
// wins over what the server says; everything else is the server's.
import type { DraftChange, DraftView, IntakeFields, PlaceHit } from '../../api/types';

export type Field = keyof IntakeFields;
export type Changes = Partial<IntakeFields>;

export const EMPTY: IntakeFields = {
  landmark: null, village_code: null, address: null, rt_rw: null, lat: null, lng: null, incident_type: null,
  reporter_name: null, reporter_number: null, victims: null, situation: null,
};

export interface Sheet {
  /** As the server last said. */
  saved: DraftView;
  /** Typed here and not yet confirmed. */
  dirty: Changes;
  /** On their way now. */
  flying: Changes;
  /** As the person wrote it, where the server keeps it trimmed: a field never changes under the fingers. */
  written: Changes;
}

export function opened(view: DraftView, local: Changes = {}): Sheet {
  const dirty = Object.fromEntries(Object.entries(local).filter(([key, value]) => key in EMPTY && view.fields[key as Field] !== value));
  return { saved: view, dirty, flying: {}, written: {} };
}

/** What the person sees. */
export function shown(sheet: Sheet): IntakeFields {
  return { ...EMPTY, ...sheet.saved.fields, ...sheet.written, ...sheet.flying, ...sheet.dirty };
}

/** What is kept of a text: the server trims it, and empty is nothing. */
const kept = (value: unknown) => (typeof value === 'string' ? value.trim() || null : value);

/** Of what was written, that which the server holds in other spelling. What another person wrote over it is theirs. */
function stillWritten(written: Changes, view: DraftView): Changes {
  return Object.fromEntries(Object.entries(written).filter(([key, value]) => {
    const held = view.fields[key as Field];
    return value !== held && kept(value) === held;
  }));
}

export function typed(sheet: Sheet, change: Changes): Sheet {
  return { ...sheet, dirty: { ...sheet.dirty, ...change } };
}

export function isDirty(sheet: Sheet): boolean {
  return Object.keys(sheet.dirty).length > 0 || Object.keys(sheet.flying).length > 0;
}

/** Takes the changes off; null when there is nothing to save or a save is still on its way. */
export function takeOff(sheet: Sheet): { sheet: Sheet; body: DraftChange } | null {
  if (Object.keys(sheet.flying).length > 0 || Object.keys(sheet.dirty).length === 0) return null;
  return {
    sheet: { ...sheet, dirty: {}, flying: sheet.dirty },
    body: { base_revision: sheet.saved.revision, fields: sheet.dirty },
  };
}

/** The server has them: what was typed meanwhile stays dirty. */
export function landed(sheet: Sheet, view: DraftView): Sheet {
  return { ...sheet, saved: view, flying: {}, written: stillWritten({ ...sheet.written, ...sheet.flying }, view) };
}

/** The save failed: the changes are dirty again, under whatever was typed since. */
export function fellBack(sheet: Sheet): Sheet {
  return { ...sheet, dirty: { ...sheet.flying, ...sheet.dirty }, flying: {} };
}

/** Another person saved: their fields appear, ours stay. An older answer changes nothing. */
export function heard(sheet: Sheet, view: DraftView): Sheet {
  return view.revision < sheet.saved.revision ? sheet : { ...sheet, saved: view, written: stillWritten(sheet.written, view) };
}

/** What a chosen place says. What it does not know (a landmark's kelurahan or point) leaves what a person chose. */
export function placeOf(hit: PlaceHit): Changes {
  const village = hit.village_code === null ? {} : { village_code: hit.village_code, lat: null, lng: null };
  const point = hit.approximate ? {} : { lat: hit.lat, lng: hit.lng };
  return { landmark: hit.kind === 'landmark' ? hit.name : null, ...village, ...point };
}

/** What an earlier sheet knows and this one does not: nothing that stands is written over. */
export function blanksFilled(here: IntakeFields, earlier: IntakeFields): Changes {
  return Object.fromEntries(Object.entries(earlier).filter(([key, value]) => value !== null && here[key as Field] === null));
}
