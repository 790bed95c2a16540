// What everybody at this screen must know now, the most urgent first. Where it stands: Notices.svelte.
import type { CallCard, IncidentView, Links, SupervisionView } from '../api/types';
import type { Action } from '../page/konsol/keys';
import type { Lost, StationState } from '../station/station.svelte';
import { gabung } from '../words/gabung';
import { konsol } from '../words/konsol';
import { latihan } from '../words/latihan';
import { mutu } from '../words/mutu';
import { pendamping } from '../words/pendamping';
import { regu } from '../words/regu';
import { tanda } from '../words/tanda';
import { umum } from '../words/umum';
import { WAY_SHAPE } from './seat';
import { clockShort, span } from './time';

export interface Facts {
  page: string;
  /** How old what is shown is, ms; null while it is fresh. */
  staleMs: number | null;
  links: Links | null;
  ringing: CallCard | null;
  lost: Lost | null;
  /** Null without a seat. */
  station: StationState | null;
  inCall: boolean;
  lead: SupervisionView | null;
  /** The note of the shift before waits since, ms; null when it does not. */
  handoverMs: number | null;
  incidents: IncidentView[];
  /** Calls taken for nuisance that were real, and reviews past their five days. */
  found: number;
  overdue: number;
}

export type Deed = 'answer' | 'take' | 'sheet' | 'understood' | 'here' | 'reconnect';
export type Act = { word: string; href: string } | { word: string; does: Deed; key?: Action; primary?: true };

export interface Notice {
  key: string;
  tone: 'amber' | 'alarm' | 'call';
  /** Whether a screen reader says it at once. */
  role: 'alert' | 'status';
  /** Begins with its shape: never told by colour alone. */
  text: string;
  acts: Act[];
}

const notice = (key: string, tone: Notice['tone'], role: Notice['role'], text: string, ...acts: Act[]): Notice => ({ key, tone, role, text, acts });

export function noticesOf(facts: Facts): Notice[] {
  const console = facts.page === 'konsol';
  const list: (Notice | null)[] = [
    facts.ringing && !console ? notice(`ring ${facts.ringing.call_id}`, 'call', 'alert', `◎ ${tanda.ringing(facts.ringing.number ?? umum.noNumber)}${facts.ringing.duress_before ? ` ◆ ${tanda.before}` : ''}`, { word: konsol.action.answer, does: 'answer', key: 'answer', primary: true }) : null,
    facts.lost && lost(facts.lost, console),
    facts.station === 'down' ? notice('down', 'amber', 'status', `△ ${konsol.seat.down}`) : null,
    facts.station === 'no-microphone' ? notice('no-microphone', 'amber', 'alert', `△ ${konsol.seat.noMicrophone}`, { word: konsol.seat.reconnect, does: 'reconnect' }) : null,
    facts.station === 'other-tab' && console ? notice('other-tab', 'amber', 'status', `△ ${konsol.seat.otherTab}`, { word: konsol.seat.moveHere, does: 'here' }) : null,
    broken(facts),
    ...(console ? facts.incidents.filter((one) => one.major && one.status === 'open').map(major) : []),
    facts.inCall && !console ? notice('in-call', 'call', 'status', `▶ ${umum.inCall}.`, { word: umum.backToCall, href: '/konsol' }) : null,
    facts.lead && !console ? notice('lead', 'call', 'status', `${WAY_SHAPE[facts.lead.how]} ${pendamping.told[facts.lead.how](facts.lead.display_name)}`) : null,
    facts.found > 0 ? notice('found', 'alarm', 'status', `△ ${mutu.banner.found(facts.found)}`, { word: mutu.banner.open, href: '/mutu' }) : null,
    facts.handoverMs !== null ? notice('handover', 'amber', 'status', `△ ${regu.loud(span(facts.handoverMs))}`, { word: regu.read, href: '/serah-terima' }) : null,
    facts.overdue > 0 ? notice('overdue', 'amber', 'status', `△ ${mutu.banner.overdue(facts.overdue)}`, { word: mutu.banner.open, href: '/mutu' }) : null,
  ];
  return list.filter((one) => one !== null);
}

function lost({ call, again }: Lost, console: boolean): Notice {
  const take: Act = console ? { word: konsol.seat.take, does: 'take', key: 'ready', primary: true } : { word: konsol.seat.take, href: '/konsol' };
  const text = `△ ${konsol.seat.lost[again]}${call ? ` ${konsol.seat.lostCall(call.number ?? umum.noNumber)}` : ''}`;
  return notice(
    'lost', 'amber', 'alert', text,
    ...(again === 'by-hand' ? [take] : []),
    ...(call && console ? [{ word: konsol.missed.sheet, does: 'sheet' } as const] : []),
    ...(again === 'trying' ? [] : [{ word: konsol.seat.understood, does: 'understood' } as const]),
  );
}

/** One at a time: what is stale says nothing certain about the rest. */
function broken({ staleMs, links }: Facts): Notice | null {
  if (staleMs !== null) return notice('stale', 'amber', 'status', `◌ ${umum.stale(span(staleMs))}`);
  if (!links) return null;
  if (links.telephone !== 'up') return notice('telephone', 'amber', 'status', `✕ ${umum.degraded.telephone}`);
  if (links.data !== 'up') return notice('data', 'amber', 'status', `△ ${umum.degraded.data}`);
  return links.recording === 'up' ? null : notice('recording', 'amber', 'status', `△ ${umum.degraded.recording}`);
}

function major(one: IncidentView): Notice {
  const since = gabung.majorSince(clockShort(one.major?.at ?? 0), one.major?.by ?? '');
  return notice(`major ${one.incident_id}`, 'amber', 'status', `◆ ${gabung.major} ${one.number}${one.drill ? ` ${latihan.mark}` : ''} · ${one.type_label} · ${one.place} (${since}: ${one.major?.reason ?? ''})`);
}
