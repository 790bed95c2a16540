// The words of the command line: Indonesian first, English beside it. Unknown words get the nearest known one.
import type { AssignmentState, Class, IncidentOutcome } from '../../api/types';
import type { Choice } from './calls';

/** The first word of each is the one that is shown. */
export const VERBS = {
  find: ['cari', 'find'],
  close: ['tutup', 'close'],
  unit: ['unit', 'satuan'],
  note: ['catat', 'note'],
  attach: ['gabung', 'gabungkan', 'attach', 'merge'],
  reopen: ['buka', 'reopen'],
  major: ['besar', 'major'],
  class: ['kelas', 'class'],
  timer: ['timer', 'pewaktu'],
  callBack: ['balik', 'callback'],
  link: ['tautan', 'link'],
  abuse: ['kasar', 'abuse'],
  pause: ['jeda', 'pause'],
  ready: ['siap', 'ready'],
} as const satisfies Record<string, readonly string[]>;
export type Verb = keyof typeof VERBS;

export const OUTCOMES: Record<string, IncidentOutcome> = {
  tertangani: 'resolved', selesai: 'resolved', resolved: 'resolved', nihil: 'nothing_found', nothing: 'nothing_found', palsu: 'false_report', false: 'false_report',
  ganda: 'duplicate', duplicate: 'duplicate', limpah: 'handed_over', dilimpahkan: 'handed_over', handover: 'handed_over',
};

export const STATES: Record<string, AssignmentState> = {
  terima: 'acknowledged', diterima: 'acknowledged', acknowledged: 'acknowledged', berangkat: 'en_route', enroute: 'en_route', tiba: 'on_scene', arrived: 'on_scene',
  selesai: 'done', done: 'done', nihil: 'nothing_found', nothing: 'nothing_found', batal: 'cancelled', dibatalkan: 'cancelled', cancel: 'cancelled',
};

const whole = (of: Class): Choice => ({ class: of, sub: null });
export const CLASSES: Record<string, Choice> = {
  prank: whole('prank'), anak: { class: 'prank', sub: 'child' }, child: { class: 'prank', sub: 'child' }, ghost: whole('ghost'),
  salah: { class: 'ghost', sub: 'accidental' }, mistake: { class: 'ghost', sub: 'accidental' }, informasi: whole('information'), info: whole('information'),
  information: whole('information'), uji: whole('test'), test: whole('test'), kejadian: whole('emergency'), darurat: whole('emergency'), incident: whole('emergency'),
};

/** Words that take a timer away, and that also end a call. */
export const OFF = ['hapus', 'batal', 'off', 'delete'] as const;
/** Said between two numbers, or behind a verb, and meaning nothing by itself. */
export const FILLERS = ['ke', 'into', 'dengan', 'lagi', 'kembali'] as const;
/** Words that end a major incident. */
export const STAND_DOWN = ['selesai', 'cabut', 'standdown', ...OFF] as const;
export const HANG_UP = ['akhiri', 'hangup'] as const;

export const fold = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

export const verbOf = (word: string): Verb | null =>
  (Object.keys(VERBS) as Verb[]).find((verb) => (VERBS[verb] as readonly string[]).includes(fold(word))) ?? null;

/** How many letters must be put in, left out, changed or swapped to make one word of the other (Damerau-Levenshtein, adjacent swaps). */
export function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** The nearest of the known words: one that it begins, else one at most a third of its letters away. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const sought = fold(word);
  if (sought === '') return null;
  const begun = sought.length >= 2 ? known.find((one) => fold(one).startsWith(sought)) : undefined;
  if (begun) return begun;
  const far = Math.max(1, Math.floor(sought.length / 3));
  const ranked = known.map((one) => ({ one, away: distance(sought, fold(one)) })).sort((a, b) => a.away - b.away);
  return ranked[0] && ranked[0].away <= far ? ranked[0].one : null;
}

/** Whether a short name is a name's letters in their order: `DK1` is Damkar's first crew, `psc` is PSC 119. */
export function abbreviates(short: string, name: string): boolean {
  const [sought, letters] = [fold(short).replace(/\d+$/, ''), fold(name)];
  if (sought.length < 2 || sought[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters) if (letter === sought[at]) at += 1;
  return at === sought.length;
}
