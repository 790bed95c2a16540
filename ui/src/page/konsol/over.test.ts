import { expect, test } from 'vitest';
import type { CallCard } from '../../api/types';
import { isOver, whatStays } from './over';

const classed = { class: { class: 'prank', sub: null } } as Pick<CallCard, 'class'>;

test('only a call that is over turns its sheet away', () => {
  expect([isOver(null), isOver({ phase: 'wrap' }), isOver({ phase: 'talking' }), isOver({ phase: 'held' })]).toEqual([true, true, false, false]);
});

test('text that is nowhere else and a missing class keep the sheet open', () => {
  const sheet = { call: classed, noteBegun: '', unsaved: false };
  expect(whatStays(sheet)).toBeNull();
  expect(whatStays({ ...sheet, call: null })).toBeNull();
  expect(whatStays({ ...sheet, unsaved: true })).toBe('unsaved');
  expect(whatStays({ ...sheet, noteBegun: ' pintu belakang' })).toBe('note');
  expect(whatStays({ ...sheet, noteBegun: '  ' })).toBeNull();
  expect(whatStays({ ...sheet, call: { class: null } })).toBe('unclassed');
});
