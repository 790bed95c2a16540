import { expect, test, vi } from 'vitest';

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined });
const { whatOf, sheetCalls } = await import('./about.svelte');

const label = { village: (code: string | null) => (code ? 'Cipare' : null), type: (key: string | null) => (key ? 'Kebakaran' : null) };

test('a sheet is known by its place, else by its type', () => {
  expect(whatOf({ landmark: 'Masjid Agung', village_code: '1', incident_type: 'fire' }, label)).toBe('Masjid Agung, Cipare');
  expect(whatOf({ incident_type: 'fire' }, label)).toBe('Kebakaran');
  expect(whatOf({}, label)).toBe('');
});

test('a call that has left the desk is asked for once, and without an answer not again on the same line', async () => {
  const asked: string[] = [];
  let answers = false;
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    if (!answers) throw new TypeError('nobody');
    return new Response(JSON.stringify(path.endsWith('/draft') ? { fields: { landmark: 'pasar' } } : { number: null, offered_at: 5 }));
  });
  sheetCalls.load(['a']);
  await vi.waitFor(() => expect(asked.length).toBe(2));
  sheetCalls.load(['a']);
  expect([asked.length, sheetCalls.numberOf('a')]).toEqual([2, undefined]);
  answers = true;
  sheetCalls.load(['b']);
  await vi.waitFor(() => expect([sheetCalls.numberOf('b'), sheetCalls.of('b')?.fields.landmark]).toEqual([null, 'pasar']));
});
