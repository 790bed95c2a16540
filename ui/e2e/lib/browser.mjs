// Debian's Chromium with a tone for a microphone, and what its loudspeaker plays.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { writeToneWav } from './sound.mjs';
import { until } from './wait.mjs';

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** The browser's own process, found by the profile that is its alone. */
function processOf(profile) {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let words;
    try { words = readFileSync(`/proc/${id}/cmdline`, 'utf8'); } catch { continue; }
    if (words.includes(`--user-data-dir=${join(profile, 'profile')}`) && !words.includes('--type=')) return Number(id);
  }
  throw new Error(`no browser runs on ${profile}`);
}

/** @param options.profile a killed browser's, to go on with what its machine still has. */
export async function openBrowser({ microphoneHz = 1000, viewport = DESK, profile = mkdtempSync(join(tmpdir(), 'siaga-chromium-')) } = {}) {
  const wav = join(profile, 'microphone.wav');
  writeToneWav(wav, microphoneHz);
  const context = await chromium.launchPersistentContext(join(profile, 'profile'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport,
    permissions: ['microphone'],
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required', `--use-file-for-fake-audio-capture=${wav}`],
  });
  return { context, profile, process: processOf(profile), async close() { await context.close(); rmSync(profile, { recursive: true, force: true }); } };
}

/** Level and strongest frequency of everything the page's <audio> elements play, over one analyser window. */
export function loudspeaker(page) {
  return page.evaluate(async () => {
    const holder = (window.__ear ??= { context: new AudioContext(), ears: new Map() });
    await holder.context.resume();
    let best = { dbfs: -100, hz: 0 };
    for (const element of document.querySelectorAll('audio')) {
      const stream = element.srcObject;
      if (!stream || stream.getAudioTracks().length === 0) continue;
      let ear = holder.ears.get(stream.id);
      if (!ear) {
        ear = holder.context.createAnalyser();
        ear.fftSize = 8192;
        ear.smoothingTimeConstant = 0;
        holder.context.createMediaStreamSource(stream).connect(ear);
        holder.ears.set(stream.id, ear);
        await new Promise((done) => setTimeout(done, 300));
      }
      const wave = new Float32Array(ear.fftSize), spectrum = new Float32Array(ear.frequencyBinCount);
      ear.getFloatTimeDomainData(wave);
      ear.getFloatFrequencyData(spectrum);
      const power = wave.reduce((sum, s) => sum + s * s, 0) / wave.length;
      const dbfs = power > 1e-10 ? 10 * Math.log10(power) : -100;
      let peak = 1;
      for (let bin = 1; bin < spectrum.length; bin++) if (spectrum[bin] > spectrum[peak]) peak = bin;
      if (dbfs > best.dbfs) best = { dbfs, hz: (peak * holder.context.sampleRate) / ear.fftSize };
    }
    return best;
  });
}

/** Waits until the loudspeaker plays this tone, clearly above silence. */
export const hearsTone = (page, hz) => until(`browser hears ${hz} Hz`, async () => {
  const heard = await loudspeaker(page);
  return heard.dbfs > -40 && Math.abs(heard.hz - hz) <= 12 ? heard : null;
}, { everyMs: 250 });

/** Waits until nothing is played. */
export const hearsNothing = (page) => until('browser hears nothing', async () => {
  const heard = await loudspeaker(page);
  return heard.dbfs < -55 ? heard : null;
}, { everyMs: 250 });
