// Times and spans for people. All input is microseconds UTC; clock times are shown in the city's zone with its short word.
import { umum } from '../words/umum';

let zone = 'Asia/Jakarta';
let zoneLabel = 'WIB';

/** The city's zone, once its data is here. */
export function setZone(name: string, label: string): void {
  zone = name;
  zoneLabel = label;
}

export function zoneWord(): string {
  return zoneLabel;
}

function parts(us: number): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(us / 1_000).map((part) => [part.type, part.value]));
}

/** 14.03.22, as Indonesian clocks write it. */
export function clock(us: number): string {
  const p = parts(us);
  return `${p['hour']}.${p['minute']}.${p['second']}`;
}

/** 14.03 */
export function clockShort(us: number): string {
  return clock(us).slice(0, 5);
}

/** 24/11/2026 14.03 */
export function dateTime(us: number): string {
  const p = parts(us);
  return `${p['day']}/${p['month']}/${p['year']} ${p['hour']}.${p['minute']}`;
}

/** The city's calendar day as yyyy-mm-dd. */
export function isoDay(us: number): string {
  const p = parts(us);
  return `${p['year']}-${p['month']}-${p['day']}`;
}

/** 0:42, 12:05, 1:02:09: a running timer. Never negative: clocks differ. */
export function elapsed(fromUs: number, toUs: number): string {
  const total = Math.max(0, Math.floor((toUs - fromUs) / 1_000_000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3_600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** 40 dtk, 5 mnt, 3 jam, 2 hari: how long, roughly. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} ${umum.secondsShort}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} ${umum.minutesShort}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} ${umum.hoursShort}`;
  return `${Math.floor(hours / 24)} ${umum.daysShort}`;
}

/** 23.734 */
export function count(value: number): string {
  return new Intl.NumberFormat('id-ID').format(value);
}
