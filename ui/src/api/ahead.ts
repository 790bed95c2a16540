// What the app will ask first, asked while its code is still being fetched.
import { api } from './client';

const asked = new Map<string, Promise<unknown>>();

export function askAhead(paths: readonly string[]): void {
  for (const path of paths) {
    const answer = api.get(path);
    // Whoever takes it hears of the failure; until then it is nobody's.
    answer.catch(() => undefined);
    asked.set(path, answer);
  }
}

/** The answer that was asked for ahead, once; else a fresh request. */
export function getAhead<T>(path: string): Promise<T> {
  const answer = asked.get(path);
  asked.delete(path);
  return (answer as Promise<T> | undefined) ?? api.get<T>(path);
}
