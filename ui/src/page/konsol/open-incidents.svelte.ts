// The incidents that are open, as the server said last.
import { api, inWords } from '../../api/client';
import type { IncidentView } from '../../api/types';

export class OpenIncidents {
  list = $state.raw<IncidentView[]>([]);
  problem = $state('');
  #asked = 0;
  #answered = 0;

  async load(): Promise<void> {
    const mine = (this.#asked += 1);
    try {
      const incidents = await api.get<IncidentView[]>('/api/incidents?status=open');
      // An answer that a later one overtook is old.
      if (mine < this.#answered) return;
      this.#answered = mine;
      this.list = incidents;
      this.problem = '';
    } catch (error) {
      this.problem = inWords(error);
    }
  }
}
