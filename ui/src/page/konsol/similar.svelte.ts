// Mirip: what the server finds for the open sheet, asked anew when the sheet is saved or an incident changes.
import { api, inWords } from '../../api/client';
import type { CallId, SimilarView } from '../../api/types';

/** What is new comes last, what is gone goes; the rest does not move. */
export function inPlace(before: SimilarView[], now: SimilarView[]): SimilarView[] {
  const known = before.flatMap((one) => now.filter((other) => other.incident_id === one.incident_id));
  return [...known, ...now.filter((one) => !known.includes(one))];
}

class Similar {
  list = $state.raw<SimilarView[]>([]);
  problem = $state('');
  loading = $state(false);
  /** The pointer or the focus is on the list: its rows stay where they are. */
  held = false;
  #asked = 0;
  #call: CallId | null = null;

  async load(callId: CallId | null): Promise<void> {
    const mine = (this.#asked += 1);
    if (callId !== this.#call) this.list = [];
    this.#call = callId;
    if (!callId) return void (this.problem = '');
    this.loading = this.list.length === 0;
    try {
      const list = await api.get<SimilarView[]>(`/api/calls/${callId}/similar`);
      if (mine !== this.#asked) return;
      this.list = this.held ? inPlace(this.list, list) : list;
      this.problem = '';
    } catch (error) {
      if (mine === this.#asked) this.problem = inWords(error);
    } finally {
      if (mine === this.#asked) this.loading = false;
    }
  }
}

export const similar = new Similar();
