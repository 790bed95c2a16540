import { expect, test } from 'vitest';
import { nextAfter, readQueue, shrink, stateAfter, type Tap } from './queue';

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
