import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GROUPS } from './key-groups';
import { ACTIONS, HOLD_MS, TapOrHold, actionOf, keyName, keysOf, loadBindings, refuses, swapped, type Action, type Pressed } from './keys';

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

test('the list of keys names each action once', () => {
  expect(GROUPS.flatMap(([, actions]) => actions).sort()).toEqual(Object.keys(ACTIONS).sort());
});

test('own keys: only free keys that the page may have', () => {
  expect(refuses('prank', 'F3', ACTIONS)).toBe('taken');
  expect(refuses('prank', 'Ctrl+W', ACTIONS)).toBe('browser');
  expect(refuses('prank', 'P', ACTIONS)).toBe('letter');
  expect(refuses('prank', 'Alt+V', ACTIONS)).toBeNull();
  expect(loadBindings('{"prank":"Alt+V","ghost":"F9","nothing":"F1"}')).toEqual({ ...ACTIONS, prank: ['Alt+V'] });
  expect(loadBindings('{spoilt')).toEqual(ACTIONS);
});

test('keys that were swapped are the same after a reload, whatever the order they were stored in', () => {
  const own = swapped('prank', 'F3', ACTIONS);
  expect([own.prank, own.ghost]).toEqual([['F3'], ['F2']]);
  expect(loadBindings('{"prank":"F3","ghost":"F2"}')).toEqual(own);
  expect(loadBindings('{"ghost":"F2","prank":"F3"}')).toEqual(own);
  expect(loadBindings('{"prank":"F3"}')).toEqual(ACTIONS);
  const second = swapped('mistake', 'Insert', ACTIONS);
  expect([second.mistake, second.answer]).toEqual([['Insert'], ['Alt+J', 'F4']]);
  expect(loadBindings(JSON.stringify({ answer: second.answer, mistake: second.mistake }))).toEqual(second);
});

test('keys without Ctrl or Alt can be switched off, all but Esc', () => {
  for (const [action, keys] of Object.entries(ACTIONS) as [Action, readonly string[]][]) {
    const left = keysOf(action, ACTIONS, 'off');
    expect(left).toEqual(action === 'back' ? keys : keys.filter((key) => /^(Alt|Ctrl)\+/.test(key)));
  }
  expect(actionOf(pressed('F2', 'F2'), ACTIONS, 'off')).toBeNull();
  expect(actionOf(pressed('Escape', 'Escape'), ACTIONS, 'off')).toBe('back');
  expect(actionOf(pressed('j', 'KeyJ', { altKey: true }), ACTIONS, 'off')).toBe('answer');
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
