// A place of the search and what becomes of it in the sheet. Pure.
import type { IntakeFields, PlaceAnswer, PlaceHit } from '../../api/types';
import { konsol } from '../../words/konsol';
import type { Changes } from './draft';

/** No kelurahan counts more (the server's RT_MAX and RW_MAX). */
const RT_MAX = 199;
const RW_MAX = 99;

/** Which of several it is: always its kind and where it lies. */
export function detail(hit: PlaceHit): string {
  const { kinds, area, outside } = konsol.place;
  const where = hit.outside ? (hit.outside === hit.name ? outside : `${outside}: ${hit.outside}`)
    : hit.kind === 'city' || hit.kind === 'province' ? '' : hit.kind === 'district' ? '' : area(hit.kind === 'village' ? null : hit.village, hit.district);
  return [hit.same_name ? `△ ${konsol.place.sameName}` : '', hit.matched ? `“${hit.matched}”` : '', kinds[hit.kind], where].filter(Boolean).join(' · ');
}

/** A landmark that was chosen from the list, as it was written into the sheet. */
export interface Picked {
  text: string;
  village: string | null;
  district: string;
}

/**
 * The landmark that stays when a kelurahan is chosen: what stood in the field before the words that found the kelurahan.
 * Not those words' own beginning, nor a landmark that is known to lie in another kelurahan.
 */
export function keptLandmark(before: string | null, typed: string, picked: Picked | null, village: string | null): string | null {
  if (!before?.trim()) return null;
  if (picked?.text === before) return picked.village === null || picked.village === village ? before : null;
  const start = (text: string) => text.trim().toLowerCase().slice(0, 3);
  return start(before) === start(typed) ? null : before;
}

/** Kelurahan to choose from: of the kecamatan that the landmark lies in, else all. */
export function villagesIn<T extends { district: string }>(villages: T[], district: string | null): T[] {
  const near = district ? villages.filter((one) => one.district === district) : [];
  return near.length > 0 ? near : villages;
}

/**
 * What a chosen place says. What it does not know (a landmark's kelurahan or point) leaves what a person chose, and a
 * kelurahan leaves the landmark that is `kept`. "depan" stays before the name.
 */
export function placeOf(hit: PlaceHit, said: Pick<PlaceAnswer, 'relation'> | null = null, kept: string | null = null): Changes {
  const village = hit.village_code === null ? {} : { village_code: hit.village_code, lat: null, lng: null };
  const point = hit.approximate ? {} : { lat: hit.lat, lng: hit.lng };
  const named = hit.kind === 'district' ? `Kec. ${hit.name}` : hit.name;
  const whole = [said?.relation ? `${said.relation} ${named}` : named, hit.outside && hit.outside !== hit.name ? hit.outside : ''].filter(Boolean).join(', ');
  return { landmark: hit.kind === 'village' && !hit.outside ? kept : whole, ...village, ...point };
}

/** RT/RW and house number of the typed text, where the sheet has none: what a person wrote is never written over. */
export function besides(said: PlaceAnswer | null, fields: IntakeFields): Changes {
  const rt_rw = said?.rt_rw?.text && fields.rt_rw === null ? { rt_rw: said.rt_rw.text } : {};
  return said?.house && fields.address === null ? { ...rt_rw, address: said.house } : rt_rw;
}

/** Where the crews will be sent, as the Send bar says it: the landmark and its kelurahan, else what there is. */
export function placeInShort(fields: Pick<IntakeFields, 'landmark' | 'address'>, village: string | null): string {
  return [fields.landmark?.trim() || fields.address?.trim(), village].filter(Boolean).join(', ');
}

/** What is wrong with an RT/RW as typed; null: nothing, or still too short to say. */
export function rtRwProblem(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  const parts = /^(?:rt)?\W*(\d{1,4}|-)?(?:\W*(?:\/|rw)\W*(\d{1,4}|-)?)?$/i.exec(trimmed);
  if (!parts) return konsol.place.rtRwForm;
  const [rt, rw] = [Number(parts[1] ?? 1), Number(parts[2] ?? 1)];
  if (rt < 1 || rt > RT_MAX) return konsol.place.rtBounds(parts[1] ?? '', RT_MAX);
  if (rw < 1 || rw > RW_MAX) return konsol.place.rwBounds(parts[2] ?? '', RW_MAX);
  return null;
}
