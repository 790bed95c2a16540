// One WebRTC connection of this page to the server, and where its sound comes out. Knows no seat and no call.
import { api } from '../api/client';
import type { Sdp } from '../api/types';
import { audioProfile, chosenMicrophone, constraints } from './audio';

/** ICE takes 0.2 s in an office; after this the attempt is worth nothing. */
export const CONNECT_MS = 6_000;
/** One connection per person: a second tab would take the sound away from the first. */
const LOCK = 'siaga-meja';

export interface Line {
  connection: RTCPeerConnection;
  /** Sounds from the server, one per line. */
  sounds: MediaStream[];
  /** The server has answered the offer; what comes now is ICE and DTLS. */
  answered: Promise<void>;
}

/** The microphone that was chosen at the seat check. */
export function openMicrophone(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia(constraints(audioProfile(), chosenMicrophone()));
}

const atSeat = (sdp: string) => api.post<Sdp>('/api/seat/station', { sdp }, { retries: 0, deadlineMs: CONNECT_MS });

/** Offers a connection with three fixed lines, never renegotiated: the caller, and two more to hear. `offer` tells the server. */
export function openLine(microphone: MediaStream, offer: (sdp: string) => Promise<Sdp> = atSeat): Line {
  const connection = new RTCPeerConnection({ iceServers: [] });
  const track = microphone.getAudioTracks()[0];
  if (track) connection.addTransceiver(track, { direction: 'sendrecv', streams: [microphone] });
  connection.addTransceiver('audio', { direction: 'recvonly' });
  connection.addTransceiver('audio', { direction: 'recvonly' });
  const sounds = connection.getTransceivers().map((line) => new MediaStream([line.receiver.track]));
  return { connection, sounds, answered: ask(connection, offer) };
}

async function ask(connection: RTCPeerConnection, tell: (sdp: string) => Promise<Sdp>): Promise<void> {
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  const answer = await tell(offer.sdp ?? '');
  await connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
}

const outlets: HTMLAudioElement[] = [];

/** Plays these sounds, and no other. Outside the app's own tree: a change of the page must not cut the caller off. */
export function hear(streams: MediaStream[]): void {
  for (let n = 0; n < Math.max(streams.length, outlets.length); n += 1) {
    let outlet = outlets[n];
    if (!outlet) {
      outlet = document.createElement('audio');
      outlet.autoplay = true;
      outlet.dataset['line'] = String(n);
      outlets[n] = outlet;
      document.body.append(outlet);
    }
    outlet.srcObject = streams[n] ?? null;
    // Refused before the first key or click only; taking a seat is one.
    if (outlet.srcObject) void outlet.play().catch(() => undefined);
  }
}

let release: (() => void) | null = null;
let taken: (() => void) | null = null;

/** What this tab does when another one takes the seat's sound. */
export function whenTaken(act: () => void): void {
  taken = act;
}

/**
 * One tab holds the seat's sound; the browser frees the lock when the tab dies. `take`: by a person's word, also from the
 * tab that has it, which is told.
 */
export async function lockSeat(how: 'if-free' | 'take' = 'if-free'): Promise<boolean> {
  if (release || !('locks' in navigator)) return true;
  return new Promise((answer) => {
    navigator.locks
      .request(LOCK, how === 'take' ? { steal: true } : { ifAvailable: true }, (lock) => {
        answer(lock !== null);
        return lock === null ? undefined : new Promise<void>((free) => (release = free));
      })
      .catch((error: unknown) => {
        const stolen = release !== null && error instanceof DOMException && error.name === 'AbortError';
        release = null;
        if (stolen) taken?.();
        else answer(true);
      });
  });
}

export function unlockSeat(): void {
  release?.();
  release = null;
}
