import { expect, test } from 'vitest';
import said from './said.json';
import { inEnglish, refusalInEnglish } from './said';

/** Words that only an Indonesian sentence has; the names of incident types are the city's. */
const INDONESIAN = /\b(panggilan|nomor|nyata|menunggu|meja|petugas|hening|jalur|angka|suara|akhir|dalam|terakhir|belum|putus|informasi|Mei|kepala|bunyi)\b/;

test('every sentence that the server makes is said in English', () => {
  const all = [...said.reasons, ...said.offers, ...said.histories, ...said.waits];
  expect(all.length).toBeGreaterThan(50);
  for (const text of all) {
    expect(inEnglish(text), text).not.toBe(text);
    expect(inEnglish(text), text).not.toMatch(INDONESIAN);
  }
});

test('every refusal of the desk has English words', () => {
  for (const kind of Object.keys(said.refusals)) expect(refusalInEnglish(kind), kind).toBeTruthy();
});

test('numbers, dates and types stand where they belong', () => {
  expect(inEnglish('1 kebakaran nyata 3 Mei, 17 panggilan, 16 tanpa suara')).toBe('1 real report (kebakaran) 3 May, 17 calls, 16 silent');
  expect(inEnglish('2 laporan nyata (terakhir kebakaran 3 Mei 2025), 2 panggilan')).toBe('2 real reports (last kebakaran 3 May 2025), 2 calls');
  expect(inEnglish('paling lama menunggu; satu-satunya meja siap')).toBe('waits longest; the only seat that is ready');
  expect(inEnglish('kalimat yang belum dikenal')).toBe('kalimat yang belum dikenal');
});
