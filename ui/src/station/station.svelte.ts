// The seat's telephone in the browser: one WebRTC connection from taking the seat until leaving it. Calls are attached
// by the server, so answering costs no handshake and a reload of the page never touches the caller's line.
import { getAhead } from '../api/ahead';
import { api, inWords } from '../api/client';
import { live } from '../api/live.svelte';
import { backoffMs } from '../api/sse';
import type { CallCard, DeskView, SeatView } from '../api/types';
import { session } from '../app/session.svelte';
import { hadSeat, rememberSeat, takeEarly, type Early } from './early';
import { SeatWatch } from './watch';
import { CONNECT_MS, hear, lockSeat, openLine, openMicrophone, unlockSeat, whenTaken, type Line } from './line';

const HEARTBEAT_MS = 5_000;
/** A tab without the sound takes it by itself only when its tab is gone for longer than a page needs to load anew. */
const TAB_GONE_MS = 1_000;

/** Offered to a seat, but nobody has answered: not this person's call. */
const NOT_YET = new Set<CallCard['phase']>(['ringing', 'listening', 'asking', 'waiting']);

export type StationState = 'off' | 'connecting' | 'up' | 'down' | 'other-tab' | 'no-microphone';

/** The check is part of taking a seat; who takes it again has spoken into this microphone before. */
const PEAK = 'siaga.puncak';

/** The seat that the server lost, by a crash or a long silence of the line. */
export interface Lost {
  /** The call that was cut with it. */
  call: CallCard | null;
  again: 'trying' | 'back' | 'by-hand';
}

class Station {
  /** What the person must be told until they say that they know. */
  lost = $state.raw<Lost | null>(null);
  state = $state<StationState>('off');
  problem = $state('');
  microphone = $state.raw<MediaStream | null>(null);

  #connection: RTCPeerConnection | null = null;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;
  #leaving = false;
  #watch = new SeatWatch<CallCard>(hadSeat());

  get mySeat(): SeatView | null {
    return live.desk?.seats.find((seat) => seat.user_id === session.me?.user_id) ?? null;
  }

  /** My seat's sound is in another tab: what is spoken and pressed belongs there. */
  get elsewhere(): boolean {
    return this.state === 'other-tab' && this.mySeat !== null;
  }

  /** The call at my seat: ringing, talking, held, or ended and not yet closed. */
  get myCall(): CallCard | null {
    const seat = this.mySeat;
    if (!seat) return null;
    const held = (live.desk?.calls ?? []).filter((call) => !NOT_YET.has(call.phase));
    return held.find((call) => call.call_id === seat.call) ?? held.find((call) => call.seat === seat.seat) ?? null;
  }

  /** Keeps the seat alive and, after a reload, is back on the line without being asked. */
  start(): () => void {
    // The first look does not wait for the stream: after a reload every tenth of a second is heard by the caller.
    getAhead<DeskView>('/api/desk').then((desk) => live.take(desk)).catch(() => undefined);
    whenTaken(() => this.#giveAway());
    const early = takeEarly();
    if (early) void this.#adopt(early);
    const stopWatching = $effect.root(() => {
      $effect(() => {
        const seat = this.mySeat;
        if (seat && !this.#wanted && !this.#leaving) void this.connect();
        const gone = live.desk ? this.#watch.look(seat ? this.myCall : undefined, live.connects) : null;
        if (gone && !this.#leaving) void this.#takeAgain(gone.call && gone.call.phase !== 'wrap' ? gone.call : null);
        if (!seat) this.#leaving = false;
      });
      $effect(() => {
        const muted = this.myCall?.muted ?? false;
        for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !muted;
      });
    });
    const heart = setInterval(() => {
      if (this.mySeat && (this.state === 'up' || this.state === 'connecting')) {
        api.post('/api/seat/heartbeat', {}, { retries: 0, deadlineMs: HEARTBEAT_MS - 500 }).catch(() => undefined);
      }
    }, HEARTBEAT_MS);
    const guard = (event: BeforeUnloadEvent) => {
      if (this.myCall && this.myCall.phase !== 'wrap' && !this.elsewhere) event.preventDefault();
    };
    window.addEventListener('beforeunload', guard);
    return () => {
      stopWatching();
      clearInterval(heart);
      window.removeEventListener('beforeunload', guard);
      this.#wanted = false;
      this.#close();
    };
  }

  /** Takes a seat with the microphone that was just checked. */
  async take(microphone: MediaStream, peakDbfs: number): Promise<void> {
    this.#leaving = false;
    this.microphone = microphone;
    await api.post('/api/seat', { microphone_peak_dbfs: peakDbfs });
    sessionStorage.setItem(PEAK, String(peakDbfs));
    if (this.lost) this.lost = { ...this.lost, again: 'back' };
    await this.connect();
  }

  /** The server forgot the seat: it is taken again where the microphone is still open, as after a reload. */
  async #takeAgain(call: CallCard | null): Promise<void> {
    const peak = Number(sessionStorage.getItem(PEAK) ?? NaN);
    const microphone = this.microphone;
    this.lost = { call, again: 'trying' };
    this.#wanted = false;
    try {
      if (!microphone || Number.isNaN(peak)) throw new Error('a new check is needed');
      await this.take(microphone, peak);
    } catch {
      this.lost = { call, again: 'by-hand' };
    }
  }

  async release(): Promise<void> {
    await api.delete('/api/seat');
    this.leave();
  }

  /** Lets go of microphone and connection; the server is told elsewhere. */
  leave(): void {
    this.#leaving = true;
    this.#wanted = false;
    rememberSeat('left');
    this.#close();
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = null;
    this.state = 'off';
  }

  async connect(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    const before = this.state;
    if (before === 'other-tab') await new Promise((resume) => setTimeout(resume, TAB_GONE_MS));
    // Moved here meanwhile, by hand.
    if (this.state !== before) return;
    if (!(await lockSeat())) {
      this.#wanted = false;
      this.state = 'other-tab';
      return;
    }
    await this.#connectOnce();
  }

  /** Moves the seat's sound to this tab, by a person's word. The other tab keeps it until this one may listen and speak. */
  async moveHere(): Promise<void> {
    if (!(await this.#listen())) return;
    this.#wanted = true;
    await lockSeat('take');
    await this.#connectOnce();
  }

  /** Another tab has the seat's sound now: this one falls quiet, and the seat stays. */
  #giveAway(): void {
    this.#wanted = false;
    rememberSeat('left');
    this.#close();
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = null;
    this.problem = '';
    this.state = 'other-tab';
  }

  /** Goes on with what was begun before the app was here; if it came to nothing, the usual way begins when the seat is known. */
  async #adopt(early: Promise<Early | null>): Promise<void> {
    this.#wanted = true;
    this.state = 'connecting';
    const begun = await early;
    if (begun) {
      this.microphone = begun.microphone;
      return this.#follow(begun.line);
    }
    this.#wanted = false;
    this.state = 'off';
    if (this.mySeat) await this.connect();
  }

  async #listen(): Promise<MediaStream | null> {
    if (this.microphone?.getAudioTracks().some((track) => track.readyState === 'live')) return this.microphone;
    try {
      this.microphone = await openMicrophone();
      return this.microphone;
    } catch (error) {
      this.problem = inWords(error);
      this.state = 'no-microphone';
      return null;
    }
  }

  async #connectOnce(): Promise<void> {
    clearTimeout(this.#retry);
    this.#closeConnection();
    this.state = 'connecting';
    const microphone = await this.#listen();
    if (!microphone || !this.#wanted) {
      this.#wanted = false;
      return;
    }
    await this.#follow(openLine(microphone));
  }

  /** From an offer that is on its way to sound, or to the next attempt. */
  async #follow({ connection, sounds, answered }: Line): Promise<void> {
    this.#connection = connection;
    const changed = () => {
      if (connection !== this.#connection) return;
      if (connection.connectionState === 'connected') {
        clearTimeout(deadline);
        this.state = 'up';
        this.problem = '';
        this.#attempt = 0;
        rememberSeat('seated');
      } else if (['failed', 'disconnected', 'closed'].includes(connection.connectionState)) this.#again();
    };
    const deadline = setTimeout(() => {
      if (connection === this.#connection && connection.connectionState !== 'connected') this.#again();
    }, CONNECT_MS);
    connection.addEventListener('connectionstatechange', changed);
    changed();
    try {
      await answered;
      if (connection === this.#connection) hear(sounds);
    } catch (error) {
      if (connection !== this.#connection) return;
      this.problem = inWords(error);
      this.#again();
    }
  }

  #again(): void {
    if (!this.#wanted) return;
    this.state = 'down';
    this.#closeConnection();
    const wait = this.#attempt === 0 ? 100 : backoffMs(this.#attempt, Math.random());
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      // The seat may have been given up meanwhile, here or by the server.
      if (this.#wanted && this.mySeat) return void this.#connectOnce();
      this.#wanted = false;
      rememberSeat('left');
    }, wait);
  }

  #closeConnection(): void {
    const old = this.#connection;
    this.#connection = null;
    old?.close();
    hear([]);
  }

  #close(): void {
    clearTimeout(this.#retry);
    this.#closeConnection();
    unlockSeat();
  }
}

export const station = new Station();
