import { expect, test } from 'vitest';
import { SeatWatch } from './watch';

test('a server that was restarted has lost the seat and cut its call', () => {
  const watch = new SeatWatch<string>(false);
  expect(watch.look(undefined, 1)).toBeNull();
  watch.look(null, 1);
  watch.look('call', 1);
  expect(watch.look(undefined, 2)).toEqual({ call: 'call' });
  expect(watch.look(undefined, 2)).toBeNull();
});

test('a seat that is left before our eyes is not lost', () => {
  const watch = new SeatWatch<string>(false);
  watch.look(null, 1);
  expect(watch.look(undefined, 1)).toBeNull();
  expect(watch.look(undefined, 2)).toBeNull();
});

test('a page that was loaded anew after the crash knows that it had a seat', () => {
  const watch = new SeatWatch<string>(true);
  expect(watch.look(undefined, 0)).toBeNull();
  expect(watch.look(undefined, 1)).toEqual({ call: null });
});

test('a page that finds its seat again has lost nothing', () => {
  const watch = new SeatWatch<string>(true);
  expect(watch.look('call', 0)).toBeNull();
  expect(watch.look('call', 1)).toBeNull();
});
