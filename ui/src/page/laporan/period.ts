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
