// The sheet of one call: shows, saves by itself, keeps a local copy until the server has it, and says so.
import { api, inWords, newKey } from '../../api/client';
import { live } from '../../api/live.svelte';
import type { CallId, DraftView, IncidentView, IntakeFields } from '../../api/types';
import * as draft from './draft';

const PAUSE_MS = 300;
const RETRY_MS = 2_000;
const PREFIX = 'siaga.lembar.';

/** Calls whose sheets hold something that this machine has not seen saved. */
export function localDrafts(): CallId[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
}

/** The sheet of a call that joined another's incident is that call's own; the incident does not follow it. */
export function mayCorrect(incident: Pick<IncidentView, 'status' | 'calls'> | null, callId: CallId): boolean {
  return !incident || (incident.status === 'open' && incident.calls[0] === callId);
}

export class SheetStore {
  readonly callId: CallId;
  sheet = $state.raw<draft.Sheet | null>(null);
  problem = $state('');
  /** Since when something is not saved, by our clock; 0: all is saved. */
  unsavedSince = $state(0);
  sending = $state(false);
  incident = $state.raw<IncidentView | null>(null);
  fields = $derived<IntakeFields>(this.sheet ? draft.shown(this.sheet) : draft.EMPTY);

  /** Before sending, and after it while the incident is open: it follows the sheet of the call that opened it. */
  readonly editable = $derived.by(() => mayCorrect(this.incident, this.callId));

  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(callId: CallId) {
    this.callId = callId;
  }

  get #path(): string {
    return `/api/calls/${this.callId}/draft`;
  }

  async load(): Promise<void> {
    try {
      const view = await api.get<DraftView>(this.#path);
      this.sheet = this.sheet ? draft.heard(this.sheet, view) : draft.opened(view, this.#local());
      this.problem = '';
      if (draft.isDirty(this.sheet)) this.#soon(0);
      if (view.incident_id) this.incident = await api.get<IncidentView>(`/api/incidents/${view.incident_id}`);
    } catch (error) {
      this.problem = inWords(error);
    }
  }

  change(change: draft.Changes): void {
    if (!this.sheet) return;
    this.sheet = draft.typed(this.sheet, change);
    if (this.unsavedSince === 0) this.unsavedSince = Date.now();
    this.#keep();
    this.#soon(PAUSE_MS);
  }

  /** Now, without the pause: the person left the field or pressed the save key. True when all is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.sheet && draft.isDirty(this.sheet)) {
      const flight = draft.takeOff(this.sheet);
      if (!flight) {
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
        this.#soon(RETRY_MS);
        return false;
      }
    }
    this.unsavedSince = 0;
    localStorage.removeItem(PREFIX + this.callId);
    return true;
  }

  async note(text: string): Promise<void> {
    const path = this.incident ? `/api/incidents/${this.incident.incident_id}/notes` : `${this.#path}/notes`;
    await api.post(path, { text });
    await this.load();
  }

  #sendKey = '';
  /** Sends what is seen: everything is saved first, and the revision goes along. */
  async send(agencies: string[] | null): Promise<IncidentView | null> {
    if (this.sending || this.incident) return null;
    this.sending = true;
    try {
      if (!(await this.flush()) || !this.sheet) return null;
      this.#sendKey ||= newKey();
      const body = { call_id: this.callId, draft_revision: this.sheet.saved.revision, agencies };
      this.incident = await api.post<IncidentView>('/api/incidents', body, { key: this.#sendKey });
      this.problem = '';
      return this.incident;
    } catch (error) {
      this.#sendKey = '';
      this.problem = inWords(error);
      return null;
    } finally {
      this.sending = false;
    }
  }

  close(): void {
    this.#closed = true;
    void this.flush();
  }

  get savedAt(): number | null {
    return this.sheet?.saved.saved_at ?? null;
  }

  get unsavedMs(): number {
    return this.unsavedSince === 0 ? 0 : Math.max(0, live.tickMs - this.unsavedSince);
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#closed ? 0 : ms);
  }

  #keep(): void {
    if (!this.sheet) return;
    localStorage.setItem(PREFIX + this.callId, JSON.stringify({ ...this.sheet.flying, ...this.sheet.dirty }));
  }

  #local(): draft.Changes {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + this.callId) ?? '{}') as draft.Changes;
    } catch {
      return {};
    }
  }
}
