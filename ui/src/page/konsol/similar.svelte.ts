// Mirip: what the server finds for the open sheet, asked anew when the sheet is saved or an incident changes.
import { untrack } from 'svelte';
import { api, inWords } from '../../api/client';
import type { CallId, SimilarView } from '../../api/types';

/** What is new comes last, what is gone goes; the rest does not move. */
export function inPlace(before: SimilarView[], now: SimilarView[]): SimilarView[] {
  const known = before.flatMap((one) => now.filter((other) => other.incident_id === one.incident_id));
  return [...known, ...now.filter((one) => !known.includes(one))];
}

export class Similar {
  list = $state.raw<SimilarView[]>([]);
  problem = $state('');
  loading = $state(false);
  /** The pointer or the focus is on the list: its rows stay where they are. */
  held = false;
  #call: CallId | null = null;
  #state: string | null = null;
  /** The call that a request is on its way for. */
  #flying: CallId | null = null;
  #again = false;

  /** Asks when the sheet is another one or was saved, however often it is called; reads nothing that an effect would follow. */
  follow(callId: CallId | null, savedAt: number | null, own: string | null): void {
    const state = [callId, savedAt, own].join();
    if (state === this.#state) return;
    this.#state = state;
    untrack(() => this.#ask(callId));
  }

  /** An incident changed: the same sheet may have others like it now. */
  refresh(): void {
    untrack(() => this.#ask(this.#call));
  }

  /** Nobody looks: who looks again asks again. */
  rest(): void {
    this.#state = null;
  }

  #ask(callId: CallId | null): void {
    if (callId !== this.#call) {
      this.list = [];
      this.problem = '';
      this.loading = callId !== null;
    }
    this.#call = callId;
    if (callId === null) return;
    // What is asked while an answer is awaited is asked once more when it is there, not once for each key.
    if (this.#flying === callId) this.#again = true;
    else void this.#fetch(callId);
  }

  async #fetch(callId: CallId): Promise<void> {
    this.#flying = callId;
    do {
      this.#again = false;
      try {
        const list = await api.get<SimilarView[]>(`/api/calls/${callId}/similar`);
        if (callId !== this.#call) break;
        this.list = this.held ? inPlace(this.list, list) : list;
        this.problem = '';
      } catch (error) {
        if (callId !== this.#call) break;
        this.problem = inWords(error);
      }
      this.loading = false;
    } while (this.#again);
    if (this.#flying === callId) this.#flying = null;
  }
}

export const similar = new Similar();
