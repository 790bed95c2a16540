// Days of the city as numbers (20261201), counted without a clock or a zone.
const parts = (day: number) => [Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100] as const;

const date = (day: number) => {
  const [year, month, of] = parts(day);
  return new Date(Date.UTC(year, month - 1, of));
};
const number = (at: Date) => at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate();

/** `2026-12-01` as the server gives a day of today. */
export const fromIso = (iso: string) => Number(iso.replaceAll('-', ''));
export const toIso = (day: number) => date(day).toISOString().slice(0, 10);
export const plusDays = (day: number, days: number) => number(new Date(date(day).getTime() + days * 86_400_000));
/** The Monday of its week. */
export const monday = (day: number) => plusDays(day, -((date(day).getUTCDay() + 6) % 7));
export const firstOfMonth = (day: number) => day - (day % 100) + 1;
export const plusMonths = (day: number, months: number) => {
  const [year, month] = parts(day);
  return number(new Date(Date.UTC(year, month - 1 + months, 1)));
};
/** `Sen 1/12`. */
export function shortDay(day: number, language = 'id-ID'): string {
  const [, month, of] = parts(day);
  return `${new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(date(day))} ${of}/${month}`;
}
