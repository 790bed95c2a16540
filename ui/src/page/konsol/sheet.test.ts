import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftView } from '../../api/types';
import { EMPTY } from './draft';

const store = new Map<string, string>();
const localStorage = {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => void store.set(key, value),
  removeItem: (key: string) => void store.delete(key),
};
vi.stubGlobal('localStorage', localStorage);
const { SheetStore, mayCorrect } = await import('./sheet.svelte');

const draft = (revision: number, fields: object, incident_id: string | null = null): DraftView =>
  ({ call_id: 'c', revision, fields: { ...EMPTY, ...fields }, notes: [], saved_at: null, incident_id });
const incident = { incident_id: 'i', number: 7, status: 'open', calls: ['c'], opened_call: 'c', fields: EMPTY };
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('localStorage', localStorage);
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
    asked.push(`${init.method} ${path}`);
    const answer = path.startsWith('/api/incidents') ? incident : init.method === 'PUT' ? draft(2, body.fields, 'i') : draft(1, { landmark: 'pasar', incident_type: 'fire' }, 'i');
    return new Response(JSON.stringify(answer));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('after sending the sheet is still there and what is corrected is saved', async () => {
  const sheet = new SheetStore('c');
  await sheet.load();
  expect([sheet.incident?.number, sheet.editable, sheet.fields.landmark]).toEqual([7, true, 'pasar']);
  sheet.change({ rt_rw: '03/05' });
  expect(await sheet.flush()).toBe(true);
  expect(asked).toContain('PUT /api/calls/c/draft');
  expect(sheet.fields.rt_rw).toBe('03/05');
});

test('an incident that comes late, when the call has left it, is not the sheet\'s any more', async () => {
  const views = [draft(1, {}, 'i'), draft(1, {})];
  let come = (_: Response) => {};
  vi.stubGlobal('fetch', (path: string) => (path.startsWith('/api/incidents') ? new Promise<Response>((done) => (come = done)) : Promise.resolve(new Response(JSON.stringify(views.shift())))));
  const sheet = new SheetStore('c');
  const first = sheet.load();
  await vi.waitFor(() => expect(views).toHaveLength(1));
  await sheet.load();
  come(new Response(JSON.stringify(incident)));
  await first;
  expect(sheet.incident).toBeNull();
});

test('only the call that opened an open incident corrects it', () => {
  expect(mayCorrect(null, 'c')).toBe(true);
  expect(mayCorrect({ status: 'open', opened_call: 'c' }, 'd')).toBe(false);
  expect(mayCorrect({ status: 'closed', opened_call: 'c' }, 'c')).toBe(false);
});

/** Answers to `POST /api/incidents` in turn, the last one again and again; null: nobody answers. What was asked, with its key. */
function sending(answers: (Response | null)[]): { key: string; body: string }[] {
  const posts: { key: string; body: string }[] = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path !== '/api/incidents') return new Response(JSON.stringify(draft(1, { landmark: 'pasar', incident_type: 'fire' })));
    posts.push({ key: (init.headers as Record<string, string>)['idempotency-key'] ?? '', body: String(init.body) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new TypeError('nobody');
    return answer.clone();
  });
  return posts;
}
const refusal = (status: number) => new Response(JSON.stringify({ type: 'unknown', title: 'Tidak bisa', status }), { status });
async function send(sheet: InstanceType<typeof SheetStore>, agencies: string[] | null = null) {
  const done = sheet.send(agencies);
  await vi.advanceTimersByTimeAsync(10_000);
  return done;
}

test('a sending that nobody answers stands as not sent until it is, and is repeated with the same key', async () => {
  const posts = sending([null, null, null, new Response(JSON.stringify(incident))]);
  const sheet = new SheetStore('c');
  await sheet.load();
  expect(await send(sheet)).toBeNull();
  expect(sheet.notSent?.why).toBe('Server tidak menjawab');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sheet.notSent?.why, sheet.sending]).toEqual(['Server tidak menjawab', false]);
  expect((await send(sheet))?.number).toBe(7);
  expect([posts.length, new Set(posts.map((one) => one.key + one.body)).size]).toEqual([4, 1]);
  expect(sheet.notSent).toBeNull();
});

test('another choice of agencies, or one after a refusal, is another request', async () => {
  const posts = sending([null, null, null, refusal(409), new Response(JSON.stringify(incident))]);
  const sheet = new SheetStore('c');
  await sheet.load();
  await send(sheet);
  await send(sheet, ['damkar']);
  expect(sheet.notSent?.why).toBe('Tidak bisa');
  expect((await send(sheet, ['damkar']))?.number).toBe(7);
  expect(new Set(posts.map((one) => one.key)).size).toBe(3);
});

test('what cannot be saved is not sent, and says so', async () => {
  const sheet = new SheetStore('c');
  await sheet.load();
  sheet.incident = null;
  vi.stubGlobal('fetch', async () => { throw new TypeError('nobody'); });
  sheet.change({ rt_rw: '03/05' });
  expect(await sheet.send(null)).toBeNull();
  expect([sheet.notSent?.why, sheet.sending]).toEqual(['Server tidak menjawab', false]);
  sheet.close();
});
