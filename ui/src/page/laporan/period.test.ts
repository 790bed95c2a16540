import { expect, test } from 'vitest';
import { percent, preset, written } from './period';

test.each([
  ['today', '2026-11-24', '2026-11-24', '2026-11-24'],
  ['month', '2026-11-24', '2026-11-01', '2026-11-24'],
  ['lastMonth', '2026-01-05', '2025-12-01', '2025-12-31'],
  ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29'],
  ['year', '2026-11-24', '2026-01-01', '2026-11-24'],
] as const)('%s on %s', (name, today, from, to) => expect(preset(name, today)).toEqual({ from, to }));

test.each([[48.3, '+48,3 %'], [-4, '−4,0 %'], [0, '0,0 %']])('%d', (value, want) => expect(percent(value)).toBe(want));

test('a day is written day first', () => expect(written('2020-09-30')).toBe('30/09/2020'));
