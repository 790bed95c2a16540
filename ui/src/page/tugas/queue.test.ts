import { expect, test } from 'vitest';
import { asksAgain, due, held, isSkipped, nextAfter, readQueue, shrink, stateAfter, type Tap } from './queue';

const tap = (state: Tap['state'], at = 1): Tap => ({ key: `${state}${at}`, state, at, note: null });

test.each([
  { name: 'nothing waits: the server decides', queue: [], next: ['acknowledged'], state: 'sent' },
  { name: 'one tap in a dead zone', queue: [tap('acknowledged')], next: ['en_route', 'on_scene', 'done'], state: 'acknowledged' },
  { name: 'on the way, nothing there is possible', queue: [tap('acknowledged'), tap('en_route', 2)], next: ['on_scene', 'done', 'nothing_found'], state: 'en_route' },
  { name: 'ended', queue: [tap('nothing_found')], next: [], state: 'nothing_found' },
] as const)('$name', ({ queue, next, state }) => {
  expect(stateAfter('sent', [...queue])).toBe(state);
  expect(nextAfter('sent', ['acknowledged'], [...queue])).toEqual(next);
});

test('a kept queue comes back in order, a spoilt one counts as empty', () => {
  const queue = [tap('acknowledged', 1), tap('en_route', 2)];
  expect(readQueue(JSON.stringify(queue))).toEqual(queue);
  for (const spoilt of [null, '', '{', '{"a":1}', '[{"state":"done"}]']) expect(readQueue(spoilt)).toEqual([]);
});

test('photos shrink, never grow', () => {
  expect(shrink(4000, 3000)).toEqual({ width: 1280, height: 960 });
  expect(shrink(640, 480)).toEqual({ width: 640, height: 480 });
});

test('a tap that ends the task waits where it can be taken back, and what comes after it waits too', () => {
  const queue: Tap[] = [{ ...tap('done'), heldUntil: 5_000 }, tap('done', 2)];
  expect([due(queue, 4_999), held(queue, 4_999)?.heldUntil]).toEqual([null, 5_000]);
  expect([due(queue, 5_000)?.key, held(queue, 5_000)]).toEqual(['done1', null]);
  expect(readQueue(JSON.stringify(queue))).toEqual(queue);
  expect(due([], 0)).toBeNull();
});

test.each([
  ['acknowledged', 'done', true], ['sent', 'done', true], ['en_route', 'nothing_found', true], ['on_scene', 'done', false], ['on_scene', 'nothing_found', false],
  ['sent', 'acknowledged', false],
] as const)('from %s to %s asks once more: %s', (from, to, asks) => expect(asksAgain(from, to)).toBe(asks));

test.each([
  ['done', 'en_route', null, true], ['done', 'en_route', 9, false], ['acknowledged', 'en_route', null, false], ['nothing_found', 'on_scene', null, true], ['cancelled', 'on_scene', null, false],
] as const)('at %s the step %s (%s) was skipped: %s', (reached, step, at, skipped) => expect(isSkipped(reached, step, at)).toBe(skipped));
