import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spaced } from './spaced';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a storm of causes is few runs, and the last cause is never lost', () => {
  let runs = 0;
  const calm = spaced(() => (runs += 1), 300);
  calm.run();
  expect(runs).toBe(1);
  for (let at = 0; at < 100; at += 1) {
    vi.advanceTimersByTime(10);
    calm.run();
  }
  expect(runs).toBe(4);
  vi.advanceTimersByTime(300);
  expect(runs).toBe(5);
  vi.advanceTimersByTime(5_000);
  expect(runs).toBe(5);
  calm.run();
  expect(runs).toBe(6);
});

test('what is stopped does not run any more', () => {
  let runs = 0;
  const calm = spaced(() => (runs += 1), 300);
  calm.run();
  calm.run();
  calm.stop();
  vi.advanceTimersByTime(1_000);
  expect(runs).toBe(1);
});
