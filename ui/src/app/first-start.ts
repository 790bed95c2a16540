// What the first start tells the page after it: the name that can sign in. Kept in this tab only.
const KEY = 'siaga.siap';

export function keepReady(user: string): void {
  sessionStorage.setItem(KEY, user);
}

/** The name, until somebody signed in with it. */
export function readyFor(): string | null {
  return sessionStorage.getItem(KEY);
}

export function forgetReady(): void {
  sessionStorage.removeItem(KEY);
}
