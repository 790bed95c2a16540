// What the map of figures shows: each kelurahan with its count, how dark it is drawn, and what has no place on it. Pure.
import type { Count, VillageView } from '../../api/types';

/** Five steps: more cannot be told apart. */
export const STEPS = 5;
/** Under this many a rise or fall may be chance; the same limit as in the report's comparison. */
export const FEW = 20;

export interface VillageRow {
  village: VillageView;
  count: number;
  /** `null` without a comparison. */
  before: number | null;
  /** 0 for none, then 1 to 5. */
  step: number;
}

export interface VillageFigures {
  /** Every kelurahan of the city, most first. */
  rows: VillageRow[];
  most: number;
  /** Nobody wrote the kelurahan down. */
  notFilled: number;
  /** A kelurahan that the city's data no longer knows. */
  unknown: number;
}

export function villageFigures(villages: VillageView[], now: Count[], before: Count[] | null): VillageFigures {
  const of = (counts: Count[], code: string) => counts.find((one) => one.key === code)?.count ?? 0;
  const most = Math.max(0, ...villages.map((one) => of(now, one.code)));
  const rows = villages.map((village) => {
    const count = of(now, village.code);
    return { village, count, before: before && of(before, village.code), step: count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * STEPS)) };
  });
  rows.sort((a, b) => b.count - a.count || (b.before ?? 0) - (a.before ?? 0) || a.village.name.localeCompare(b.village.name, 'id'));
  const known = new Set(villages.map((one) => one.code));
  const unknown = now.filter((one) => one.key !== '' && !known.has(one.key)).reduce((sum, one) => sum + one.count, 0);
  return { rows, most, notFilled: of(now, ''), unknown };
}

/** The first and the last count of each step, without the steps that no count can have. */
export function stepRanges(most: number): { step: number; from: number; to: number }[] {
  return Array.from({ length: STEPS }, (_, at) => ({ step: at + 1, from: Math.floor((at * most) / STEPS) + 1, to: Math.floor(((at + 1) * most) / STEPS) })).filter((one) => one.from <= one.to);
}

/** The area of a circle, not its radius, is the count: half as many looks half as much. */
export function radius(count: number, most: number, largest: number): number {
  return most === 0 ? 0 : Math.sqrt(count / most) * largest;
}
