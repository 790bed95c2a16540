// The seat's telephone in the browser: one WebRTC connection from taking the seat until leaving it. Calls are attached
// by the server, so answering costs no handshake and a reload of the page never touches the caller's line.
import { api, inWords } from '../api/client';
import { live } from '../api/live.svelte';
import { backoffMs } from '../api/sse';
import type { CallCard, DeskView, Sdp, SeatView } from '../api/types';
import { session } from '../app/session.svelte';
import { audioProfile, constraints } from './audio';

const HEARTBEAT_MS = 5_000;
/** ICE takes 0.2 s in an office; after this the attempt is worth nothing. */
const CONNECT_MS = 6_000;
/** One connection per person: a second tab would take the sound away from the first. */
const LOCK = 'siaga-meja';

export type StationState = 'off' | 'connecting' | 'up' | 'down' | 'other-tab' | 'no-microphone';

class Station {
  state = $state<StationState>('off');
  problem = $state('');
  /** Remote sounds, one per m-line: the caller, and two further ears. */
  streams = $state.raw<MediaStream[]>([]);
  microphone = $state.raw<MediaStream | null>(null);
  deviceId: string | null = localStorage.getItem('siaga.mikrofon');

  #connection: RTCPeerConnection | null = null;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #release: (() => void) | null = null;
  #wanted = false;
  #leaving = false;

  get mySeat(): SeatView | null {
    return live.desk?.seats.find((seat) => seat.user_id === session.me?.user_id) ?? null;
  }

  /** The call at my seat: ringing, talking, held, or ended and not yet closed. */
  get myCall(): CallCard | null {
    const seat = this.mySeat;
    if (!seat) return null;
    return live.desk?.calls.find((call) => call.call_id === seat.call && call.phase !== 'ringing')
      ?? live.desk?.calls.find((call) => call.seat === seat.seat && call.phase !== 'ringing' && call.phase !== 'waiting') ?? null;
  }

  /** Keeps the seat alive and, after a reload, is back on the line without being asked. */
  start(): () => void {
    // The first look does not wait for the stream: after a reload every tenth of a second is heard by the caller.
    api.get<DeskView>('/api/desk').then((desk) => live.take(desk)).catch(() => undefined);
    const stopWatching = $effect.root(() => {
      $effect(() => {
        const seat = this.mySeat;
        if (seat && !this.#wanted && !this.#leaving) void this.connect();
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
      if (this.myCall && this.myCall.phase !== 'wrap') event.preventDefault();
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
    await this.connect();
  }

  async release(): Promise<void> {
    await api.delete('/api/seat');
    this.leave();
  }

  /** Lets go of microphone and connection; the server is told elsewhere. */
  leave(): void {
    this.#leaving = true;
    this.#wanted = false;
    this.#close();
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = null;
    this.state = 'off';
  }

  async connect(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    if (!(await this.#lock())) {
      this.#wanted = false;
      this.state = 'other-tab';
      return;
    }
    await this.#connectOnce();
  }

  /** One tab holds the seat's sound; the browser frees the lock when the tab dies. */
  async #lock(): Promise<boolean> {
    if (this.#release || !('locks' in navigator)) return true;
    return new Promise((answer) => {
      navigator.locks
        .request(LOCK, { ifAvailable: true }, (lock) => {
          answer(lock !== null);
          return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
        })
        .catch(() => answer(true));
    });
  }

  async #listen(): Promise<MediaStream | null> {
    if (this.microphone?.getAudioTracks().some((track) => track.readyState === 'live')) return this.microphone;
    try {
      this.microphone = await navigator.mediaDevices.getUserMedia(constraints(audioProfile(), this.deviceId));
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
    const connection = new RTCPeerConnection({ iceServers: [] });
    this.#connection = connection;
    // Three fixed lines, never renegotiated: the caller, and two more to hear.
    const track = microphone.getAudioTracks()[0];
    if (track) connection.addTransceiver(track, { direction: 'sendrecv', streams: [microphone] });
    connection.addTransceiver('audio', { direction: 'recvonly' });
    connection.addTransceiver('audio', { direction: 'recvonly' });
    const remote = connection.getTransceivers().map((line) => new MediaStream([line.receiver.track]));
    connection.addEventListener('connectionstatechange', () => {
      if (connection !== this.#connection) return;
      if (connection.connectionState === 'connected') {
        this.state = 'up';
        this.problem = '';
        this.#attempt = 0;
      } else if (['failed', 'disconnected', 'closed'].includes(connection.connectionState)) this.#again();
    });
    const deadline = setTimeout(() => {
      if (connection === this.#connection && connection.connectionState !== 'connected') this.#again();
    }, CONNECT_MS);
    connection.addEventListener('connectionstatechange', () => clearTimeout(deadline), { once: false });
    try {
      const offer = await connection.createOffer();
      await connection.setLocalDescription(offer);
      const answer = await api.post<Sdp>('/api/seat/station', { sdp: offer.sdp ?? '' }, { retries: 0, deadlineMs: CONNECT_MS });
      await connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      this.streams = remote;
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
      if (this.#wanted && this.mySeat) void this.#connectOnce();
      else this.#wanted = false;
    }, wait);
  }

  #closeConnection(): void {
    const old = this.#connection;
    this.#connection = null;
    old?.close();
    this.streams = [];
  }

  #close(): void {
    clearTimeout(this.#retry);
    this.#closeConnection();
    this.#release?.();
    this.#release = null;
  }
}

export const station = new Station();
