// One silent line played to the person, its last ten seconds over and over, beside any call: the caller hears nothing of it.
import { fetchResponse, inWords } from '../../api/client';
import type { CallId } from '../../api/types';
import { desk } from './console.svelte';

const SECONDS = 10;
/** A round that could not be fetched is tried again after this. */
const AGAIN_MS = 1_000;
const FAILURES_MAX = 3;

class Listening {
  callId = $state<CallId | null>(null);
  #audio: HTMLAudioElement | null = null;
  #url = '';
  #failures = 0;

  start(callId: CallId): void {
    this.stop();
    this.callId = callId;
    this.#failures = 0;
    void this.#round(callId);
  }

  toggle(callId: CallId): void {
    if (this.callId === callId) this.stop();
    else this.start(callId);
  }

  stop(): void {
    this.callId = null;
    this.#audio?.pause();
    this.#audio = null;
    URL.revokeObjectURL(this.#url);
    this.#url = '';
  }

  /** One round: what the line gave until now, then the next. */
  async #round(callId: CallId): Promise<void> {
    try {
      const sound = await (await fetchResponse('GET', `/api/calls/${callId}/recall?seconds=${SECONDS}`, undefined, { retries: 0 })).blob();
      if (this.callId !== callId) return;
      URL.revokeObjectURL(this.#url);
      this.#url = URL.createObjectURL(sound);
      const audio = new Audio(this.#url);
      this.#audio = audio;
      audio.addEventListener('ended', () => this.#audio === audio && void this.#round(callId));
      await audio.play();
      this.#failures = 0;
    } catch (error) {
      if (this.callId !== callId) return;
      this.#failures += 1;
      if (this.#failures >= FAILURES_MAX) {
        this.stop();
        desk.say(inWords(error), true);
      } else setTimeout(() => this.callId === callId && void this.#round(callId), AGAIN_MS);
    }
  }
}

export const listening = new Listening();
