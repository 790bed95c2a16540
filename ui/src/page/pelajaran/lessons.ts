// The lessons as data: what stands on the practice screen, and which press leads on. Pure; nothing here reaches the server,
// and no call of it exists anywhere else.
import type { CallPhase, Lesson, SeatState } from '../../api/types';
import type { Action } from '../konsol/keys';

/** What a step waits for. */
export type Want =
  | { kind: 'press'; action: Action }
  /** A class key: shortly, or for a second. */
  | { kind: 'tap' | 'hold'; action: Action }
  /** The seat is taken. */
  | { kind: 'enter' }
  | { kind: 'pick'; field: 'place' | 'type' }
  /** The made-up caller or microphone does something by itself. */
  | { kind: 'wait'; ms: number };

export type Press = { kind: 'press' | 'tap' | 'hold'; action: Action } | { kind: 'enter' } | { kind: 'pick'; field: 'place' | 'type' } | { kind: 'wait' };

export interface PracticeCall {
  phase: Extract<CallPhase, 'ringing' | 'talking' | 'held' | 'wrap'>;
  heard: 'voice' | 'nothing' | 'key';
  muted?: true;
  /** The key whose class it has. */
  given?: Action;
}

/** What the practice screen shows while a step waits. */
export interface Scene {
  seat: Extract<SeatState, 'ready' | 'ringing' | 'talking' | 'wrap'> | 'none';
  /** The microphone check is open. */
  check?: 'quiet' | 'heard';
  call?: PracticeCall;
  /** A caller stands with the silent lines. */
  silent?: true;
  undo?: Action;
  recall?: true;
  sheet?: 'place' | 'type' | 'ready' | 'sent';
}

export interface Step {
  scene: Scene;
  want: Want;
}

export interface Plan {
  lesson: Lesson;
  steps: Step[];
  /** How the screen is left. */
  end: Scene;
}

const press = (action: Action): Want => ({ kind: 'press', action });
const ringing = (heard: PracticeCall['heard'] = 'voice'): Scene => ({ seat: 'ringing', call: { phase: 'ringing', heard } });
const talking = (more: Partial<PracticeCall> = {}, scene: Partial<Scene> = {}): Scene => ({ seat: 'talking', call: { phase: 'talking', heard: 'voice', ...more }, ...scene });
const wrap = (given?: Action, scene: Partial<Scene> = {}): Scene => ({ seat: 'wrap', call: { phase: 'wrap', heard: 'voice', ...(given && { given }) }, ...scene });
const READY: Scene = { seat: 'ready' };

/** As long as a sentence takes. */
const SENTENCE_MS = 1_500;
/** As long as a made-up caller thinks before they press a key. */
const SIGN_MS = 2_500;

/** In the order of teaching. */
export const PLANS: Plan[] = [
  {
    lesson: 'seat',
    steps: [
      { scene: { seat: 'none' }, want: press('ready') },
      { scene: { seat: 'none', check: 'quiet' }, want: { kind: 'wait', ms: SENTENCE_MS } },
      { scene: { seat: 'none', check: 'heard' }, want: { kind: 'enter' } },
    ],
    end: READY,
  },
  { lesson: 'answer', steps: [{ scene: ringing(), want: press('answer') }], end: talking() },
  {
    lesson: 'voice',
    steps: [
      { scene: talking(), want: press('mute') },
      { scene: talking({ muted: true }), want: press('mute') },
      { scene: talking(), want: press('hold') },
      { scene: talking({ phase: 'held' }), want: press('hold') },
    ],
    end: talking(),
  },
  {
    lesson: 'recall',
    steps: [
      { scene: talking(), want: press('recall') },
      { scene: talking({}, { recall: true }), want: press('recall') },
    ],
    end: talking(),
  },
  {
    lesson: 'nuisance',
    steps: [
      { scene: talking(), want: { kind: 'hold', action: 'prank' } },
      { scene: wrap('prank', { undo: 'prank' }), want: press('undo') },
      { scene: wrap(), want: { kind: 'tap', action: 'prank' } },
    ],
    end: wrap('prank', { undo: 'prank' }),
  },
  {
    lesson: 'silent',
    steps: [
      { scene: ringing('nothing'), want: press('answer') },
      { scene: talking({ heard: 'nothing' }), want: press('ask') },
      { scene: { seat: 'ready', silent: true }, want: { kind: 'wait', ms: SIGN_MS } },
      { scene: ringing('key'), want: press('answer') },
    ],
    end: talking({ heard: 'key' }),
  },
  {
    lesson: 'incident',
    steps: [
      { scene: ringing(), want: press('answer') },
      { scene: talking(), want: { kind: 'tap', action: 'incident' } },
      { scene: talking({ given: 'incident' }, { sheet: 'place' }), want: { kind: 'pick', field: 'place' } },
      { scene: talking({ given: 'incident' }, { sheet: 'type' }), want: { kind: 'pick', field: 'type' } },
      { scene: talking({ given: 'incident' }, { sheet: 'ready' }), want: press('send') },
      { scene: talking({ given: 'incident' }, { sheet: 'sent' }), want: { kind: 'hold', action: 'incident' } },
      { scene: wrap('incident', { sheet: 'sent' }), want: press('ready') },
    ],
    end: READY,
  },
];

/** done: the step is over. short: let go too soon. other: another key than the one that is taught. nothing: of no meaning here. */
export type Heard = 'done' | 'short' | 'other' | 'nothing';

export function heard(want: Want, press: Press): Heard {
  if (press.kind === 'enter' || press.kind === 'wait') return press.kind === want.kind ? 'done' : 'nothing';
  if (press.kind === 'pick') return want.kind === 'pick' && want.field === press.field ? 'done' : 'nothing';
  if (press.action === 'back') return 'nothing';
  if (!('action' in want) || want.action !== press.action) return 'other';
  return want.kind === 'hold' && press.kind === 'tap' ? 'short' : 'done';
}

export const planOf = (lesson: Lesson): Plan => PLANS.find((plan) => plan.lesson === lesson) as Plan;

/** The first that is not done, from this one on and round again; null: all are. */
export function nextLesson(done: readonly Lesson[], after: Lesson | null = null): Lesson | null {
  const from = PLANS.findIndex((plan) => plan.lesson === after) + 1;
  const round = [...PLANS.slice(from), ...PLANS.slice(0, from)];
  return round.find((plan) => !done.includes(plan.lesson))?.lesson ?? null;
}
