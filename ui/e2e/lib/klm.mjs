// A person's hands by the keystroke-level model: every key that the test presses is counted, and timed by the model and not by
// a clock, so that the figure is the same on every machine.
//
// S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user performance time with interactive systems",
// Communications of the ACM 23(7), 1980: K = 0.20 s for an average skilled typist (55 words a minute), M = 1.35 s for one mental
// step. Each key of a chord counts. M stands before each thing a person decides: what it was, where it is, which of these, now.
// What the caller takes to say it is not in it.
import { until } from './wait.mjs';

export const K_S = 0.2;
export const M_S = 1.35;
/** What the page may take to answer (console.md: gazetteer within 100 ms). */
export const R_S = 0.1;
/** A class key that is held this long also ends the call. */
export const HOLD_S = 1;

export class Hands {
  keys = 0;
  seconds = 0;
  #page;

  constructor(page) {
    this.#page = page;
  }

  /** One decision. */
  think() {
    this.seconds += M_S;
    return this;
  }

  /** The page answers, and the person waits for it. */
  async wait(what, check) {
    this.seconds += R_S;
    return until(what, check);
  }

  async press(key) {
    const count = key.split('+').length;
    this.keys += count;
    this.seconds += count * K_S;
    await this.#page.keyboard.press(key);
  }

  async type(text) {
    this.keys += text.length;
    this.seconds += text.length * K_S;
    await this.#page.keyboard.type(text);
  }

  /** Down until it has done what a held key does. */
  async hold(key, what, check) {
    this.keys += 1;
    this.seconds += HOLD_S;
    await this.#page.keyboard.down(key);
    try {
      await until(what, check);
    } finally {
      await this.#page.keyboard.up(key);
    }
  }
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
