// Tones: made as WAV for the browser's microphone and as A-law for RTP, measured by Goertzel.
import { writeFileSync } from 'node:fs';

/** A seamless sine, mono 16-bit: what Chromium's fake microphone (48 kHz) or a softphone (8 kHz) plays. */
export function writeToneWav(path, hz, { rate = 48000, seconds = 10, amplitude = 8000 } = {}) {
  const samples = rate * seconds;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0); wav.writeUInt32LE(36 + samples * 2, 4); wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24); wav.writeUInt32LE(rate * 2, 28); wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34);
  wav.write('data', 36); wav.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n++) wav.writeInt16LE(Math.round(amplitude * Math.sin((2 * Math.PI * hz * n) / rate)), 44 + n * 2);
  writeFileSync(path, wav);
}

/** G.711 A-law, ITU-T G.711 table 1. */
export function alawEncode(sample) {
  const sign = sample < 0 ? 0x00 : 0x80;
  let magnitude = Math.min(32767, Math.abs(sample)) >> 3, exponent = 0;
  if (magnitude > 31) { for (let m = magnitude >> 5; m > 0; m >>= 1) exponent++; }
  const mantissa = (exponent === 0 ? magnitude >> 1 : magnitude >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

export function alawDecode(byte) {
  const value = byte ^ 0x55, exponent = (value >> 4) & 7, mantissa = value & 0x0f;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

/** Level in dBFS and the strongest frequency between 200 and 3400 Hz. */
export function measure(pcm, rate = 8000) {
  if (pcm.length === 0) return { dbfs: -100, hz: 0 };
  const power = pcm.reduce((sum, s) => sum + s * s, 0) / pcm.length;
  const dbfs = power < 1 ? -100 : 10 * Math.log10(power / (32768 * 32768));
  let best = 0, hz = 0;
  for (let f = 200; f <= 3400; f += 10) {
    const k = 2 * Math.cos((2 * Math.PI * f) / rate);
    let s1 = 0, s2 = 0;
    for (const s of pcm) [s1, s2] = [s + k * s1 - s2, s1];
    const p = s1 * s1 + s2 * s2 - k * s1 * s2;
    if (p > best) [best, hz] = [p, f];
  }
  return { dbfs, hz };
}

/** Reads a 16-bit PCM WAV into one array of samples per channel. */
export function readWav(buffer) {
  const channels = buffer.readUInt16LE(22), rate = buffer.readUInt32LE(24);
  let at = 12;
  while (buffer.toString('latin1', at, at + 4) !== 'data') at += 8 + buffer.readUInt32LE(at + 4);
  const pcm = Array.from({ length: channels }, () => []);
  const end = Math.min(buffer.length, at + 8 + buffer.readUInt32LE(at + 4));
  for (let i = at + 8, n = 0; i + 1 < end; i += 2, n++) pcm[n % channels].push(buffer.readInt16LE(i));
  return { rate, channels: pcm };
}
