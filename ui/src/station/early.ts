// After a reload: the seat's sound is asked for before the app is fetched and drawn, because the caller hears each tenth
// of a second. Who had no seat in this tab gets nothing from here.
import { hear, lockSeat, openLine, openMicrophone, type Line } from './line';

const KEY = 'siaga.di-meja';

export interface Early {
  microphone: MediaStream;
  line: Line;
}

/** This tab has, or no longer has, the seat's sound. */
export function rememberSeat(seated: 'seated' | 'left'): void {
  if (seated === 'seated') sessionStorage.setItem(KEY, '1');
  else sessionStorage.removeItem(KEY);
}

export function hadSeat(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

let begun: Promise<Early | null> | null = null;
/** The app waits this long for the server's answer: code that is fetched and drawn meanwhile takes the sound's time. */
const FIRST_MS = 400;

/** Begins when this tab had a seat. Settles when the rest is the browser's own work, or soon enough; null: there was none. */
export function beginEarly(): Promise<unknown> | null {
  if (sessionStorage.getItem(KEY) === null || !navigator.mediaDevices) return null;
  begun = open();
  const answered = begun.then((early) => early?.line.answered).catch(() => undefined);
  return Promise.race([answered, new Promise((enough) => setTimeout(enough, FIRST_MS))]);
}

async function open(): Promise<Early | null> {
  try {
    // A copied tab copies its memory too; the lock tells which one is the seat.
    const [first, microphone] = await Promise.all([lockSeat(), openMicrophone()]);
    if (!first) {
      for (const track of microphone.getTracks()) track.stop();
      return null;
    }
    const line = openLine(microphone);
    line.answered.then(() => hear(line.sounds), () => undefined);
    return { microphone, line };
  } catch {
    // The usual way asks again and says in words what is wrong.
    return null;
  }
}

/** What was begun, once; null: nothing was. */
export function takeEarly(): Promise<Early | null> | null {
  const taken = begun;
  begun = null;
  return taken;
}
