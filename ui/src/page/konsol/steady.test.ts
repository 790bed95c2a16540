import { expect, test } from 'vitest';
import { steady, type Row } from './steady';

const rows = (keys: string): Row<string>[] => [...keys].map((key) => ({ key, item: key, gone: false }));
const shown = (before: string, list: string, anchor: string | null) => steady(rows(before), [...list], (one) => one, anchor).map((row) => (row.gone ? `(${row.key})` : row.key)).join('');

test.each([
  ['abc', 'cab', null, 'cab'],
  ['abc', 'cab', 'b', 'abc'],
  ['abc', 'xacb', 'b', 'abcx'],
  ['abc', 'ac', 'b', 'a(b)c'],
  ['abc', 'bc', 'b', 'bc'],
  ['abc', '', 'b', '(b)'],
  ['abc', 'bac', 'x', 'bac'],
])('%s then %s with somebody on %s: %s', (before, list, anchor, want) => expect(shown(before, list, anchor)).toBe(want));
