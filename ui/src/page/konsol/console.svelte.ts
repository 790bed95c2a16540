// What the console does: the commands behind keys and buttons. Each is one request; the answer comes by the live desk.
import { SvelteSet } from 'svelte/reactivity';
import { api, inWords } from '../../api/client';
import { live } from '../../api/live.svelte';
import type { CallCard, CallId, CallbackView, ClaimCall, DraftView, IncidentView, PositionView, SayPrompt } from '../../api/types';
import { session } from '../../app/session.svelte';
import { station } from '../../station/station.svelte';
import { konsol } from '../../words/konsol';
import { mirip } from '../../words/mirip';
import { tanda } from '../../words/tanda';
import { umum } from '../../words/umum';
import { sheetCalls } from './about.svelte';
import { choiceOf, heldChoice, leavesWhenAsked, silentLines, toAnswer, unrated, type Choice } from './calls';
import { blanksFilled } from './draft';
import { boundaries } from './boundaries.svelte';
import { GivenLast } from './given';
import type { Action } from './keys';
import { metresShort, positionOf, rounded, threadOf } from './links';
import { links } from './links.svelte';
import { keptCalls } from './keep';
import { isBegun, leave, leftCalls, settle } from './left';
import { SheetStore } from './sheet.svelte';
import { OpenIncidents } from './open-incidents.svelte';
import { type Stays, isOver, whatStays } from './over';
import { PressedKeys } from './pressed-keys.svelte';

const SAID_MS = 6_000;
/** As long as a class can be taken back. */
const UNDO_US = 5_000_000;

class Console extends PressedKeys {
  /** One line for the person: what went wrong, or what was done. */
  said = $state<{ text: string; bad: boolean } | null>(null);
  sheet = $state.raw<SheetStore | null>(null);
  /** Agencies that the person chose for sending; null: as the routing table says. */
  chosen = $state.raw<string[] | null>(null);
  holding = $state<Action | null>(null);
  unsent = $state.raw<string[]>([]);
  /** Calls that were silent lines and then gave a sign. */
  lifted = new SvelteSet<CallId>();
  /** Calls that were cut on our side, by the number that is to be called back. */
  #cut = new Map<string, CallId>();
  /** Calls without a seat that this person classed. */
  #rated = new Set<CallId>();
  #given = new GivenLast();
  #open = new OpenIncidents();
  #quiet: ReturnType<typeof setTimeout> | undefined;

  get incidents(): IncidentView[] {
    return this.#open.list;
  }

  get incidentsProblem(): string {
    return this.#open.problem;
  }

  loadIncidents(): Promise<void> {
    return this.#open.load();
  }

  get next(): CallCard | null {
    return toAnswer(live.desk?.calls ?? [], station.mySeat?.seat ?? null);
  }

  say(text: string, bad = false): void {
    clearTimeout(this.#quiet);
    this.said = { text, bad };
    this.#quiet = setTimeout(() => (this.said = null), SAID_MS);
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.say(inWords(error), true);
      return false;
    }
  }

  answer(call: CallCard | null = this.next): void {
    if (!call) return;
    if (!station.mySeat) return this.say(konsol.calls.needSeat, true);
    void this.#try(() => api.post(`/api/calls/${call.call_id}/answer`));
  }

  /** Takes a call from another seat; past the free seconds a shift lead says why. */
  claim(call: CallCard, reason: string | null = null): Promise<boolean> {
    return this.#try(() => api.post(`/api/calls/${call.call_id}/claim`, { reason } satisfies ClaimCall));
  }

  /** A line on which nothing was heard: closed as a ghost by this person's will. */
  endLine(callId: CallId): void {
    void this.#try(() => api.post(`/api/calls/${callId}/class`, { class: 'ghost', sub: 'silent', hang_up: true }));
  }

  /** Marks that the caller cannot speak freely, or takes the mark back. */
  duress(call: CallCard | null = this.#mine()): void {
    if (call) void this.#try(() => api.post(`/api/calls/${call.call_id}/duress`, { on: !call.duress }));
  }

  /** Abuse: the machine goes on with the caller, whose line stays open. */
  handOff(): void {
    const call = this.abusable;
    if (call) void this.#try(() => api.post(`/api/calls/${call.call_id}/hand-off`));
  }

  /** The conversation that can be handed off. */
  get abusable(): CallCard | null {
    const call = this.#mine();
    return call && (call.phase === 'talking' || call.phase === 'held') ? call : null;
  }

  /** A line that was handed off, ended by this person's will; its class stays. */
  endHandedOff(callId: CallId): void {
    void this.#try(() => api.post(`/api/calls/${callId}/end`));
  }

  /** The machine asks the caller something that a key answers. */
  ask(call: CallCard, prompt: SayPrompt): Promise<boolean> {
    return this.#try(() => api.post(`/api/calls/${call.call_id}/say`, { prompt }));
  }

  /** Whether anybody is there: 1 for help, 2 for a misdial. Who was answered here and never heard is left to the machine. */
  askForKey(call: CallCard): void {
    const leaves = leavesWhenAsked(call);
    void this.ask(call, 'need_help').then((asked) => asked && leaves && this.say(konsol.unheard.left(call.number ?? umum.noNumber)));
  }

  /** A message with a location link to the caller of this call. */
  sendLink(callId: CallId): void {
    void this.#try(async () => {
      await links.send(callId);
      this.say(konsol.link.sent);
    });
  }

  /** Whom the link key means: the caller at this seat, else of the open sheet, else of the oldest silent line. */
  get linkable(): CallCard | null {
    const calls = live.desk?.calls ?? [];
    return this.#mine() ?? calls.find((call) => call.call_id === this.sheet?.callId) ?? silentLines(calls)[0] ?? null;
  }

  /** The position that is suggested for the open sheet. */
  get position(): PositionView | null {
    const sheet = this.sheet;
    if (!sheet) return null;
    const call = live.desk?.calls.find((one) => one.call_id === sheet.callId) ?? null;
    return positionOf(threadOf(links.threads, call ?? { call_id: sheet.callId, number: null }), call);
  }

  /** Puts the suggested point into the sheet, by a person's key. A kelurahan that somebody chose stays. */
  takePosition(): void {
    const [sheet, position] = [this.sheet, this.position];
    if (!sheet?.editable || !position) return;
    const point = rounded(position);
    const village = sheet.fields.village_code ? {} : { village_code: boundaries.at(session.city?.villages ?? [], point.lat, point.lng)?.village.code ?? null };
    sheet.change({ ...point, ...village });
    void sheet.flush();
    this.say(konsol.link.takenNow(metresShort(position.radius_m)));
  }

  #mine(): CallCard | null {
    return station.myCall;
  }

  /** A class key, tapped or held for a second. */
  classify(action: Action, how: 'tap' | 'hold', call: CallCard | null = this.atHand): void {
    if (!call) return;
    const before = this.#given.classOf(call);
    const subs = session.city?.sub_reasons ?? [];
    const choice = how === 'hold' ? heldChoice(action, before, subs) : choiceOf(action, before, subs);
    if (choice) this.give(call, choice, how === 'hold');
  }

  /** The call that class keys mean: the one at this seat, else the oldest ended one that nobody has classed. */
  get atHand(): CallCard | null {
    return this.#mine() ?? unrated(live.desk?.calls ?? []).find((call) => call.class === null) ?? null;
  }

  give(call: CallCard, choice: Choice, hangUp: boolean): void {
    if (call.seat === null) this.#rated.add(call.call_id);
    const refused = this.#given.give(call.call_id, choice);
    void this.#try(() => api.post(`/api/calls/${call.call_id}/class`, { ...choice, hang_up: hangUp })).then((taken) => taken || refused());
  }

  undo(): void {
    const held = this.detachable;
    if (held) return this.detach(held.callId, { incident_id: held.incidentId, number: held.number });
    const call = this.undoable;
    this.#given.forget();
    if (call) void this.#try(() => api.delete(`/api/calls/${call.call_id}/class`));
  }

  /** The call of this seat whose class can still be taken back. */
  get undoable(): CallCard | null {
    const mine = this.#mine();
    const calls = live.desk?.calls ?? [];
    const handedOff = calls.filter((call) => call.phase === 'handed_off' && call.handed_off?.by === session.me?.user_id);
    const own = [...handedOff, ...(mine ? [mine] : []), ...unrated(calls).filter((call) => this.#rated.has(call.call_id))];
    return own.find((call) => call.class && call.undo_until !== null && call.undo_until > live.now) ?? null;
  }

  hangUp(): void {
    const call = this.#mine();
    if (call) void this.#try(() => api.post(`/api/calls/${call.call_id}/end`));
  }

  mute(): void {
    const call = this.#mine();
    if (!call) return;
    const on = !call.muted;
    // The microphone closes at once; the server follows.
    for (const track of station.microphone?.getAudioTracks() ?? []) track.enabled = !on;
    void this.#try(() => api.post(`/api/calls/${call.call_id}/mute`, { on }));
  }

  hold(): void {
    const call = this.#mine();
    if (call) void this.#try(() => api.post(`/api/calls/${call.call_id}/hold`, { on: call.phase !== 'held' }));
  }

  keypad(digits: string): void {
    const call = this.#mine();
    if (call) void this.#try(() => api.post(`/api/calls/${call.call_id}/keypad`, { digits }));
  }

  ready(): void {
    const seat = station.mySeat;
    if (!seat) return;
    const sheet = this.sheet;
    const call = live.desk?.calls.find((one) => one.call_id === sheet?.callId) ?? null;
    void this.#try(async () => {
      if (seat.state === 'paused') await api.post('/api/seat/pause', { on: false });
      else await api.post('/api/seat/ready');
      if (!sheet || sheet !== this.sheet || !isOver(call)) return;
      await sheet.flush();
      const stays = this.#putAway(sheet, call);
      if (stays) this.say(konsol.sheet.stays[stays], true);
    });
  }

  /** Closes a sheet of which everything is somewhere else; what keeps it open. */
  #putAway(sheet: SheetStore, call: CallCard | null): Stays | null {
    const stays = whatStays({ call, noteBegun: sheet.noteBegun, unsaved: sheet.unsavedSince !== 0 });
    if (!stays && sheet === this.sheet) this.openSheet(null);
    return stays;
  }

  /** The key of its class closed this call, which was no emergency, and its seat is free again. */
  closed(callId: string): void {
    if (this.sheet?.callId === callId && !this.sheet.incident) this.#putAway(this.sheet, null);
  }

  pause(): void {
    void this.#try(() => api.post('/api/seat/pause', { on: true }));
  }

  leaveSeat(): void {
    void this.#try(() => station.release());
  }

  /** The entry whose caller cannot speak freely, after a person asked to call it: the next time they mean it. */
  risky = $state<string | null>(null);

  callBack(callbackId: string): void {
    const entry = live.desk?.callbacks.find((one) => one.callback_id === callbackId);
    if (entry?.duress && this.risky !== callbackId) {
      this.risky = callbackId;
      return this.say(tanda.askFirst(entry.number), true);
    }
    this.risky = null;
    void this.#try(() => api.post(`/api/callbacks/${callbackId}/call`));
  }

  /** The caller whom a person must call first: what the call-back key means. Never one whom a ringing telephone may harm. */
  get nextCallBack(): CallbackView | null {
    const list = (live.desk?.callbacks ?? []).filter((one) => !one.duress);
    return list.find((one) => one.next_attempt_at === null) ?? list[0] ?? null;
  }

  callBackNext(): void {
    const next = this.nextCallBack;
    const mine = this.#mine();
    if (!next) this.say(konsol.missed.none);
    else if (!station.mySeat) this.say(konsol.calls.needSeat, true);
    else if (mine && mine.phase !== 'wrap') this.say(konsol.calls.busy, true);
    else this.callBack(next.callback_id);
  }

  strikeOff(callbackId: string): void {
    void this.#try(() => api.delete(`/api/callbacks/${callbackId}`));
  }

  /** Keeps which sheet belongs to a number whose call was cut; its call-back entry goes as soon as it is answered. */
  rememberCut(): void {
    for (const one of live.desk?.callbacks ?? []) if (one.reason === 'interrupted') this.#cut.set(one.number, one.call_id);
  }

  /** The call with this number that was cut; null: none that this page saw. */
  cutBefore(call: CallCard): CallId | null {
    const cut = call.number === null ? undefined : this.#cut.get(call.number);
    return cut && cut !== call.call_id ? cut : null;
  }

  /** Goes on where the call was cut: what the earlier sheet says fills the blanks of this one. */
  takeUpSheet(earlier: CallId): void {
    void this.#try(async () => {
      const { fields, incident_id } = await api.get<DraftView>(`/api/calls/${earlier}/draft`);
      const change = this.sheet ? blanksFilled(this.sheet.fields, fields) : {};
      if (Object.keys(change).length > 0) this.sheet?.change(change);
      this.say(incident_id ? konsol.sheet.cutSent : Object.keys(change).length > 0 ? konsol.sheet.cutTaken : konsol.sheet.cutEmpty);
    });
  }

  openSheet(callId: string | null): void {
    if (this.sheet?.callId === callId) return;
    this.#turnFrom(this.sheet);
    this.chosen = null;
    this.sheet = callId ? new SheetStore(callId) : null;
    void this.sheet?.load();
    this.lookForUnsent();
  }

  /** A sheet that was begun and not sent is offered again until somebody sends it. */
  #turnFrom(sheet: SheetStore | null): void {
    if (!sheet) return;
    sheet.close();
    const call = live.desk?.calls.find((one) => one.call_id === sheet.callId);
    const needed = call?.class ? call.class.class === 'emergency' : true;
    if (!sheet.incident && needed && isBegun(sheet.fields)) {
      leave(sheet.callId);
      sheetCalls.heard(sheet.callId, sheet.fields, call);
    }
    else settle(sheet.callId);
  }

  /** A person decides that this sheet needs no sending. What the server does not have yet stays offered. */
  letGo(callId: string): void {
    settle(callId);
    this.lookForUnsent();
  }

  /** Sheets that were left before sending, and those of which this machine holds more than the server has said it has. */
  lookForUnsent(): void {
    void keptCalls().then((calls) => (this.unsent = [...new Set([...calls, ...leftCalls()])]));
  }

  async send(): Promise<void> {
    const sheet = this.sheet;
    if (!sheet) return;
    const incident = await sheet.send(this.chosen);
    if (incident) {
      settle(sheet.callId);
      this.lookForUnsent();
      this.say(konsol.sheet.sent(incident.number));
    }
    else if (sheet.notSent && sheet !== this.sheet) this.say(sheet.notSent.why, true); // the open one says so itself
    await this.loadIncidents();
  }

  /** The last attaching, as long as it can be taken back with one key. Later the sheet and the board can too. */
  attached = $state.raw<{ callId: CallId; incidentId: string; number: number; at: number; until: number } | null>(null);

  /** The call that is attached to an incident: of the open sheet, else at this seat. */
  get attachable(): CallId | null {
    return this.sheet?.incident ? null : (this.sheet?.callId ?? this.#mine()?.call_id ?? null);
  }

  attach(incident: Pick<IncidentView, 'incident_id' | 'number'>): void {
    const call = this.attachable;
    if (!call) return;
    void this.#try(async () => {
      await this.sheet?.flush();
      await api.post(`/api/incidents/${incident.incident_id}/calls`, { call_id: call });
      this.attached = { callId: call, incidentId: incident.incident_id, number: incident.number, at: live.now, until: live.now + UNDO_US };
      await Promise.all([this.sheet?.load(), this.loadIncidents()]);
    });
  }

  /** Takes the call off the incident again: after a slip, or because it is another thing after all. */
  detach(callId: CallId, incident: Pick<IncidentView, 'incident_id' | 'number'>): void {
    this.attached = null;
    void this.#try(async () => {
      await api.delete(`/api/incidents/${incident.incident_id}/calls/${callId}`);
      this.say(mirip.detached(incident.number));
      await Promise.all([this.sheet?.callId === callId ? this.sheet.load() : undefined, this.loadIncidents()]);
    });
  }

  /** The attaching that the undo key means: younger than a class that can be taken back too. */
  get detachable(): Console['attached'] {
    const held = this.attached;
    if (!held || held.until <= live.now) return null;
    const classed = this.undoable?.undo_until;
    return classed && classed > held.until ? null : held;
  }
}

export const desk = new Console();
