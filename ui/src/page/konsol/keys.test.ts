import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ACTIONS, HOLD_MS, TapOrHold, actionOf, keyName, loadBindings, refuses, type Pressed } from './keys';

function pressed(key: string, code: string, mods: Partial<Pressed> = {}): Pressed {
  return { key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...mods };
}

test.each([
  [pressed('j', 'KeyJ', { altKey: true }), 'Alt+J', 'answer'],
  [pressed('∆', 'KeyJ', { altKey: true }), 'Alt+J', 'answer'],
  [pressed('Insert', 'Insert'), 'Insert', 'answer'],
  [pressed('F2', 'F2'), 'F2', 'prank'],
  [pressed('Enter', 'Enter', { ctrlKey: true }), 'Ctrl+Enter', 'save'],
  [pressed('1', 'Numpad1', { altKey: true }), 'Alt+1', 'pane1'],
  [pressed('j', 'KeyJ'), 'J', null],
  [pressed('F2', 'F2', { shiftKey: true }), 'Shift+F2', null],
  [pressed('Enter', 'Enter'), 'Enter', null],
])('key %#', (event, name, action) => {
  expect(keyName(event)).toBe(name);
  expect(actionOf(event, ACTIONS)).toBe(action);
});

test('no key has two meanings', () => {
  const keys = Object.values(ACTIONS).flat();
  expect(new Set(keys).size).toBe(keys.length);
});

test('own keys: only free keys that the page may have', () => {
  expect(refuses('prank', 'F3', ACTIONS)).toBe('taken');
  expect(refuses('prank', 'Ctrl+W', ACTIONS)).toBe('browser');
  expect(refuses('prank', 'P', ACTIONS)).toBe('letter');
  expect(refuses('prank', 'Alt+Q', ACTIONS)).toBeNull();
  expect(loadBindings('{"prank":"Alt+Q","ghost":"F9","nothing":"F1"}')).toEqual({ ...ACTIONS, prank: ['Alt+Q'] });
  expect(loadBindings('{spoilt')).toEqual(ACTIONS);
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each([
  { name: 'a short press is a tap', run: (k: TapOrHold, on: never) => { k.down('F2', on); vi.advanceTimersByTime(HOLD_MS - 1); k.up('F2'); }, want: ['tap'] },
  { name: 'a long one is a hold, once', run: (k: TapOrHold, on: never) => { k.down('F2', on); vi.advanceTimersByTime(HOLD_MS * 3); k.up('F2'); }, want: ['hold'] },
  { name: 'another key up changes nothing', run: (k: TapOrHold, on: never) => { k.down('F2', on); k.up('F3'); k.cancel(); vi.advanceTimersByTime(HOLD_MS * 2); }, want: [] },
  { name: 'losing the window is neither', run: (k: TapOrHold, on: never) => { k.down('F2', on); k.cancel(); vi.advanceTimersByTime(HOLD_MS * 2); k.up('F2'); }, want: [] },
])('$name', ({ run, want }) => {
  const seen: string[] = [];
  run(new TapOrHold(), { tap: () => seen.push('tap'), hold: () => seen.push('hold') } as never);
  expect(seen).toEqual(want);
});
