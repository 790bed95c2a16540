// How long, in a rule: milliseconds for the server, words for the person who signs it. `25 detik`, `2 menit`, `1 jam`.
import { sanksi } from '../../words/sanksi';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [['day', DAY], ['hour', HOUR], ['minute', MINUTE], ['second', SECOND]] as const;

/** Words that are read, of both languages; a number alone means seconds. */
const READ: Record<string, number> = {
  hari: DAY, h: DAY, day: DAY, days: DAY, d: DAY,
  jam: HOUR, j: HOUR, hour: HOUR, hours: HOUR,
  menit: MINUTE, mnt: MINUTE, m: MINUTE, minute: MINUTE, minutes: MINUTE, min: MINUTE,
  detik: SECOND, dtk: SECOND, s: SECOND, second: SECOND, seconds: SECOND, sec: SECOND, '': SECOND,
};

export const isSpan = (key: string): boolean => key.endsWith('_ms') || key.endsWith('_ms_max');

/** In the largest unit that leaves nothing over; below a second, and never, as they are. */
export function shownSpan(ms: number): string {
  if (ms < 0) return sanksi.never;
  const [name, size] = UNITS.find(([, size]) => ms >= size && ms % size === 0) ?? (['second', SECOND] as const);
  return `${String(ms / size).replace('.', ',')} ${sanksi.unit[name]}`;
}

/** The milliseconds of a text; null: it cannot be read. */
export function readSpan(text: string): number | null {
  const words = text.trim().toLowerCase();
  if (words === sanksi.never || words === '-1') return -1;
  const found = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/.exec(words);
  const size = found && Object.hasOwn(READ, found[2] ?? '') ? READ[found[2] ?? ''] : undefined;
  if (!found || size === undefined) return null;
  const ms = Number((found[1] ?? '').replace(',', '.')) * size;
  return Number.isInteger(ms) ? ms : null;
}

/** Several, one after the other: `25 detik; 2 menit; 10 menit`. */
export const shownSpans = (all: number[]): string => all.map(shownSpan).join('; ');

export function readSpans(text: string): number[] | null {
  const all = text.split(';').filter((one) => one.trim() !== '').map(readSpan);
  return all.every((one) => one !== null) ? all : null;
}
