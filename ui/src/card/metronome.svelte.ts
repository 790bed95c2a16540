// The beat of chest compressions, for the call-taker's ear only: it never goes near the microphone or the line.
import { audioContext } from '../station/audio';

/** Clicks are set this far ahead, so that a busy page or a page in the background does not stumble. Seconds. */
const AHEAD_S = 1.5;
const LOOK_MS = 250;
/** Half of the desk's other tones: the caller's voice stays the louder one. */
const VOLUME = 0.08;
const CLICK_S = 0.03;
const CLICK_HZ = 1_000;

export class Metronome {
  running = $state(false);
  #bpm = 0;
  #began = 0;
  #next = 0;
  #out: GainNode | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  toggle(bpm: number): void {
    if (this.running) this.stop();
    else this.start(bpm);
  }

  start(bpm: number): void {
    this.stop();
    const audio = audioContext();
    this.#bpm = bpm;
    this.#began = audio.currentTime + 0.05;
    this.#next = 0;
    this.#out = audio.createGain();
    this.#out.connect(audio.destination);
    this.running = true;
    this.#fill();
    this.#timer = setInterval(() => this.#fill(), LOOK_MS);
  }

  /** Also what was set ahead is not heard any more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#out?.disconnect();
    this.#out = null;
    this.running = false;
  }

  /** Beats since the start, with the part of the present one. */
  get beats(): number {
    return this.running ? Math.max(0, ((audioContext().currentTime - this.#began) * this.#bpm) / 60) : 0;
  }

  get seconds(): number {
    return this.running ? Math.max(0, audioContext().currentTime - this.#began) : 0;
  }

  #fill(): void {
    const audio = audioContext();
    for (let at = this.#beat(); at < audio.currentTime + AHEAD_S; at = this.#beat()) {
      // what a sleeping machine missed is not made up for
      if (at >= audio.currentTime) this.#click(audio, at);
      this.#next += 1;
    }
  }

  #beat(): number {
    return this.#began + (this.#next * 60) / this.#bpm;
  }

  #click(audio: AudioContext, at: number): void {
    if (!this.#out) return;
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    oscillator.frequency.value = CLICK_HZ;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(VOLUME, at + 0.002);
    gain.gain.exponentialRampToValueAtTime(0.001, at + CLICK_S);
    oscillator.connect(gain).connect(this.#out);
    oscillator.start(at);
    oscillator.stop(at + CLICK_S);
  }
}
