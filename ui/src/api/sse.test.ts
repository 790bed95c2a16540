import { expect, test } from 'vitest';
import { EventCutter, backoffMs } from './sse';

test.each([
  { name: 'one event', pieces: ['event: desk\ndata: {"a":1}\n\n'], want: [['desk', '{"a":1}']] },
  { name: 'cut in the middle', pieces: ['event: de', 'sk\ndata: 1', '\n', '\ndata: 2\n\n'], want: [['desk', '1'], ['message', '2']] },
  { name: 'comments are no events', pieces: [': hidup\n\n', 'data:3\n\n'], want: [['message', '3']] },
  { name: 'CRLF and two data lines', pieces: ['data: x\r\ndata: y\r\n\r\n'], want: [['message', 'x\ny']] },
  { name: 'nothing before the blank line', pieces: ['event: desk\ndata: 1\n'], want: [] },
])('$name', ({ pieces, want }) => {
  const cutter = new EventCutter();
  expect(pieces.flatMap((piece) => cutter.feed(piece)).map((event) => [event.event, event.data])).toEqual(want);
});

test('waits grow, stay bounded and are never zero', () => {
  expect(backoffMs(0, 0)).toBe(250);
  expect(backoffMs(3, 1)).toBe(4_000);
  expect(backoffMs(99, 1)).toBe(10_000);
});
