import { expect, test } from 'vitest';
import type { Plan } from '../../api/types';
import { faults } from './plan';

const plan = (...crews: [string, string[]][]): Plan => ({ pattern: 'three_shifts', from: 20_261_201, crews: crews.map(([name, people]) => ({ name, people })) });

test('a plan that can be put in force has no fault', () => {
  expect(faults(plan(['A', ['Siti']], ['B', ['Rina']], ['C', ['Dedi']]))).toEqual([]);
});

test('everything that is missing is said at once', () => {
  expect(faults(plan(['A', []], ['', ['Rina']]))).toEqual([{ kind: 'few', needed: 3 }, { kind: 'empty', crew: 'A' }, { kind: 'nameless', at: 1 }]);
});

test('who stands in two crews, or twice in one, is named', () => {
  const found = faults(plan(['A', ['Siti', 'Budi']], ['a', ['siti']], ['C', ['Dedi', 'Dedi']]));
  expect(found).toEqual([{ kind: 'same_crew', name: 'a' }, { kind: 'twice', person: 'Siti', crews: ['A', 'a'] }, { kind: 'twice', person: 'Dedi', crews: ['C', 'C'] }]);
});
