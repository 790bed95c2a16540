// The command line: named and order-free. Reads what was typed into a plan that can be shown in words before Enter.
import type { AssignmentState, CallbackView, CityView, IncidentOutcome, IncidentView } from '../../api/types';
import type { Choice } from './calls';
import { CLASSES, FILLERS, HANG_UP, OFF, OUTCOMES, STAND_DOWN, STATES, VERBS, abbreviates, fold, nearestWord, verbOf, type Verb } from './command-words';
import { MINUTES_MAX, type OwnTimer } from './timers';

export type Plan =
  | { verb: 'find'; query: string }
  | { verb: 'close'; incident: IncidentView; outcome: IncidentOutcome; note: string }
  | { verb: 'unit'; incident: IncidentView; assignmentId: string; agency: string; state: AssignmentState; /** One crew of it, as it was named: `DK9`. The agency's step is taken, and says whose it was. */ crew: string | null }
  | { verb: 'note'; incident: IncidentView; text: string }
  | { verb: 'attach'; incident: IncidentView }
  | { verb: 'merge'; incident: IncidentView; into: IncidentView }
  | { verb: 'reopen'; incident: IncidentView; reason: string }
  | { verb: 'major'; incident: IncidentView; mark: 'declare' | 'stand_down'; reason: string }
  | { verb: 'class'; choice: Choice; end: 'leave' | 'hang_up' }
  | { verb: 'timer'; incident: IncidentView | null; minutes: number; about: string }
  | { verb: 'timerOff'; timer: OwnTimer }
  | { verb: 'callBack'; callback: CallbackView }
  | { verb: 'link' }
  | { verb: 'abuse' }
  | { verb: 'pause' }
  | { verb: 'ready' }
  /** What is missing; `instead`: the whole line with the nearest known word. */
  | { verb: 'unfinished'; hint: Hint; instead?: string }
  | { verb: 'empty' };

export type Hint =
  | 'verbs' | 'query' | 'number' | 'no_incident' | 'outcome' | 'crews' | 'agency' | 'state' | 'text' | 'ambiguous' | 'class' | 'minutes' | 'no_timer' | 'which_timer'
  | 'no_callback' | 'unknown' | 'itself' | 'closed' | 'no_closed' | 'loading' | 'reason' | 'is_major' | 'no_major';

export interface World {
  incidents: IncidentView[];
  /** Newest first; null: not here yet. */
  closed: IncidentView[] | null;
  city: CityView | null;
  callbacks: CallbackView[];
  /** The caller whom a person must call first. */
  nextCallBack: CallbackView | null;
  timers: OwnTimer[];
}

const NUMBER = /^#?\d+$/;
const KNOWN = (word: string) => NUMBER.test(word) || [OUTCOMES, STATES, CLASSES].some((words) => Object.hasOwn(words, fold(word)));

// The field opens with its slash; whoever types another, or none, means the same.
const wordsOf = (line: string) => line.trim().replace(/^[/\s]*/, '').split(/\s+/).filter((word) => word !== '');

/** Reads a line. Never does anything. */
export function plan(line: string, world: World): Plan {
  const words = wordsOf(line);
  if (words.length === 0) return line.trim() === '' ? { verb: 'empty' } : unfinished('verbs');
  // Order-free: `231 nihil tutup` says the same. A word that is none of ours before the verb is a misspelt verb, not a text.
  const at = words.findIndex((word) => !KNOWN(word));
  const verb = verbOf(words[at] ?? '');
  if (!verb) return misspelt(words, words[Math.max(0, at)] ?? '', Object.values(VERBS).flat(), 'unknown');
  return read(verb, words.filter((_, index) => index !== at), world);
}

/** Whether a line means this verb, as far as it is typed. */
export const namesVerb = (line: string, verb: Verb): boolean => verbOf(wordsOf(line).find((word) => !KNOWN(word)) ?? '') === verb;

function read(verb: Verb, words: string[], world: World): Plan {
  switch (verb) {
    case 'find': {
      const query = words.join(' ');
      return query.length < 2 ? unfinished('query') : { verb, query };
    }
    case 'close': return close(words, world);
    case 'unit': return unit(words, world);
    case 'note': return numbered(words, world, (incident, rest) => (rest.length === 0 ? unfinished('text') : { verb, incident, text: rest.join(' ') }));
    case 'attach': return numbered(words, world, (incident, rest) => attach(incident, rest, world));
    case 'reopen': return reopen(words, world);
    case 'major': return numbered(words, world, major);
    case 'class': return classOf(words, world);
    case 'timer': return timer(words, world);
    case 'callBack': return callBack(words, world);
    case 'link': case 'abuse': case 'pause': case 'ready': return { verb };
  }
}

function unfinished(hint: Hint): Plan {
  return { verb: 'unfinished', hint };
}

/** The line as it would be with the nearest known word in the place of this one. */
function misspelt(words: string[], word: string, known: readonly string[], hint: Hint, verb = ''): Plan {
  const near = nearestWord(word, known);
  if (!near) return unfinished(hint);
  const rest = words.map((one) => (one === word ? near : one)).join(' ');
  return { verb: 'unfinished', hint, instead: `/${verb ? `${verb} ` : ''}${rest}` };
}

function numbered(words: string[], world: World, then: (incident: IncidentView, rest: string[]) => Plan): Plan {
  const at = words.findIndex((word) => NUMBER.test(word));
  if (at < 0) return unfinished('number');
  const number = Number(words[at]?.replace('#', ''));
  const incident = world.incidents.find((one) => one.number === number);
  return incident ? then(incident, words.filter((_, index) => index !== at)) : unfinished('no_incident');
}

const RUNNING = (state: AssignmentState) => !['done', 'nothing_found', 'cancelled'].includes(state);

function close(words: string[], world: World): Plan {
  return numbered(words, world, (incident, rest) => {
    const at = rest.findIndex((word) => Object.hasOwn(OUTCOMES, fold(word)));
    const outcome = OUTCOMES[fold(rest[at] ?? '')];
    if (!outcome) return misspelt(words, rest.find((word) => nearestWord(word, Object.keys(OUTCOMES))) ?? '', Object.keys(OUTCOMES), 'outcome', VERBS.close[0]);
    const note = rest.filter((_, index) => index !== at).join(' ');
    // As the server asks: who is still under way is called off, and told why.
    if (note === '' && incident.assignments.some((task) => RUNNING(task.state))) return unfinished('crews');
    return { verb: 'close', incident, outcome, note };
  });
}

const isOneOf = (words: readonly string[]) => (word: string) => words.includes(fold(word));

/** One number: this call goes to it. Two: the first incident gives way to the second. */
function attach(incident: IncidentView, rest: string[], world: World): Plan {
  const others = rest.filter((word) => NUMBER.test(word));
  if (others.length === 0) return { verb: 'attach', incident };
  return numbered(rest, world, (into) => (into.incident_id === incident.incident_id ? unfinished('itself') : { verb: 'merge', incident, into }));
}

function reopen(words: string[], world: World): Plan {
  const at = words.findIndex((word) => NUMBER.test(word));
  if (at < 0) return unfinished('closed');
  if (world.closed === null) return unfinished('loading');
  const number = Number(words[at]?.replace('#', ''));
  const incident = world.closed.find((one) => one.number === number);
  if (!incident) return unfinished('no_closed');
  const rest = words.filter((_, index) => index !== at);
  const reason = rest.slice(rest.findIndex((word) => !isOneOf(FILLERS)(word))).join(' ');
  return reason === '' || rest.every(isOneOf(FILLERS)) ? unfinished('reason') : { verb: 'reopen', incident, reason };
}

function major(incident: IncidentView, words: string[]): Plan {
  const mark = words.some(isOneOf(STAND_DOWN)) ? 'stand_down' : 'declare';
  if (mark === 'declare' && incident.major) return unfinished('is_major');
  if (mark === 'stand_down' && !incident.major) return unfinished('no_major');
  const at = words.findIndex(isOneOf(STAND_DOWN));
  const reason = words.filter((_, index) => index !== at).join(' ');
  return reason === '' ? unfinished('reason') : { verb: 'major', incident, mark, reason };
}

function unit(words: string[], world: World): Plan {
  // `PSC 119` is a name: a number that no open incident has belongs to it.
  const at = words.findIndex((word) => NUMBER.test(word) && world.incidents.some((one) => one.number === Number(word.replace('#', ''))));
  const incident = world.incidents.find((one) => one.number === Number(words[at]?.replace('#', '')));
  const rest = words.filter((_, index) => index !== at);
  const step = rest.findIndex((word) => Object.hasOwn(STATES, fold(word)));
  const names = rest.filter((_, index) => index !== step);
  const tasks = (incident ? [incident] : world.incidents).flatMap((one) => one.assignments.filter((task) => RUNNING(task.state)).map((task) => ({ incident: one, task })));
  const fitting = (name: string[]) => called(name, tasks, ({ task }) => [task.agency_label, task.agency]);
  const fits = fitting(names);
  if (fits.length === 0) {
    if (!incident && fitting(names.filter((word) => !NUMBER.test(word))).length > 0) return unfinished('no_incident');
    // The misspelt word may be the step, and what is left then names a unit.
    const slip = names.find((word) => nearestWord(word, Object.keys(STATES)) && fitting(names.filter((one) => one !== word)).length > 0);
    if (step < 0 && slip) return misspelt(words, slip, Object.keys(STATES), 'state', VERBS.unit[0]);
    return misspelt(words, names[0] ?? '', tasks.map(({ task }) => task.agency_label), 'agency', VERBS.unit[0]);
  }
  // Two units fit: a person names the incident, the machine never picks.
  const only = fits[0];
  if (fits.length > 1 || !only) return unfinished('ambiguous');
  const state = STATES[fold(rest[step] ?? '')];
  if (!state) return unfinished('state');
  return { verb: 'unit', incident: only.incident, assignmentId: only.task.assignment_id, agency: only.task.agency_label, state, crew: crewOf(names, [only.task.agency_label, only.task.agency]) };
}

/** The crew that was meant, where the words name one (`DK9`, `Damkar 2`) and not the agency alone. */
function crewOf(name: string[], known: string[]): string | null {
  const sought = fold(name.join(''));
  const number = /\d+$/.test(sought) && !known.some((one) => fold(one).startsWith(sought));
  return number ? name.join(' ').toUpperCase() : null;
}

/** Whose name begins like this; nobody: whose letters it has in their order. */
function called<T>(name: string[], all: T[], names: (one: T) => string[]): T[] {
  const sought = fold(name.join(''));
  if (sought === '') return [];
  const begun = all.filter((one) => names(one).some((known) => fold(known).startsWith(sought)));
  // A number that stands alone and is in no name was meant for an incident: no letters make up for it.
  return begun.length > 0 || name.some((word) => NUMBER.test(word)) ? begun : all.filter((one) => names(one).some((known) => abbreviates(sought, known)));
}

function classOf(words: string[], world: World): Plan {
  const end = words.some((word) => (HANG_UP as readonly string[]).includes(fold(word))) ? 'hang_up' : 'leave';
  const rest = words.filter((word) => !(HANG_UP as readonly string[]).includes(fold(word)));
  const at = rest.findIndex((word) => Object.hasOwn(CLASSES, fold(word)));
  const choice = CLASSES[fold(rest[at] ?? '')];
  if (!choice) return misspelt(words, rest[0] ?? '', Object.keys(CLASSES), 'class', VERBS.class[0]);
  const reason = fold(rest.filter((_, index) => index !== at).join(''));
  if (reason === '') return { verb: 'class', choice, end };
  const child = CLASSES[reason];
  if (child?.sub && child.class === choice.class) return { verb: 'class', choice: child, end };
  const subs = (world.city?.sub_reasons ?? []).filter((sub) => sub.class === choice.class && (fold(sub.label).includes(reason) || fold(sub.key).startsWith(reason)));
  return subs.length === 1 && subs[0] ? { verb: 'class', choice: { class: choice.class, sub: subs[0].key }, end } : unfinished('class');
}

function timer(words: string[], world: World): Plan {
  const numbers = words.filter((word) => /^#?\d+(m|mnt|menit|min)?$/i.test(word));
  const chosen = numbers.find((word) => world.incidents.some((one) => NUMBER.test(word) && one.number === Number(word.replace('#', ''))));
  const incident = world.incidents.find((one) => chosen && one.number === Number(chosen.replace('#', ''))) ?? null;
  const left = numbers.filter((word) => word !== chosen);
  if (words.some((word) => (OFF as readonly string[]).includes(fold(word)))) {
    const fits = incident ? world.timers.filter((one) => one.number === incident.number) : world.timers;
    if (fits.length === 0) return unfinished('no_timer');
    return fits.length === 1 && fits[0] ? { verb: 'timerOff', timer: fits[0] } : unfinished('which_timer');
  }
  if (!incident && left.length > 1) return unfinished('no_incident');
  const minutes = Number.parseInt(left[0] ?? '', 10);
  if (!(minutes >= 1 && minutes <= MINUTES_MAX)) return unfinished('minutes');
  const about = words.filter((word) => word !== chosen && word !== left[0]).join(' ');
  return { verb: 'timer', incident, minutes, about };
}

/** Without a number: whom a person must call first. */
function callBack(words: string[], world: World): Plan {
  const digits = words.join('').replaceAll(/\D/g, '');
  const fits = digits === '' ? (world.nextCallBack ? [world.nextCallBack] : []) : world.callbacks.filter((one) => one.number.replaceAll(/\D/g, '').includes(digits));
  if (fits.length > 1) return unfinished('ambiguous');
  return fits[0] ? { verb: 'callBack', callback: fits[0] } : unfinished('no_callback');
}
