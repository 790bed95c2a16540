// The live desk as the server sends it, and how old it is. One connection per page; everything else only reads.
import { spaced } from './spaced';
import { EventCutter, backoffMs } from './sse';
import type { Changed, DeskView, Topic } from './types';

/** Keep-alives come every 10 s: two missed ones and a half mean that the line is dead. */
const SILENCE_MS = 25_000;
/** From here on the page says that its data is old. */
const STALE_MS = 13_000;
/** What changed is fetched again this often at most: a hundred changes a second are not a hundred requests. */
const REFRESH_APART_MS = 300;

export class Live {
  desk = $state.raw<DeskView | null>(null);
  /** When the last byte came, by this machine's clock; 0: never. */
  heardAt = $state(0);
  /** Moves twice a second: the clock that every elapsed time on the page reads. */
  tickMs = $state(Date.now());
  connected = $state(false);
  /** Which stream the desk came by, counted from 1: what vanished between two of them, nobody here took away. */
  connects = $state(0);
  #opened = 0;
  /** Server's clock minus ours. */
  #offsetMs = $state(0);
  #listeners = new Set<{ topics: Topic[]; run: () => void; stop: () => void }>();
  #abort: AbortController | null = null;

  /** The server's time now, in microseconds like all times of the contract. */
  get now(): number {
    return (this.tickMs + this.#offsetMs) * 1_000;
  }

  get ageMs(): number {
    return this.heardAt === 0 ? 0 : Math.max(0, this.tickMs - this.heardAt);
  }

  get stale(): boolean {
    return this.heardAt !== 0 && (!this.connected || this.ageMs > STALE_MS);
  }

  /** Runs `run` whenever one of the topics changed, and after each reconnect. Answers how to stop. */
  on(topics: Topic[], run: () => void): () => void {
    const calm = spaced(run, REFRESH_APART_MS);
    const listener = { topics, ...calm };
    this.#listeners.add(listener);
    return () => {
      calm.stop();
      this.#listeners.delete(listener);
    };
  }

  start(): () => void {
    const abort = new AbortController();
    this.#abort = abort;
    const ticking = setInterval(() => (this.tickMs = Date.now()), 500);
    void this.#run(abort.signal);
    return () => {
      clearInterval(ticking);
      abort.abort();
    };
  }

  /** A desk from an answer, taken unless the stream overtook it: its old clock would set every age on the page back. */
  take(desk: DeskView): void {
    if (!this.desk || desk.now >= this.desk.now) this.#set(desk);
  }

  #set(desk: DeskView): void {
    this.#offsetMs = desk.now / 1_000 - Date.now();
    this.desk = desk;
  }

  async #run(stop: AbortSignal): Promise<void> {
    for (let attempt = 0; !stop.aborted; attempt += 1) {
      try {
        await this.#listen(stop, () => (attempt = 0));
      } catch {
        // The cause does not matter: the answer to each is to come again.
      }
      this.connected = false;
      if (stop.aborted) return;
      await new Promise((resume) => setTimeout(resume, backoffMs(attempt, Math.random())));
    }
  }

  async #listen(stop: AbortSignal, opened: () => void): Promise<void> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await fetch('/api/live', {
        headers: { accept: 'text/event-stream' },
        cache: 'no-store',
        signal: AbortSignal.any([stop, silence.signal]),
      });
      if (!response.ok || !response.body) throw new Error(`live ${response.status}`);
      const again = this.heardAt !== 0;
      this.connected = true;
      this.#opened += 1;
      opened();
      if (again) for (const listener of this.#listeners) listener.run();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const cutter = new EventCutter();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        this.heardAt = Date.now();
        for (const event of cutter.feed(value)) this.#receive(event.event, event.data);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #receive(event: string, data: string): void {
    if (event === 'desk') {
      // Together with its desk: until that is here the old one is shown, and what it shows is not news.
      this.connects = this.#opened;
      this.#set(JSON.parse(data) as DeskView);
    }
    else if (event === 'changed') {
      const changed = JSON.parse(data) as Changed;
      for (const listener of this.#listeners) if (listener.topics.includes(changed.topic)) listener.run();
    }
  }

  stop(): void {
    this.#abort?.abort();
  }
}

export const live = new Live();
