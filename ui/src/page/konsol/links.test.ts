import { expect, test } from 'vitest';
import type { LinkThread, PositionView } from '../../api/types';
import { apart, isTaken, metresShort, news, oldestUnread, positionOf, rounded, threadOf, unreadOf } from './links';

const at = (radius_m: number): PositionView => ({ lat: -6.1200004, lng: 106.1500004, radius_m, at: 1, source: 'link' });
const line = (line_id: string, by: string | null, read: boolean) => ({ line_id, at: 1, by, text: `teks ${line_id}`, photo: null, read });
const thread = (call: string, number: string | null, more: Partial<LinkThread> = {}): LinkThread => ({
  call_id: call, calls: [call], number, link: null, position: null, lines: [], unread: 0, no_link: null, ...more,
});

test('a thread is found by its call, else by its number', () => {
  const all = [thread('a', '0812'), thread('b', '0813')];
  for (const [call, number, found] of [['a', '0813', 'a'], ['x', '0813', 'b'], ['x', null, undefined], ['x', '0899', undefined]] as const) {
    expect(threadOf(all, { call_id: call, number })?.call_id).toBe(found);
  }
  expect(threadOf(all, null)).toBeNull();
});

test('what is written down is suggested before what the desk heard', () => {
  expect(positionOf(thread('a', null, { position: at(18) }), { position: at(900) })?.radius_m).toBe(18);
  expect(positionOf(null, { position: at(900) })?.radius_m).toBe(900);
  expect(positionOf(null, null)).toBeNull();
});

test('a point that the sheet has is not offered again', () => {
  const point = rounded(at(18));
  expect(isTaken(at(18), point.lat, point.lng)).toBe(true);
  expect(isTaken(at(18), -6.1201, point.lng)).toBe(false);
  expect(isTaken(at(18), null, null)).toBe(false);
});

test('metres are short', () => {
  expect([18.4, 999, 1_500].map(metresShort)).toEqual(['18 m', '999 m', '1,5 km']);
});

test('only what callers wrote since the last look is news', () => {
  const all = [thread('a', '0812', { lines: [line('1', null, false), line('2', 'Rina', false), line('3', null, true), line('4', null, false)] })];
  expect(news(all, null)).toEqual([]);
  expect(news(all, new Set(['1'])).map((one) => one.text)).toEqual(['teks 4']);
});

test('a thread stands apart while something is unread or its link lives', () => {
  const link = { link_id: 'l', sent_at: 1, sent_by: null, expires_at: 100, opened_at: null, delivery: 'delivered' as const, channel: 'page' };
  const own = thread('m', '0811', { lines: [line('1', null, false)], unread: 1 });
  const all = [own, thread('a', '0812', { lines: [line('2', null, false)], unread: 1 }), thread('b', '0813', { lines: [line('3', null, true)], link }), thread('c', '0814', { link })];
  expect(apart(all, own, 50).map((one) => one.call_id)).toEqual(['a', 'b']);
  expect(apart(all, own, 200).map((one) => one.call_id)).toEqual(['a']);
});

test('what nobody has read is counted, by its calls too, and the oldest of it tells how late it is', () => {
  const all = [
    thread('a', '0812', { unread: 2, lines: [{ ...line('1', null, true), at: 1 }, { ...line('2', null, false), at: 5 }, { ...line('3', 'Sari', false), at: 2 }] }),
    thread('b', '0813', { unread: 1, lines: [{ ...line('4', null, false), at: 9 }] }),
  ];
  expect([unreadOf(all), unreadOf(all, ['b', 'x']), unreadOf(all, ['x']), unreadOf([])]).toEqual([3, 1, 0, 0]);
  expect([oldestUnread(all), oldestUnread([])]).toEqual([5, null]);
});
