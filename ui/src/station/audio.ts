// Sound of the seat: microphone profiles, level in dBFS, and the short tones of the desk.
import { SOUNDS, VOLUME_MAX, type Sound } from './tones';

/** How the microphone is processed. `mentah` (raw) leaves the sound as it is: for measuring with tones. */
export type AudioProfile = 'headset' | 'speaker' | 'mentah';

const KEY = 'siaga.audio';

/** The stored profile; `?uji` in the address means raw sound for this page. */
export function audioProfile(): AudioProfile {
  if (new URLSearchParams(location.search).has('uji')) return 'mentah';
  const stored = localStorage.getItem(KEY);
  return stored === 'speaker' || stored === 'mentah' ? stored : 'headset';
}

export function setAudioProfile(profile: AudioProfile): void {
  localStorage.setItem(KEY, profile);
}

const DEVICE_KEY = 'siaga.mikrofon';

/** The device chosen at the last seat check; null: the browser's choice. */
export function chosenMicrophone(): string | null {
  return localStorage.getItem(DEVICE_KEY);
}

export function chooseMicrophone(device: string | null): void {
  if (device) localStorage.setItem(DEVICE_KEY, device);
  else localStorage.removeItem(DEVICE_KEY);
}

/** A headset needs no echo canceller, and gain control makes breath as loud as speech; a loudspeaker needs all three. */
export function constraints(profile: AudioProfile, deviceId: string | null): MediaStreamConstraints {
  const on = profile === 'speaker';
  return {
    audio: {
      echoCancellation: on,
      noiseSuppression: on || profile === 'headset',
      autoGainControl: on,
      channelCount: 1,
      ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
    },
  };
}

let context: AudioContext | null = null;

/** One context per page; it may sleep until the first key or click. */
export function audioContext(): AudioContext {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}

/** Peak of a block of samples in dBFS; silence is -100. */
export function peakDbfs(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak <= 1e-5 ? -100 : 20 * Math.log10(peak);
}

/** Watches a microphone; calls back about twenty times a second with the peak in dBFS. Answers how to stop. */
export function watchLevel(stream: MediaStream, heard: (dbfs: number) => void): () => void {
  const audio = audioContext();
  const source = audio.createMediaStreamSource(stream);
  const analyser = audio.createAnalyser();
  analyser.fftSize = 2_048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(peakDbfs(samples));
  }, 50);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}

/** Between every tone and the loudspeaker: however many sound at once, it gets no louder. */
let limiter: DynamicsCompressorNode | null = null;

function out(audio: AudioContext): AudioNode {
  if (limiter) return limiter;
  limiter = audio.createDynamicsCompressor();
  limiter.threshold.value = 20 * Math.log10(VOLUME_MAX);
  limiter.knee.value = 0;
  limiter.ratio.value = 20;
  limiter.attack.value = 0.001;
  limiter.release.value = 0.1;
  limiter.connect(audio.destination);
  return limiter;
}

/** Plays one of the desk's sounds, where the page may sound at all. */
export function play(sound: Sound): void {
  const audio = audioContext();
  if (audio.state !== 'running') return;
  for (const { hz, atS, lengthS, volume } of SOUNDS[sound]) {
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    const from = audio.currentTime + atS;
    oscillator.frequency.value = hz;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(volume, from + 0.015);
    gain.gain.setValueAtTime(volume, from + lengthS - 0.03);
    gain.gain.linearRampToValueAtTime(0, from + lengthS);
    oscillator.connect(gain).connect(out(audio));
    oscillator.start(from);
    oscillator.stop(from + lengthS);
  }
}
