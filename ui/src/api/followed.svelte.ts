// A computation on the server, asked after until it is over.
import { api, inWords } from './client';
import type { RunState } from './types';

/** Fast enough to look alive, slow enough to cost nothing (ms). */
const ASK_EVERY = 400;

export class Followed<View extends { state: RunState; done: number; total: number }> {
  view = $state.raw<View | null>(null);
  problem = $state('');
  /** Where this one is asked for; known once it began. */
  #path: (view: View) => string;
  #gone = false;

  constructor(path: (view: View) => string) {
    this.#path = path;
  }

  get running() {
    return this.view?.state === 'running';
  }

  async start(path: string, body?: unknown) {
    this.problem = '';
    try {
      this.view = await api.post<View>(path, body);
      while (!this.#gone && this.running) {
        await new Promise((resume) => setTimeout(resume, ASK_EVERY));
        this.view = await api.get<View>(this.#path(this.view!));
      }
    } catch (error) {
      this.problem = inWords(error);
    }
  }

  async stop() {
    if (!this.view) return;
    await api.delete(this.#path(this.view)).catch((error) => (this.problem = inWords(error)));
  }

  /** The page is left: nobody asks any more. */
  leave = () => {
    this.#gone = true;
  };
}
