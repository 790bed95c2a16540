// The command line: named and order-free. Reads what was typed into a plan that can be shown in words before Enter.
import type { AssignmentState, CityView, IncidentOutcome, IncidentView } from '../../api/types';

export type Plan =
  | { verb: 'find'; query: string }
  | { verb: 'close'; incident: IncidentView; outcome: IncidentOutcome; note: string }
  | { verb: 'unit'; incident: IncidentView; assignmentId: string; agency: string; state: AssignmentState }
  | { verb: 'note'; incident: IncidentView; text: string }
  | { verb: 'link' }
  | { verb: 'pause' }
  | { verb: 'ready' }
  | { verb: 'unfinished'; hint: Hint }
  | { verb: 'empty' };

export type Hint = 'verbs' | 'query' | 'number' | 'no_incident' | 'outcome' | 'agency' | 'state' | 'text' | 'ambiguous';

const OUTCOMES: Record<string, IncidentOutcome> = {
  tertangani: 'resolved', selesai: 'resolved', nihil: 'nothing_found', palsu: 'false_report', ganda: 'duplicate', limpah: 'handed_over', dilimpahkan: 'handed_over',
};
const STATES: Record<string, AssignmentState> = {
  terima: 'acknowledged', diterima: 'acknowledged', berangkat: 'en_route', tiba: 'on_scene', selesai: 'done', nihil: 'nothing_found', batal: 'cancelled', dibatalkan: 'cancelled',
};
export const VERBS = ['/cari', '/tutup', '/unit', '/catat', '/tautan', '/jeda', '/siap'] as const;

interface World {
  incidents: IncidentView[];
  city: CityView | null;
}

const fold = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Reads a line. Never does anything. */
export function plan(line: string, world: World): Plan {
  // The field opens with its slash; whoever types another, or none, means the same.
  const [verb = '', ...words] = line.trim().replace(/^\/*\s*/, '/').split(/\s+/);
  if (verb === '/') return line.trim() === '' ? { verb: 'empty' } : unfinished('verbs');
  switch (verb.toLowerCase()) {
    case '/cari': {
      const query = words.join(' ');
      return query.length < 2 ? unfinished('query') : { verb: 'find', query };
    }
    case '/tutup':
      return close(words, world);
    case '/unit':
      return unit(words, world);
    case '/catat':
      return note(words, world);
    case '/tautan':
      return { verb: 'link' };
    case '/jeda':
      return { verb: 'pause' };
    case '/siap':
      return { verb: 'ready' };
    default:
      return unfinished('verbs');
  }
}

function unfinished(hint: Hint): Plan {
  return { verb: 'unfinished', hint };
}

function incidentOf(words: string[], world: World): { incident: IncidentView | undefined; rest: string[]; numbered: boolean } {
  const at = words.findIndex((word) => /^#?\d+$/.test(word));
  const number = Number(words[at]?.replace('#', ''));
  return {
    incident: world.incidents.find((one) => one.number === number),
    rest: words.filter((_, index) => index !== at),
    numbered: at >= 0,
  };
}

function close(words: string[], world: World): Plan {
  const { incident, rest, numbered } = incidentOf(words, world);
  if (!numbered) return unfinished('number');
  if (!incident) return unfinished('no_incident');
  const at = rest.findIndex((word) => fold(word) in OUTCOMES);
  const outcome = OUTCOMES[fold(rest[at] ?? '')];
  if (!outcome) return unfinished('outcome');
  return { verb: 'close', incident, outcome, note: rest.filter((_, index) => index !== at).join(' ') };
}

function note(words: string[], world: World): Plan {
  const { incident, rest, numbered } = incidentOf(words, world);
  if (!numbered) return unfinished('number');
  if (!incident) return unfinished('no_incident');
  const text = rest.join(' ');
  return text === '' ? unfinished('text') : { verb: 'note', incident, text };
}

function unit(words: string[], world: World): Plan {
  const { incident, rest, numbered } = incidentOf(words, world);
  if (numbered && !incident) return unfinished('no_incident');
  const at = rest.findIndex((word) => fold(word) in STATES);
  const name = fold(rest.filter((_, index) => index !== at).join(''));
  if (name === '') return unfinished('agency');
  const pool = incident ? [incident] : world.incidents;
  const fits = pool.flatMap((one) =>
    one.assignments
      .filter((task) => !['done', 'nothing_found', 'cancelled'].includes(task.state))
      .filter((task) => fold(task.agency_label).startsWith(name) || fold(task.agency).startsWith(name))
      .map((task) => ({ incident: one, task })),
  );
  if (fits.length === 0) return unfinished('agency');
  // Two units fit: a person names the incident, the machine never picks.
  const only = fits[0];
  if (fits.length > 1 || !only) return unfinished('ambiguous');
  const state = STATES[fold(rest[at] ?? '')];
  if (!state) return unfinished('state');
  return { verb: 'unit', incident: only.incident, assignmentId: only.task.assignment_id, agency: only.task.agency_label, state };
}
