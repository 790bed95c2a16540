// A shift lead beside another seat's call: one WebRTC connection of its own, from the first word until the stop. Which way
// it is heard, the server decides and the desk shows; the microphone is opened only to whisper or to speak.
import { api, inWords } from '../api/client';
import { live } from '../api/live.svelte';
import type { CallCard, Sdp, Supervision } from '../api/types';
import { session } from '../app/session.svelte';
import { pendamping } from '../words/pendamping';
import { audioContext } from './audio';
import { CONNECT_MS, openLine, openMicrophone, type Line } from './line';

/** What went wrong, or how it ended, and at which seat it is to be read. */
export interface Note {
  seat: number;
  words: string;
  kind: 'problem' | 'over';
}

let quiet: MediaStream | null = null;

/** A page that only listens sends silence, so that the server knows that it is there. */
function silence(): MediaStream {
  if (quiet) return quiet;
  const audio = audioContext();
  const out = audio.createMediaStreamDestination();
  out.channelCount = 1;
  const source = audio.createConstantSource();
  source.offset.value = 0;
  source.connect(out);
  source.start();
  quiet = out.stream;
  return quiet;
}

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

class Beside {
  /** The seat at which a button was pressed whose answer is awaited. */
  pending = $state<number | null>(null);
  note = $state.raw<Note | null>(null);

  #line: Line | null = null;
  #call: string | null = null;
  #microphone: MediaStream | null = null;
  #outlet: HTMLAudioElement | null = null;
  /** The desk has shown it; when it shows it no more, it is over. */
  #shown = false;
  #seat = 0;

  get may(): boolean {
    return session.me?.role === 'shift_lead';
  }

  /** The call that I am on, as the desk has it. */
  get card(): CallCard | null {
    return live.desk?.calls.find((call) => call.supervision?.user_id === session.me?.user_id) ?? null;
  }

  /** Follows the desk: what is over there is over here. */
  look(): void {
    const mine = this.card;
    if (mine && mine.call_id === this.#call) {
      this.#shown = true;
      this.#seat = mine.seat ?? this.#seat;
      return;
    }
    if (!this.#shown || mine) return;
    const ended = live.desk?.calls.find((call) => call.call_id === this.#call);
    this.note = { seat: this.#seat, kind: 'over', words: !ended || ended.phase === 'wrap' ? pendamping.overCall : pendamping.over };
    this.#close();
  }

  async go(call: CallCard, how: Supervision): Promise<void> {
    if (this.pending !== null) return;
    this.note = null;
    this.#seat = call.seat ?? 0;
    this.pending = this.#seat;
    try {
      if (this.#line && this.#call === call.call_id) await this.#change(how);
      else await this.#begin(call.call_id, how);
    } catch (error) {
      this.note = { seat: this.#seat, kind: 'problem', words: inWords(error) };
    } finally {
      this.pending = null;
    }
  }

  async stop(): Promise<void> {
    const call = this.card?.call_id ?? this.#call;
    this.note = null;
    this.#close();
    if (!call) return;
    try {
      await api.delete(`/api/calls/${call}/supervision`);
    } catch (error) {
      this.note = { seat: this.#seat, kind: 'problem', words: inWords(error) };
    }
  }

  async #begin(call: string, how: Supervision): Promise<void> {
    const microphone = how === 'listen' ? null : await openMicrophone();
    this.#close();
    this.#microphone = microphone;
    this.#call = call;
    const offer = (sdp: string) => api.post<Sdp>(`/api/calls/${call}/supervision`, { how, sdp }, { retries: 0, deadlineMs: CONNECT_MS });
    const line = openLine(microphone ?? silence(), offer);
    this.#line = line;
    line.connection.addEventListener('connectionstatechange', () => {
      if (line === this.#line && ['failed', 'closed'].includes(line.connection.connectionState)) this.#lost();
    });
    try {
      await line.answered;
      if (line === this.#line) this.#hear(line.sounds);
    } catch (error) {
      if (line === this.#line) this.#close();
      throw error;
    }
  }

  /** The microphone is open before the server lets it through, and shut before it is told that nobody speaks. */
  async #change(how: Supervision): Promise<void> {
    const sender = this.#line?.connection.getTransceivers()[0]?.sender;
    const path = `/api/calls/${this.#call}/supervision`;
    if (how === 'listen') {
      await sender?.replaceTrack(silence().getAudioTracks()[0] ?? null);
      stopTracks(this.#microphone);
      this.#microphone = null;
      return api.put(path, { how });
    }
    this.#microphone ??= await openMicrophone();
    await api.put(path, { how });
    await sender?.replaceTrack(this.#microphone.getAudioTracks()[0] ?? null);
  }

  #hear(sounds: MediaStream[]): void {
    this.#outlet ??= document.body.appendChild(document.createElement('audio'));
    this.#outlet.autoplay = true;
    this.#outlet.dataset['line'] = 'beside';
    this.#outlet.srcObject = sounds[0] ?? null;
    void this.#outlet.play().catch(() => undefined);
  }

  #lost(): void {
    this.#close();
    this.note = { seat: this.#seat, kind: 'problem', words: pendamping.lost };
  }

  #close(): void {
    const line = this.#line;
    this.#line = null;
    this.#call = null;
    this.#shown = false;
    line?.connection.close();
    stopTracks(this.#microphone);
    this.#microphone = null;
    if (this.#outlet) this.#outlet.srcObject = null;
  }
}

export const beside = new Beside();
