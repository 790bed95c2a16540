// A moment still to come, as people say it: the clock alone means today.
import { umum } from '../words/umum';
import { language } from '../words/pick';
import { clockShort, isoDay } from './time';

const DAY_US = 86_400_000_000;

/** `15.00` today, `besok 07.00`, `Sel 1/12 07.00`. */
export function dayAndClock(us: number, nowUs: number): string {
  const day = isoDay(us);
  if (day === isoDay(nowUs)) return clockShort(us);
  if (day === isoDay(nowUs + DAY_US)) return `${umum.tomorrow} ${clockShort(us)}`;
  const [, month = '', of = ''] = day.split('-');
  const weekday = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return `${weekday} ${Number(of)}/${Number(month)} ${clockShort(us)}`;
}
