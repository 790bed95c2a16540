import { expect, test } from 'vitest';
import type { CallCard, CallbackView, SubReasonView } from '../../api/types';
import { actionOfChoice, askingOf, callBackOf, choiceOf, claimIsFree, heldChoice, holdMsOf, leavesWhenAsked, meaning, nextLine, ringsAt, signOf, silentLines, toAnswer, unrated, waiting } from './calls';
import { HOLD_MS, UNASKED_HOLD_MS } from './keys';

function call(call_id: string, more: Partial<CallCard>): CallCard {
  return {
    position: null, sent_at: null, no_link: null,
    call_id, direction: 'incoming', phase: 'ringing', number: null, offered_at: 0, answered_at: null, ended_at: null, seat: null, lane: 'a',
    suspicion: 50, reasons: [], history: '', real_before: false, speech: { kind: 'unknown' }, level_dbfs: null, keys: '', blocked: false, silent_line: false, unheard: false, answer_by: null, telephone: null, handed_off: null, supervision: null, duress: false, duress_before: false, why: '', class: null, undo_until: null, muted: false, incident_id: null, ...more,
  };
}

test.each([
  { name: 'ringing here before older ones', calls: [call('old', {}), call('mine', { seat: 2 })], seat: 2, want: 'mine' },
  { name: 'lane A before an older B', calls: [call('b', { lane: 'b' }), call('a', {})], seat: 2, want: 'a' },
  { name: 'who lost a seat before new calls', calls: [call('new', {}), call('lost', { phase: 'waiting' })], seat: 2, want: 'lost' },
  { name: 'only B left', calls: [call('b', { lane: 'b' })], seat: null, want: 'b' },
  { name: 'talking calls are never taken', calls: [call('busy', { phase: 'talking' }), call('wrap', { phase: 'wrap' })], seat: 1, want: undefined },
])('$name', ({ calls, seat, want }) => expect(toAnswer(calls, seat)?.call_id).toBe(want));

const subs: SubReasonView[] = [
  { class: 'information', key: 'question', label: '' },
  { class: 'information', key: 'phone_locked', label: '' },
  { class: 'prank', key: 'child', label: '' },
];

test('keys pressed again', () => {
  const mistake = choiceOf('mistake', null, subs);
  expect(mistake).toEqual({ class: 'ghost', sub: 'accidental' });
  expect(choiceOf('mistake', mistake, subs)).toEqual({ class: 'prank', sub: 'child' });
  let info = choiceOf('information', null, subs);
  const seen = [info?.sub];
  for (let i = 0; i < 3; i += 1) seen.push((info = choiceOf('information', info, subs))?.sub);
  expect(seen).toEqual([null, 'question', 'phone_locked', 'question']);
  expect(choiceOf('answer', null, subs)).toBeNull();
});

test('a hold keeps the reason that taps chose', () => {
  expect(heldChoice('information', { class: 'information', sub: 'question' }, subs)).toEqual({ class: 'information', sub: 'question' });
  expect(heldChoice('mistake', { class: 'prank', sub: 'child' }, subs)).toEqual({ class: 'prank', sub: 'child' });
  expect(heldChoice('ghost', { class: 'ghost', sub: 'accidental' }, subs)).toEqual({ class: 'ghost', sub: 'accidental' });
  expect(heldChoice('prank', { class: 'information', sub: 'question' }, subs)).toEqual({ class: 'prank', sub: null });
});

test('a silent line waits in its own place, and no answer key takes it', () => {
  const calls = [call('silent', { phase: 'listening', silent_line: true }), call('speaks', { phase: 'listening' }), call('mine', { phase: 'talking' })];
  expect([waiting(calls), silentLines(calls)].map((some) => some.map((one) => one.call_id))).toEqual([['speaks'], ['silent']]);
  expect(toAnswer(calls.slice(0, 1), 1)).toBeNull();
});

test('a silent line that rings at a desk is a card that the answer key takes there', () => {
  const calls = [call('waits', {}), call('parked', { phase: 'listening', silent_line: true, seat: 2 }), call('off', { phase: 'handed_off', silent_line: true, seat: 2 })];
  expect([waiting(calls), silentLines(calls)].map((some) => some.map((one) => one.call_id))).toEqual([['waits', 'parked'], ['off']]);
  expect(toAnswer(calls, 2)?.call_id).toBe('parked');
  expect([ringsAt(calls, 2), ringsAt(calls, 1), ringsAt(calls, null)].map((one) => one?.call_id)).toEqual(['parked', undefined, undefined]);
});

test.each([
  ['', { kind: 'unknown' }, null],
  ['', { kind: 'silent', since: 0 }, null],
  ['', { kind: 'noise' }, 'noise'],
  ['', { kind: 'voice' }, 'voice'],
  ['1', { kind: 'voice' }, 'keys'],
] as const)('keys "%s" and %o are the sign %s', (keys, speech, want) => expect(signOf({ keys, speech, sent_at: null })).toBe(want));

test('listening goes from line to line, from the top again, and ends with a single one', () => {
  const lines = [call('a', {}), call('b', {})];
  const heard = [null, 'a', 'b', 'gone'].map((after) => nextLine(lines, after)?.call_id);
  expect(heard).toEqual(['a', 'b', 'a', 'a']);
  expect(nextLine(lines.slice(0, 1), 'a')).toBeNull();
  expect(nextLine([], null)).toBeNull();
});

test('a claim is free for twenty seconds of a conversation', () => {
  const talking = call('x', { answered_at: 1_000_000 });
  expect([20_999_999, 21_000_000, 21_000_001].map((now) => claimIsFree(talking, now))).toEqual([true, true, false]);
});

test('one is yes, two is no, and nothing else is either', () => expect([...'120*'].map(meaning)).toEqual(['yes', 'no', null, null]));

test.each([
  [{ class: 'ghost', sub: 'accidental' }, 'mistake'], [{ class: 'prank', sub: 'child' }, 'mistake'], [{ class: 'emergency', sub: null }, 'incident'],
  [{ class: 'ghost', sub: null }, 'ghost'], [{ class: 'information', sub: 'question' }, 'information'], [null, null],
] as const)('the word of %j is its key’s: %s', (choice, action) => expect(actionOfChoice(choice)).toBe(action));

test('an ended call without a seat waits for its class, and a while for taking it back', () => {
  const given = { class: 'prank', sub: null } as const;
  const calls = [
    call('open', { phase: 'wrap' }), call('undo', { phase: 'wrap', class: given, undo_until: 9 }), call('closed', { phase: 'wrap', class: given }),
    call('seated', { phase: 'wrap', seat: 1 }), call('talking', { phase: 'talking' }),
  ];
  expect(unrated(calls).map((one) => one.call_id)).toEqual(['open', 'undo']);
});

test.each([
  ['something was heard', { unheard: false, answer_by: null }, null, HOLD_MS],
  ['nothing was heard and nobody asked', { unheard: true, answer_by: null }, 'unasked', UNASKED_HOLD_MS],
  ['the answer is awaited', { unheard: true, answer_by: 20 }, 'waiting', UNASKED_HOLD_MS],
  ['none came', { unheard: true, answer_by: 10 }, 'silent', HOLD_MS],
  ['it came', { unheard: false, answer_by: 20 }, null, HOLD_MS],
])('before a line is ended: %s', (_, call, asking, ms) => {
  expect(askingOf(call, 10)).toBe(asking);
  expect(holdMsOf(call, 10)).toBe(ms);
});

test.each([
  ['nothing was heard of who was answered', {}, true],
  ['something was heard', { unheard: false }, false],
  ['it is a silent line already', { phase: 'listening' }, false],
  ['we called them', { direction: 'call_back' }, false],
] as const)('asking leaves the seat: %s', (_, change, leaves) => {
  expect(leavesWhenAsked({ unheard: true, phase: 'talking', direction: 'incoming', ...change })).toBe(leaves);
});

test('who hung up is called back by the entry of their call, else of their number, and not while they are called', () => {
  const ended = { call_id: 'c', number: '081211120003' };
  const entry = (callback_id: string, call_id: string, number: string) => ({ callback_id, call_id, number }) as CallbackView;
  const [own, same, other] = [entry('1', 'c', '081211120003'), entry('2', 'd', '081211120003'), entry('3', 'e', '081211120004')];
  expect(callBackOf(ended, [other, same, own], [])?.callback_id).toBe('1');
  expect(callBackOf(ended, [other, same], [])?.callback_id).toBe('2');
  expect(callBackOf(ended, [other], [])).toBeNull();
  const ringing = { direction: 'call_back', number: ended.number, phase: 'ringing' } as unknown as CallCard;
  expect(callBackOf(ended, [own], [ringing])).toBeNull();
});
