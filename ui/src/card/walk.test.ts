import { expect, test } from 'vitest';
import type { CardAnswerLine, CardChoice, CardView } from '../api/types';
import { actOf, back, begin, cardFor, choose, longest, resume, shownAt, stillOpen, type Trail } from './walk';

const yes = (digit: number, card: string | null, step = '') => ({ digit, say: `jawaban ${digit}`, to: card === null ? null : { card, step } });
const CARDS: CardView[] = [
  { key: 'umum', title: 'Umum', types: ['*'], bpm: null, sign_off: { state: 'none' }, fingerprint: 'a', steps: [{ key: 'di', ask: 'Di mana?', answers: [yes(1, null)], tell: [], next: null }] },
  {
    key: 'medis', title: 'Medis', types: ['sakit'], bpm: null, sign_off: { state: 'none' }, fingerprint: 'b', steps: [
      { key: 'sadar', ask: 'Sadar?', answers: [yes(1, null), yes(2, 'medis', 'napas')], tell: [], next: { card: 'medis', step: 'napas' } },
      { key: 'napas', ask: 'Napas?', answers: [yes(1, null), yes(2, 'rjp', 'tekan')], tell: [], next: null },
    ],
  },
  { key: 'rjp', title: 'RJP', types: [], bpm: 110, sign_off: { state: 'none' }, fingerprint: 'c', steps: [{ key: 'tekan', ask: null, answers: [], tell: ['Tekan'], next: null }] },
];
const medis = CARDS[1]!;
const press = (key: string, more = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, ...more });

/** Walks by keys as the card does. */
function walk(keys: string[]): Trail {
  let trail = begin(medis);
  for (const key of keys) {
    const shown = shownAt(CARDS, trail.at);
    const act = actOf(press(key), shown?.step ?? null);
    if (act?.do === 'back') trail = back(trail);
    if (act?.do === 'choose' && shown) trail = choose(trail, shown.step, act.choice) ?? trail;
  }
  return trail;
}

test('a type has its card, or the one of every call', () => {
  expect(cardFor(CARDS, 'sakit')?.key).toBe('medis');
  expect(cardFor(CARDS, 'banjir')?.key).toBe('umum');
  expect(cardFor(CARDS, null)?.key).toBe('umum');
  expect(cardFor([], null)).toBeNull();
});

test.each([
  [['2', '2'], 'rjp/tekan'],
  [['2', '9', 'Enter'], 'medis/napas'],
  [['2', '0'], 'medis/sadar'],
  [['2', '2', 'Backspace'], 'medis/napas'],
  [['0', 'Backspace', 'ArrowLeft'], 'medis/sadar'],
  [['ArrowRight'], 'medis/napas'],
  [['2', '2', 'Enter'], null],
  [['1'], null],
  [['1', '0'], 'medis/sadar'],
])('keys %s', (keys, at) => {
  const place = walk(keys).at;
  expect(place && `${place.card}/${place.step}`).toBe(at);
});

test('keys of the console and of nobody do nothing', () => {
  const step = medis.steps[0]!;
  for (const key of ['a', 'Tab', 'Escape', 'Enter', '3']) expect(actOf(press(key), step)).toBeNull();
  expect(actOf(press('2', { altKey: true }), step)).toBeNull();
  expect(actOf(press('1'), null)).toBeNull();
  expect(actOf(press('Enter'), null)).toEqual({ do: 'onward' });
  expect(actOf(press('m'), step)).toEqual({ do: 'beat' });
});

test('what was chosen leads to where a reloaded page goes on', () => {
  const chosen = new Map<string, CardChoice>([['medis/sadar', { kind: 'answered', digit: 2, say: '' }], ['medis/napas', { kind: 'answered', digit: 2, say: '' }]]);
  expect(resume(CARDS, medis, chosen)).toEqual(walk(['2', '2']));
  // an answer that the card does not have any more is asked anew
  chosen.set('medis/napas', { kind: 'answered', digit: 7, say: '' });
  expect(resume(CARDS, medis, chosen).at).toEqual({ card: 'medis', step: 'napas' });
});

test('the longest way counts over cards', () => {
  expect(longest(CARDS, { card: 'medis', step: 'sadar' })).toBe(3);
  expect(longest(CARDS, null)).toBe(0);
});

test('what one caller answered is not open with another, and nothing is open twice', () => {
  const open = ['Sadar?', 'Napas?', 'Napas?', 'Di mana?'].map((asked, n) => ({ call_id: `c${n}`, title: 'Medis', asked }));
  const line = (asked: string, choice: CardChoice, corrected = false) => ({ asked, choice, corrected }) as CardAnswerLine;
  const lines = [line('Sadar?', { kind: 'answered', digit: 1, say: 'Ya' }), line('Di mana?', { kind: 'skipped' }), line('Napas?', { kind: 'answered', digit: 2, say: 'Tidak' }, true)];
  expect(stillOpen(open, lines).map((one) => one.asked)).toEqual(['Napas?', 'Di mana?']);
});
