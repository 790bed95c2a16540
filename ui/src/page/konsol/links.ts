// What callers send over their location link: which thread is whose, and how a position is told. Pure.
import type { CallCard, CallbackView, LinkThread, PositionView } from '../../api/types';

/** The thread of a call: its own, or that of its number in another call (called again, called back). */
export function threadOf(threads: LinkThread[], call: { call_id: string; number: string | null } | null): LinkThread | null {
  if (!call) return null;
  return threads.find((one) => one.calls.includes(call.call_id)) ?? (call.number === null ? null : threads.find((one) => one.number === call.number)) ?? null;
}

/** The position that is suggested for a call: what is written down, else what the live desk heard. */
export function positionOf(thread: LinkThread | null, call: Pick<CallCard, 'position'> | null): PositionView | null {
  return thread?.position ?? call?.position ?? null;
}

/** Whether the sheet has this very point already. The sheet keeps six digits: a tenth of a metre. */
export function isTaken(position: PositionView, lat: number | null, lng: number | null): boolean {
  const same = (a: number, b: number | null) => b !== null && Math.abs(a - b) < 2e-6;
  return same(position.lat, lat) && same(position.lng, lng);
}

export function rounded(position: PositionView): { lat: number; lng: number } {
  return { lat: Math.round(position.lat * 1e6) / 1e6, lng: Math.round(position.lng * 1e6) / 1e6 };
}

/** 18 m, 1,5 km. */
export function metresShort(m: number): string {
  return m < 1_000 ? `${Math.round(m)} m` : `${(m / 1_000).toFixed(1).replace('.', ',')} km`;
}

/** Threads that stand apart from the live call: something unread, or a link that lives. */
export function apart(threads: LinkThread[], mine: LinkThread | null, nowUs: number): LinkThread[] {
  return threads.filter((one) => one !== mine && one.lines.some((line) => line.by === null) && (one.unread > 0 || (one.link?.expires_at ?? 0) > nowUs));
}

/** Lines of callers that nobody here has read. */
export function unreadOf(threads: LinkThread[], calls: string[] | null = null): number {
  const some = calls === null ? threads : threads.filter((one) => one.calls.some((call) => calls.includes(call)));
  return some.reduce((sum, one) => sum + one.unread, 0);
}

/** When the oldest of them was written; null: all are read. */
export function oldestUnread(threads: LinkThread[]): number | null {
  const at = threads.flatMap((one) => one.lines.filter((line) => line.by === null && !line.read).map((line) => line.at));
  return at.length > 0 ? Math.min(...at) : null;
}

/** New lines of callers since the last look, for who cannot see them. The first look tells nothing. */
export function news(threads: LinkThread[], known: Set<string> | null): { thread: LinkThread; text: string }[] {
  if (!known) return [];
  return threads.flatMap((thread) =>
    thread.lines.filter((line) => line.by === null && !line.read && !known.has(line.line_id)).map((line) => ({ thread, text: line.text })),
  );
}

export type Reach = Pick<CallCard | CallbackView, 'no_link'>;
