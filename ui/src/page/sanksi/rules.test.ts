import { expect, test } from 'vitest';
import type { PolicyText } from '../../api/types';
import { read, rulesOf, same, shownValue, withRule } from './rules';

const policy = { name: 'serang', decree: null, queue: { listen_after_ms: 3000 }, sanction: { warn_from: 3 }, later: { x: 1 }, notice: { warn: 'teks' } } as unknown as PolicyText;

test('rules come section by section, unknown sections last', () => {
  expect(rulesOf(policy).map((rule) => `${rule.section}.${rule.key}`)).toEqual(['sanction.warn_from', 'queue.listen_after_ms', 'notice.warn', 'later.x']);
});

test('one rule is set and the rest stays', () => {
  const next = withRule(policy, { section: 'sanction', key: 'warn_from', value: 4 });
  expect(next['sanction']).toEqual({ warn_from: 4 });
  expect(next['queue']).toEqual({ listen_after_ms: 3000 });
  expect(policy['sanction']).toEqual({ warn_from: 3 });
});

test('a field is read as what it was', () => {
  expect(read('4', 3)).toBe(4);
  expect(read(' ', 3000)).toBe(null);
  expect(read('abc', 3)).toBe(3);
  expect(read('12', 'teks')).toBe('12');
  expect(read('5', null)).toBe(5);
  expect(read('true', false)).toBe(true);
  expect(read('25000, 120000', [1])).toEqual([25000, 120000]);
  expect(read('25000, x', [1])).toEqual([1]);
  expect(shownValue([1, 2])).toBe('1, 2');
  expect(same([1, 2], [1, 2])).toBe(true);
});
