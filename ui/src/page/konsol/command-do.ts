// What a plan of the command line means: first in words, then done. The same sentence is shown before Enter and after it.
import { api } from '../../api/client';
import type { IncidentView, PlaceHit } from '../../api/types';
import { session } from '../../app/session.svelte';
import { station } from '../../station/station.svelte';
import { konsol } from '../../words/konsol';
import { perintah } from '../../words/perintah';
import { tanda } from '../../words/tanda';
import { labels, umum } from '../../words/umum';
import { actionOfChoice, type Choice } from './calls';
import type { Plan } from './command';
import { desk } from './console.svelte';
import { detail, placeOf } from './place';
import { links } from './links.svelte';
import { ownTimers } from './own-timers.svelte';
import { OWN_TIMERS_MAX } from './timers';

/** `ready`: Enter would do it. Otherwise the words say what is missing. */
export interface Effect {
  words: string;
  ready: boolean;
  /** How else to go on; not part of what is done. */
  hint?: string;
}

const ready = (words: string): Effect => ({ words, ready: true });
const missing = (words: string): Effect => ({ words, ready: false });

/** What only the tab with the seat's sound does. */
const AT_SEAT = new Set<Plan['verb']>(['class', 'callBack', 'abuse', 'pause', 'ready']);

export function effectOf(plan: Plan, hits: PlaceHit[], chosen: number): Effect {
  if (station.elsewhere && AT_SEAT.has(plan.verb)) return missing(konsol.seat.otherTab);
  switch (plan.verb) {
    case 'empty': return missing('');
    case 'unfinished': return missing(plan.instead ? perintah.instead(plan.instead) : perintah.hint[plan.hint]);
    case 'close': return ready(perintah.close(plan.incident.number, labels.incidentOutcome[plan.outcome], plan.note));
    case 'unit': return ready(perintah.unit(plan.agency, plan.incident.number, labels.assignment[plan.state], plan.crew ?? ''));
    case 'note': return ready(perintah.note(plan.incident.number, plan.text));
    case 'attach':
      if (desk.sheet?.incident) return missing(perintah.attachSent);
      return desk.attachable ? ready(perintah.attach(plan.incident.number, whatOf(plan.incident))) : missing(perintah.attachNone);
    case 'merge': return ready(perintah.merge(plan.incident.number, whatOf(plan.incident), plan.into.number, whatOf(plan.into)));
    case 'reopen': return ready(perintah.reopen(plan.incident.number, whatOf(plan.incident), plan.incident.outcome ? labels.incidentOutcome[plan.incident.outcome] : '', plan.reason));
    case 'major': return ready(perintah.major[plan.mark](plan.incident.number, whatOf(plan.incident), plan.reason));
    case 'class': {
      const call = desk.atHand;
      if (!call) return missing(perintah.classNone);
      return ready(perintah.class(call.number ?? umum.noNumber, choiceWord(plan.choice), plan.end === 'hang_up' ? perintah.hangUp : ''));
    }
    case 'timer':
      if (ownTimers.list.length >= OWN_TIMERS_MAX) return missing(perintah.timerFull);
      return ready(perintah.timer(plan.minutes, timerWord(plan.incident?.number ?? null, plan.about)));
    case 'timerOff': return ready(perintah.timerOff(timerWord(plan.timer.number, plan.timer.about)));
    case 'callBack': return plan.callback.duress ? missing(`${plan.callback.number}: ${tanda.callBack} ${perintah.callBackThere}`) : ready(perintah.callBack(plan.callback.number));
    case 'link': {
      const call = desk.linkable;
      if (!call) return missing(konsol.link.noCall);
      return call.no_link ? missing(konsol.link.none[call.no_link]) : ready(perintah.link(call.number ?? ''));
    }
    case 'abuse': {
      const call = desk.abusable;
      return call ? ready(perintah.abuse(call.number ?? umum.noNumber)) : missing(perintah.abuseNone);
    }
    case 'pause': return ready(perintah.pause);
    case 'ready': return ready(perintah.ready);
    case 'find': return found(hits, chosen);
  }
}

const whatOf = (incident: IncidentView) => `${incident.type_label}, ${incident.place}`;

function found(hits: PlaceHit[], chosen: number): Effect {
  const hit = hits[chosen];
  if (!hit) return missing(perintah.findNone);
  const name = `${hit.name} (${detail(hit)})`;
  if (!desk.sheet?.editable) return missing(`${name} · ${perintah.findNoSheet}`);
  const { landmark, village_code } = desk.sheet.fields;
  const was = landmark ?? (village_code ? (session.city?.villages.find((one) => one.code === village_code)?.name ?? null) : null);
  return { ...ready(was ? perintah.findInstead(name, was) : perintah.find(name)), ...(hits.length > 1 ? { hint: perintah.findMany(hits.length) } : {}) };
}

function choiceWord(choice: Choice): string {
  const action = actionOfChoice(choice);
  const sub = session.city?.sub_reasons.find((one) => one.class === choice.class && one.key === choice.sub);
  return [action && konsol.action[action], sub?.label].filter(Boolean).join(' · ');
}

export function timerWord(number: number | null, about: string): string {
  return [number === null ? '' : perintah.incident(number), about].filter(Boolean).join(': ');
}

/** Does it; throws what the server said. */
export async function carryOut(plan: Plan, hit: PlaceHit | undefined): Promise<void> {
  switch (plan.verb) {
    case 'close': return api.post(`/api/incidents/${plan.incident.incident_id}/close`, { outcome: plan.outcome, note: plan.note || null });
    case 'unit': return api.post(`/api/assignments/${plan.assignmentId}/steps`, { state: plan.state, ...(plan.crew ? { note: perintah.crewNote(plan.crew) } : {}) });
    case 'note': return api.post(`/api/incidents/${plan.incident.incident_id}/notes`, { text: plan.text });
    case 'attach': return desk.attach(plan.incident);
    case 'merge': {
      await api.post(`/api/incidents/${plan.incident.incident_id}/merge`, { incident_id: plan.into.incident_id });
      return desk.loadIncidents();
    }
    case 'reopen': {
      await api.post(`/api/incidents/${plan.incident.incident_id}/reopen`, { reason: plan.reason });
      return desk.loadIncidents();
    }
    case 'major': {
      const path = `/api/incidents/${plan.incident.incident_id}/major`;
      await (plan.mark === 'declare' ? api.post(path, { reason: plan.reason }) : api.delete(path, { reason: plan.reason }));
      return desk.loadIncidents();
    }
    case 'class': {
      const call = desk.atHand;
      return call ? desk.give(call, plan.choice, plan.end === 'hang_up') : undefined;
    }
    case 'timer': return void ownTimers.set(plan.incident?.number ?? null, plan.minutes, plan.about);
    case 'timerOff': return ownTimers.remove(plan.timer.id);
    case 'callBack': return api.post(`/api/callbacks/${plan.callback.callback_id}/call`);
    case 'link': return desk.linkable ? void (await links.send(desk.linkable.call_id)) : undefined;
    case 'abuse': return desk.handOff();
    case 'pause': return desk.pause();
    case 'ready': return desk.ready();
    case 'find': return hit ? desk.sheet?.change(placeOf(hit, null, desk.sheet.fields.landmark)) : undefined;
    case 'empty': case 'unfinished': return undefined;
  }
}
