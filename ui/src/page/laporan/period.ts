// Periods people ask for, as calendar days. Pure: "today" is an argument.

export interface Period { from: string; to: string }
/** `months` and `days` are chosen by hand; the others follow from today. */
export const PRESETS = ['month', 'lastMonth', 'quarter', 'lastQuarter', 'yearToLastMonth', 'year', 'lastYear', 'months', 'days'] as const;
export type Preset = (typeof PRESETS)[number];

const iso = (date: Date) => date.toISOString().slice(0, 10);
/** The first day of a month, and the last; months run over the year's end on either side. From 0. */
const first = (year: number, month: number) => iso(new Date(Date.UTC(year, month, 1)));
const last = (year: number, month: number) => iso(new Date(Date.UTC(year, month + 1, 0)));

/** Whole months of one year, both in it, from 1. */
export function monthsOf(year: number, fromMonth: number, toMonth: number): Period {
  return { from: first(year, fromMonth - 1), to: last(year, Math.max(fromMonth, toMonth) - 1) };
}

export function preset(name: Exclude<Preset, 'months' | 'days'>, today: string): Period {
  const [year = 2020, number = 1] = today.split('-').map(Number);
  const month = number - 1;
  const quarter = month - (month % 3);
  switch (name) {
    case 'month':
      return { from: first(year, month), to: today };
    case 'lastMonth':
      return { from: first(year, month - 1), to: last(year, month - 1) };
    case 'quarter':
      return { from: first(year, quarter), to: today };
    case 'lastQuarter':
      return { from: first(year, quarter - 3), to: last(year, quarter - 1) };
    case 'yearToLastMonth':
      // In January there is no whole month yet: the year before.
      return month === 0 ? { from: first(year - 1, 0), to: last(year - 1, 11) } : { from: first(year, 0), to: last(year, month - 1) };
    case 'year':
      return { from: first(year, 0), to: today };
    case 'lastYear':
      return { from: first(year - 1, 0), to: last(year - 1, 11) };
  }
}

/** A day that is one: `2020-02-30` is not. */
export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && iso(new Date(`${text}T00:00:00Z`)) === text;
}

/** How often each weekday lies in the period; Monday first. */
export function weekdays({ from, to }: Period): number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let day = Date.parse(`${from}T00:00:00Z`); day <= Date.parse(`${to}T00:00:00Z`); day += 86_400_000) {
    const at = (new Date(day).getUTCDay() + 6) % 7;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** `Januari s.d. September 2020`, `1 s.d. 28 November 2026`: as a letter writes it. `months` are the full names. */
export function inWordsOf({ from, to }: Period, months: string[]): string {
  const parts = (day: string) => { const [y = 0, m = 1, d = 1] = day.split('-').map(Number); return { y, m, d, name: months[m - 1] ?? '' }; };
  const [a, b] = [parts(from), parts(to)];
  const whole = a.d === 1 && to === last(b.y, b.m - 1);
  if (from === to) return `${a.d} ${a.name} ${a.y}`;
  if (whole && a.y === b.y && a.m === 1 && b.m === 12) return `${a.y}`;
  if (whole && a.y === b.y && a.m === b.m) return `${a.name} ${a.y}`;
  if (whole && a.y === b.y) return `${a.name} s.d. ${b.name} ${a.y}`;
  if (whole) return `${a.name} ${a.y} s.d. ${b.name} ${b.y}`;
  if (a.y === b.y && a.m === b.m) return `${a.d} s.d. ${b.d} ${a.name} ${a.y}`;
  if (a.y === b.y) return `${a.d} ${a.name} s.d. ${b.d} ${b.name} ${a.y}`;
  return `${a.d} ${a.name} ${a.y} s.d. ${b.d} ${b.name} ${b.y}`;
}

/** 48.3 as `48,3`; a fixed number of decimals. */
export function decimal(value: number, digits = 1): string {
  return new Intl.NumberFormat('id-ID', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** 4100 ms as `4,1 dtk`, 75000 as `1 mnt 15 dtk`, 3900000 as `1 jam 5 mnt`: what stands first, and what follows it. */
export function waitWord(ms: number | null, [second, minute, hour]: readonly [string, string, string]): string {
  if (ms === null) return '–';
  if (ms < 60_000) return `${decimal(ms / 1_000, ms < 10_000 ? 1 : 0)} ${second}`;
  const [whole, rest, large, small] = ms < 3_600_000 ? [Math.floor(ms / 60_000), Math.floor((ms % 60_000) / 1_000), minute, second] : [Math.floor(ms / 3_600_000), Math.floor((ms % 3_600_000) / 60_000), hour, minute];
  return rest === 0 ? `${whole} ${large}` : `${whole} ${large} ${rest} ${small}`;
}

/** 2020-09-30 as people here write it: 30/09/2020. */
export function written(day: string): string {
  return day.split('-').reverse().join('/');
}

/** `+48,3 %`, `−4,0 %`, `0,0 %`. */
export function percent(value: number): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return `${sign}${Math.abs(value).toFixed(1).replace('.', ',')} %`;
}

/** The rows' shares in tenths of a percent of their own sum, rounded so that they add up to exactly 1000. */
export function shares(counts: number[]): number[] {
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total === 0) return counts.map(() => 0);
  const exact = counts.map((one) => (one / total) * 1_000);
  const tenths = exact.map(Math.floor);
  const byRest = exact.map((one, at) => ({ at, rest: one - Math.floor(one) })).sort((a, b) => b.rest - a.rest || a.at - b.at);
  const missing = 1_000 - tenths.reduce((sum, one) => sum + one, 0);
  for (const { at } of byRest.slice(0, missing)) tenths[at] = (tenths[at] ?? 0) + 1;
  return tenths;
}

/** `12,3 %` of tenths. */
export function tenthsWord(tenths: number): string {
  return `${(tenths / 10).toFixed(1).replace('.', ',')} %`;
}
