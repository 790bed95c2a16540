import { expect, test } from 'vitest';
import { joined, opened, read } from './begun';

const saved = (text: string, revision: number) => ({ text, revision, saved_at: 1 });
const kept = (text: string, base: number) => ({ text, base, line: null });

test('what was typed after the last save comes back', () => {
  expect(opened(kept('Genset tinggal seperempat', 2), saved('Genset', 2))).toEqual({ text: 'Genset tinggal seperempat', unsaved: true });
  expect(opened(null, saved('Genset', 2))).toEqual({ text: 'Genset', unsaved: false });
  expect(opened(kept('Genset', 2), saved('Genset', 2)).unsaved).toBe(false);
  expect(opened(kept('  ', 2), saved('Genset', 2)).text).toBe('Genset');
});

test('two pages of one person lose nothing', () => {
  expect(opened(kept('dari tab ini', 1), saved('dari tab lain', 2)).text).toBe('dari tab lain\ndari tab ini');
  expect(joined('a', 'ab')).toBe('ab');
  expect(joined('ab', 'a')).toBe('ab');
  expect(joined('', 'a')).toBe('a');
});

test('a damaged copy is no copy', () => {
  expect(read('{')).toBe(null);
  expect(read('{"text":1}')).toBe(null);
  expect(read('{"text":"a"}')).toEqual({ text: 'a', base: 0, line: null });
});
