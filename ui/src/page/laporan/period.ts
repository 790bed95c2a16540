// Periods people ask for, as calendar days. Pure: "today" is an argument.

export interface Period { from: string; to: string }
export type Preset = 'today' | 'month' | 'lastMonth' | 'year';

const iso = (date: Date) => date.toISOString().slice(0, 10);

export function preset(name: Preset, today: string): Period {
  const [year = 2020, month = 1] = today.split('-').map(Number);
  const first = (y: number, m: number) => iso(new Date(Date.UTC(y, m, 1)));
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'month':
      return { from: first(year, month - 1), to: today };
    case 'lastMonth':
      return { from: first(year, month - 2), to: iso(new Date(Date.UTC(year, month - 1, 0))) };
    case 'year':
      return { from: `${year}-01-01`, to: today };
  }
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
