import { expect, test } from 'vitest';
import { Refusal, inWords } from './client';

test.each(['NotReadableError', 'NotFoundError', 'NotAllowedError', 'AbortError', 'SomethingNew'])('%s is told in our words, not in the browser’s', (name) => {
  const told = inWords(new DOMException('Could not start audio source', name));
  expect(told).not.toContain('audio source');
  expect(told).toMatch(/[Mm]ikrofon|Peramban|Dihentikan/);
});

test('what the server says stays its own', () => {
  expect(inWords(new Refusal({ type: 'x', title: 'Meja penuh', status: 409, detail: 'Tunggu rekan.' }))).toBe('Meja penuh. Tunggu rekan.');
});
