// The bars of the chart: days, or weeks where days would be too thin to see. Pure.
import type { DayPoint } from '../../api/types';
import { plusDays } from '../regu/days';

/** More days than this are drawn by week: a bar a day would be under 4 px. */
export const DAYS_DRAWN_MAX = 130;

/** One bar: the days it stands for, and calls per counted day; null: none of them is on record. */
export interface Bar { from: number; to: number; counted: number; nuisance: number; real: number; perDay: number | null }

/** Days between two days (20200131, 20200201: 1). */
export function between(from: number, to: number): number {
  const at = (day: number) => Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
  return Math.round((at(to) - at(from)) / 86_400_000);
}

/** Bars of one day or of seven, from the first day on. A day that is missing is not zero. */
export function bars(days: DayPoint[], from: number, to: number, step: number): Bar[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const found: Bar[] = [];
  for (let start = from; start <= to; start = plusDays(start, step)) {
    const end = Math.min(plusDays(start, step - 1), to);
    const bar: Bar = { from: start, to: end, counted: 0, nuisance: 0, real: 0, perDay: null };
    for (let day = start; day <= end; day = plusDays(day, 1)) {
      const one = known.get(day);
      if (!one) continue;
      bar.counted += 1;
      bar.nuisance += one.nuisance;
      bar.real += one.real;
    }
    if (bar.counted > 0) bar.perDay = bar.nuisance / bar.counted;
    found.push(bar);
  }
  return found;
}

/** A round number that is not under the most: 1, 2 or 5 times a power of ten. */
export function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= most) ?? 10) * power;
}
