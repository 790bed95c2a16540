// Days and times of the clock as people here write them: 28-11-2026, 28/11/2026, 28 nov; 07.30. Pure. A day is kept as yyyy-mm-dd.
import type { Language } from '../words/pick';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des'];
/** English, and the short forms in use beside the first three letters. */
const ALSO: Record<string, number> = { may: 5, aug: 8, ags: 8, oct: 10, dec: 12, peb: 2, nop: 11 };

const two = (value: number) => String(value).padStart(2, '0');

/** The day, if there is one like that: no 31 February. */
function day(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date && year >= 1900 && year <= 9999 ? at.toISOString().slice(0, 10) : null;
}

function monthOf(word: string): number | null {
  const short = word.toLowerCase().slice(0, 3);
  return ALSO[short] ?? (MONTHS.indexOf(short) + 1 || null);
}

/** What was typed, day before month; without a year it is that of `today`. Null: no day. */
export function readDay(text: string, today: string): string | null {
  const typed = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const near = { 'kemarin': -1, 'yesterday': -1, 'hari ini': 0, 'today': 0, 'besok': 1, 'tomorrow': 1 }[typed];
  if (near !== undefined) return movedBy(today, near);
  const whole = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(typed);
  const parts = whole ?? /^(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)(?:[\s./-]+(\d{4}|\d{2}))?$/.exec(typed);
  if (!parts) return null;
  const month = /^\d/.test(parts[2] ?? '') ? Number(parts[2]) : monthOf(parts[2] ?? '');
  return month === null ? null : day(Number((parts[3] ?? '').length === 2 ? today.slice(0, 2) + parts[3] : parts[3] ?? today.slice(0, 4)), month, Number(parts[1]));
}

/** Whole enough to count while it is still being typed: "28 nov" may go on as November 2025. */
export const isWhole = (text: string): boolean => /^(\d{4}-\d{2}-\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$/.test(text.trim());

/** 28-11-2026 */
export function showDay(iso: string): string {
  return iso.split('-').reverse().join('-');
}

/** Sab, 28 Nov 2026 */
export function dayInWords(iso: string, language: Language): string {
  const [year = 0, month = 1, date = 1] = iso.split('-').map(Number);
  const locale = language === 'en' ? 'en-GB' : 'id-ID';
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, date));
}

export function movedBy(iso: string, days: number): string {
  const [year = 0, month = 1, date = 1] = iso.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** 7, 07.30, 7:30, 0730: the time as `07:30`, 24 hours. Null: no time. */
export function readTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:[.:\s]?(\d{2}))?$/.exec(text.trim());
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null;
}
