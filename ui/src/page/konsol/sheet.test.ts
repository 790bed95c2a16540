import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftView } from '../../api/types';
import { EMPTY } from './draft';

const store = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => void store.set(key, value),
  removeItem: (key: string) => void store.delete(key),
});
const { SheetStore, mayCorrect } = await import('./sheet.svelte');

const draft = (revision: number, fields: object, incident_id: string | null = null): DraftView =>
  ({ call_id: 'c', revision, fields: { ...EMPTY, ...fields }, notes: [], saved_at: null, incident_id });
const incident = { incident_id: 'i', number: 7, status: 'open', calls: ['c'], opened_call: 'c', fields: EMPTY };
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
    asked.push(`${init.method} ${path}`);
    const answer = path.startsWith('/api/incidents') ? incident : init.method === 'PUT' ? draft(2, body.fields, 'i') : draft(1, { landmark: 'pasar', incident_type: 'fire' }, 'i');
    return new Response(JSON.stringify(answer));
  });
});
afterEach(() => vi.unstubAllGlobals());

test('after sending the sheet is still there and what is corrected is saved', async () => {
  const sheet = new SheetStore('c');
  await sheet.load();
  expect([sheet.incident?.number, sheet.editable, sheet.fields.landmark]).toEqual([7, true, 'pasar']);
  sheet.change({ rt_rw: '03/05' });
  expect(await sheet.flush()).toBe(true);
  expect(asked).toContain('PUT /api/calls/c/draft');
  expect(sheet.fields.rt_rw).toBe('03/05');
});

test('only the call that opened an open incident corrects it', () => {
  expect(mayCorrect(null, 'c')).toBe(true);
  expect(mayCorrect({ status: 'open', opened_call: 'c' }, 'd')).toBe(false);
  expect(mayCorrect({ status: 'closed', opened_call: 'c' }, 'c')).toBe(false);
});
