// Callers with a location link, kept up to date from the live stream.
import { api, inWords } from '../../api/client';
import { live } from '../../api/live.svelte';
import type { CallId, LinkThread, WriteLine } from '../../api/types';

class Links {
  threads = $state.raw<LinkThread[]>([]);
  problem = $state('');
  /** The first answer is here. */
  loaded = $state(false);
  #asked = 0;

  async load(): Promise<void> {
    const mine = (this.#asked += 1);
    try {
      const threads = await api.get<LinkThread[]>('/api/links');
      if (mine === this.#asked) [this.threads, this.problem, this.loaded] = [threads, '', true];
    } catch (error) {
      if (mine === this.#asked) this.problem = inWords(error);
    }
  }

  follow(): () => void {
    void this.load();
    return live.on(['links'], () => void this.load());
  }

  async send(call: CallId): Promise<void> {
    await api.post(`/api/calls/${call}/link`);
    await this.load();
  }

  async write(call: CallId, text: string): Promise<void> {
    await api.post(`/api/calls/${call}/lines`, { text } satisfies WriteLine);
    await this.load();
  }

  async read(call: CallId): Promise<void> {
    await api.post(`/api/calls/${call}/lines/read`);
    await this.load();
  }
}

export const links = new Links();
