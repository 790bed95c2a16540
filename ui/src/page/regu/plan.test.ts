import { expect, test } from 'vitest';
import type { Plan } from '../../api/types';
import { doubled, faults, unnamed, withName } from './plan';

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

test('accounts that no crew has are offered, and one that is taken stands behind the others', () => {
  expect(unnamed(['Ani', 'Budi', 'Siti'], ['siti, Rina', ''])).toEqual(['Ani', 'Budi']);
  expect([withName('', 'Ani'), withName('Siti, ', 'Ani')]).toEqual(['Ani', 'Siti, Ani']);
});

test('while it is typed: who stands twice, and where', () => {
  const crews = [{ name: 'A', people: 'Siti, Budi' }, { name: '', people: 'Rina, siti' }, { name: 'C', people: 'Dedi' }];
  expect([doubled(crews, 0), doubled(crews, 1), doubled(crews, 2)]).toEqual([[{ person: 'Siti', crews: ['A', '2'] }], [{ person: 'Siti', crews: ['A', '2'] }], []]);
});
