import { expect, test } from 'vitest';
import type { Effect, EffectRatio, EffectVerdict } from '../../api/types';
import { basisWords, changeWords, verdictWords } from './sentence';

const ratio = (verdict: EffectVerdict, change_pct: number, low_pct: number, high_pct: number): EffectRatio => ({ verdict, change_pct, low_pct, high_pct, found: 252, expected: 280, spread: 3 });
const window = (key: 'before' | 'after', counted: number) => ({ key, from: 20200504, to: 20200531, days: 28, counted, offered: 300, prank: 200, ghost: 80, real: 9, ledger: 300 });
const effect = (verdict: EffectVerdict, after: EffectRatio | null, beyond_year: EffectRatio | null = null, counted = 28): Effect => ({
  definition: 1, window: 28, windows: [window('before', 28), window('after', counted)], series: [{ series: 'nuisance', verdict, during: null, after, beyond_year }], cautions: [], complete_on: 20200713,
});

test.each([
  [ratio('fell', -12.4, -20.8, -3.1), 'turun 12,4 persen (antara 3,1 dan 20,8)'],
  [ratio('rose', 8, 1.2, 15.2), 'naik 8,0 persen (antara 1,2 dan 15,2)'],
  [ratio('indistinct', -1, -6, 4.4), 'tidak dapat dibedakan dari naik-turun biasa (antara turun 6,0 dan naik 4,4 persen)'],
  [ratio('indistinct', 2, 0, 4.4), 'tidak dapat dibedakan dari naik-turun biasa (antara 0,0 dan naik 4,4 persen)'],
])('%o', (one, words) => expect(changeWords(one)).toBe(words));

test('the sentence is that of the year before where there is one', () => {
  const fell = ratio('fell', -30, -40, -20);
  const beyond = ratio('indistinct', -5, -20, 12);
  expect(verdictWords(effect('fell', fell))).toBe('Panggilan gangguan turun 30,0 persen (antara 20,0 dan 40,0)');
  expect(verdictWords(effect('indistinct', fell, beyond))).toMatch(/^Panggilan gangguan tidak dapat dibedakan/);
  expect(basisWords(effect('fell', fell))).toBe('28 hari sesudah dibanding 28 hari sebelum, tanpa tahun pembanding');
  expect(basisWords(effect('indistinct', fell, beyond, 26))).toBe('26 hari sesudah dibanding 28 hari sebelum, di luar perubahan pada hari yang sama tahun sebelumnya');
});

test('without a result it says why', () => {
  expect(verdictWords(effect('running', null))).toBe('Masih berlangsung: hasil dapat dibaca mulai 13/07/2020');
  expect(verdictWords(effect('too_few', null))).toBe('Terlalu sedikit data');
});
