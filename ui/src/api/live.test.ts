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

test('the count of streams moves with the first desk of the new one, not before', async () => {
  const live = new Live();
  const seen: [number, number | undefined][] = [];
  let call = 0;
  const streams = [desk(7, AT), desk(1, AT + 5_000)].map((one) => `event: desk\ndata: ${JSON.stringify(one)}\n\n`);
  vi.stubGlobal('fetch', async () => {
    seen.push([live.connects, live.desk?.sequence]);
    const text = streams[call++];
    if (text === undefined) return new Promise(() => undefined);
    return new Response(new ReadableStream({
      start(to) {
        to.enqueue(new TextEncoder().encode(': a comment before the desk\n\n'));
        setTimeout(() => (seen.push([live.connects, live.desk?.sequence]), to.enqueue(new TextEncoder().encode(text)), to.close()), 10);
      },
    }));
  });
  const stop = live.start();
  await vi.waitUntil(() => call === 3, { timeout: 20_000, interval: 10 });
  stop();
  vi.unstubAllGlobals();
  expect(seen).toEqual([[0, undefined], [0, undefined], [1, 7], [1, 7], [2, 1]]);
});
