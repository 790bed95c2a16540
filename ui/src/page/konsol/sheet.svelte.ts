// The sheet of one call: shows, saves by itself, keeps a local copy until the server has it, and says so. At most 300 ms of
// keys are on no server, however fast somebody types.
import { Refusal, api, inWords, newKey } from '../../api/client';
import { live } from '../../api/live.svelte';
import type { CallId, DraftView, IncidentView, IntakeFields, SendIncident } from '../../api/types';
import { lembar } from '../../words/lembar';
import * as draft from './draft';
import { forget, keep, keptOf } from './keep';

/** Leaves a save 100 ms of the promised 300 for its way. */
const AT_MOST_MS = 200;
const RETRY_MS = 2_000;
/** The sheet of a call that joined another's incident is that call's own; the incident does not follow it. */
export function mayCorrect(incident: Pick<IncidentView, 'status' | 'opened_call'> | null, callId: CallId): boolean {
  return !incident || (incident.status === 'open' && incident.opened_call === callId);
}

export class SheetStore {
  readonly callId: CallId;
  sheet = $state.raw<draft.Sheet | null>(null);
  problem = $state('');
  /** Since when something is not saved, by our clock; 0: all is saved. */
  unsavedSince = $state(0);
  /** What stands here came back from this machine's copy: its last key fell then, by our clock; 0: nothing did. */
  restoredAt = $state(0);
  /** Since when the running sending waits, by our clock; 0: none runs. */
  sendingSince = $state(0);
  /** The last sending came to nothing: why, and when. It stands until the sheet is sent. */
  notSent = $state.raw<{ why: string; at: number } | null>(null);
  /** A note that is typed and not added yet: it is kept nowhere else. */
  noteBegun = $state('');
  incident = $state.raw<IncidentView | null>(null);
  fields = $derived<IntakeFields>(this.sheet ? draft.shown(this.sheet) : draft.EMPTY);

  /** Before sending, and after it while the incident is open: it follows the sheet of the call that opened it. */
  readonly editable = $derived.by(() => mayCorrect(this.incident, this.callId));

  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the running timer fires. */
  #at = 0;
  #closed = false;

  constructor(callId: CallId) {
    this.callId = callId;
  }

  get #path(): string {
    return `/api/calls/${this.callId}/draft`;
  }

  /** Loadings that were begun, the latest of them that was answered, and sendings of our own. */
  #asked = 0;
  #answered = 0;
  #sent = 0;

  async load(): Promise<void> {
    const mine = (this.#asked += 1);
    const sent = this.#sent;
    try {
      const [view, kept] = await Promise.all([api.get<DraftView>(this.#path), this.sheet ? null : keptOf(this.callId)]);
      if (this.sheet) this.sheet = draft.heard(this.sheet, view);
      else {
        this.sheet = draft.opened(view, kept ?? {});
        if (draft.isDirty(this.sheet)) this.restoredAt = kept?.at ?? 0;
        else forget(this.callId);
      }
      this.problem = '';
      if (draft.isDirty(this.sheet)) {
        this.unsavedSince ||= Date.now();
        this.#soon(0);
      }
      // An answer that a later one overtook, or that is older than our own sending, says nothing about the incident.
      if (mine < this.#answered || (!view.incident_id && sent !== this.#sent)) return;
      this.#answered = mine;
      const incident = view.incident_id ? await api.get<IncidentView>(`/api/incidents/${view.incident_id}`) : null;
      if (mine === this.#answered) this.incident = incident;
    } catch (error) {
      this.problem = inWords(error);
    }
  }

  change(change: draft.Changes): void {
    if (!this.sheet) return;
    this.sheet = draft.typed(this.sheet, change);
    this.restoredAt = 0;
    if (this.unsavedSince === 0) this.unsavedSince = Date.now();
    this.#keep();
    this.#soon(AT_MOST_MS);
  }

  /** Now, without the pause: the person left the field or pressed the save key. True when all is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.sheet && draft.isDirty(this.sheet)) {
      const flight = draft.takeOff(this.sheet);
      if (!flight) {
        // What is left was changed by somebody else too: a person decides.
        if (Object.keys(this.sheet.flying).length === 0) {
          this.problem = lembar.chooseFirst;
          return false;
        }
        await new Promise((resume) => setTimeout(resume, 50));
        continue;
      }
      this.sheet = flight.sheet;
      try {
        const view = await api.put<DraftView>(this.#path, flight.body, { retries: 0 });
        this.sheet = draft.landed(this.sheet, view);
        this.problem = '';
      } catch (error) {
        this.sheet = draft.fellBack(this.sheet);
        this.problem = inWords(error);
        if (error instanceof Refusal && error.kind === 'draft_conflict') await this.load();
        this.#soon(RETRY_MS);
        return false;
      }
    }
    this.unsavedSince = 0;
    forget(this.callId);
    return true;
  }

  /** Somebody else changed this field too, and the person has chosen. */
  decide(field: draft.Field, whose: 'mine' | 'theirs'): void {
    if (!this.sheet) return;
    this.sheet = draft.decided(this.sheet, field, whose);
    this.#keep();
    void this.flush();
  }

  async note(text: string): Promise<void> {
    const path = this.incident ? `/api/incidents/${this.incident.incident_id}/notes` : `${this.#path}/notes`;
    await api.post(path, { text });
    await this.load();
  }

  /** What was sent last and not answered, and its key: repeated word for word it cannot become two incidents. */
  #begun: { text: string; key: string } | null = null;
  /** Sends what is seen: everything is saved first, and the revision goes along. */
  async send(agencies: string[] | null): Promise<IncidentView | null> {
    if (this.sending || this.incident) return null;
    this.sendingSince = Date.now();
    try {
      if (!(await this.flush()) || !this.sheet) return this.#failed(this.problem);
      const body: SendIncident = { call_id: this.callId, draft_revision: this.sheet.saved.revision, agencies };
      const text = JSON.stringify(body);
      if (this.#begun?.text !== text) this.#begun = { text, key: newKey() };
      this.incident = await api.post<IncidentView>('/api/incidents', body, { key: this.#begun.key });
      this.#sent += 1;
      this.problem = '';
      this.notSent = null;
      return this.incident;
    } catch (error) {
      // A refusal is an answer, which the same key would only repeat.
      if (!(error instanceof Refusal && error.away)) this.#begun = null;
      return this.#failed(inWords(error));
    } finally {
      this.sendingSince = 0;
    }
  }

  #failed(why: string): null {
    this.problem = why;
    if (!this.incident) this.notSent = { why, at: Date.now() };
    return null;
  }

  close(): void {
    this.#closed = true;
    void this.flush();
  }

  get savedAt(): number | null {
    return this.sheet?.saved.saved_at ?? null;
  }

  get sending(): boolean {
    return this.sendingSince !== 0;
  }

  get sendingMs(): number {
    return this.sendingSince === 0 ? 0 : Math.max(0, live.tickMs - this.sendingSince);
  }

  get unsavedMs(): number {
    return this.unsavedSince === 0 ? 0 : Math.max(0, live.tickMs - this.unsavedSince);
  }

  #soon(ms: number): void {
    // Not begun anew by each key: who types without a pause is saved too.
    const at = Date.now() + (this.#closed ? 0 : ms);
    if (this.#timer !== undefined && this.#at <= at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    this.#timer = setTimeout(() => void this.flush(), at - Date.now());
  }

  #keep(): void {
    if (this.sheet) keep(this.callId, draft.keeping(this.sheet, Date.now()));
  }
}
