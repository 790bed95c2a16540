import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Live } from './live.svelte';
import type { DeskView } from './types';

const AT = Date.UTC(2026, 10, 24, 7, 0, 0);
const desk = (sequence: number, ms: number) => ({ sequence, now: ms * 1_000 }) as DeskView;

beforeEach(() => vi.useFakeTimers({ now: AT }));
afterEach(() => vi.useRealTimers());

test('the server’s clock goes on, also when nothing happens', () => {
  const live = new Live();
  live.take(desk(7, AT + 90_000));
  live.tickMs = AT + 60_000;
  expect(live.now).toBe((AT + 150_000) * 1_000);
});

test('an answer that was overtaken sets no clock back', () => {
  const live = new Live();
  live.take(desk(7, AT));
  live.take(desk(7, AT - 240_000));
  live.take(desk(8, AT - 240_000));
  expect([live.now, live.desk?.sequence]).toEqual([AT * 1_000, 7]);
});

test('a server that was restarted counts from the beginning and is believed', () => {
  const live = new Live();
  live.take(desk(70, AT));
  vi.setSystemTime(AT + 5_000);
  live.take(desk(1, AT + 5_000));
  expect(live.desk?.sequence).toBe(1);
});
