import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CardAnswerLine, CardAnswers, NewCardAnswer } from '../../api/types';
import type { Shown } from '../../card/walk';
import { CardStore, standing } from './cards.svelte';

const shown: Shown = {
  card: { key: 'medis', title: 'Medis', types: [], bpm: null, sign_off: { state: 'none' }, fingerprint: 'f', steps: [] },
  step: { key: 'sadar', ask: 'Sadar?', answers: [], tell: [], next: null },
};
const line = (id: string, digit: number): CardAnswerLine => ({
  answer_id: id, call_id: 'c1', at: 1, by: 'Siti', card: 'medis', title: 'Medis', fingerprint: 'f', step: 'sadar', asked: 'Sadar?', choice: { kind: 'answered', digit, say: '' }, corrected: false,
});

let sent: NewCardAnswer[];
let answer: (body: NewCardAnswer) => Response;
beforeEach(() => {
  vi.useFakeTimers();
  const held = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => held.set(key, value), removeItem: (key: string) => held.delete(key) });
  sent = [];
  answer = () => Response.json({ lines: [], open: [] } satisfies CardAnswers, { status: 201 });
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as NewCardAnswer;
    sent.push(body);
    return Promise.resolve(answer(body));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the last answer stands, an unsaved one before all', () => {
  const waiting = { ...line('w', 3) };
  expect(standing([line('a', 1), line('b', 2)], []).get('medis/sadar')).toEqual({ kind: 'answered', digit: 2, say: '' });
  expect(standing([line('a', 1)], [waiting]).get('medis/sadar')).toEqual({ kind: 'answered', digit: 3, say: '' });
  // what came back is not unsaved any more, whatever was answered since
  expect(standing([line('w', 3), line('b', 2)], [waiting]).get('medis/sadar')).toEqual({ kind: 'answered', digit: 2, say: '' });
});

test('answers wait for the server, in order, over a reload, with one id each', async () => {
  answer = () => { throw new Error('no network'); };
  const store = new CardStore('c1');
  store.give(shown, { kind: 'answered', digit: 1, say: 'Ya' });
  store.give(shown, { kind: 'skipped' });
  await vi.advanceTimersByTimeAsync(10);
  expect(store.waiting.map((one) => one.choice.kind)).toEqual(['answered', 'skipped']);
  expect(store.late).toBe(true);
  expect(store.waiting[0]?.answer_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  // the page is loaded anew, the network is back
  answer = () => Response.json({ lines: [], open: [] }, { status: 201 });
  const before = sent.length;
  const fresh = new CardStore('c1');
  await vi.advanceTimersByTimeAsync(10);
  expect(fresh.waiting).toEqual([]);
  expect(sent.slice(before).map((one) => one.answer_id)).toEqual(store.waiting.map((one) => one.answer_id));
});

test('what the server will never take is shown and holds nothing up', async () => {
  answer = (body) => body.choice.kind === 'answered' ? Response.json({ type: 'wrong', title: 'Tidak', status: 422 }, { status: 422 }) : Response.json({ lines: [], open: [] }, { status: 201 });
  const store = new CardStore('c2');
  store.give(shown, { kind: 'answered', digit: 1, say: 'Ya' });
  store.give(shown, { kind: 'told' });
  await vi.advanceTimersByTimeAsync(10);
  expect([store.refused.length, store.waiting.length, sent.length]).toEqual([1, 0, 2]);
});
