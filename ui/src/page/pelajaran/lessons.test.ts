import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../api/types';
import { id } from '../../words/pelajaran.id';
import { en } from '../../words/pelajaran.en';
import { ACTIONS, type Action } from '../konsol/keys';
import { heard, nextLesson, PLANS, type Heard, type Press, type Want } from './lessons';

const press = (action: Action, kind: 'press' | 'tap' | 'hold' = 'press'): Press => ({ kind, action });

describe('what a press means', () => {
  const rows: [string, Want, Press, Heard][] = [
    ['the key that is taught', { kind: 'press', action: 'answer' }, press('answer'), 'done'],
    ['another key', { kind: 'press', action: 'answer' }, press('hold'), 'other'],
    ['a class key held', { kind: 'hold', action: 'prank' }, press('prank', 'hold'), 'done'],
    ['let go too soon', { kind: 'hold', action: 'prank' }, press('prank', 'tap'), 'short'],
    ['another class', { kind: 'hold', action: 'prank' }, press('ghost', 'hold'), 'other'],
    ['held where a tap does', { kind: 'tap', action: 'prank' }, press('prank', 'hold'), 'done'],
    ['Esc steps back and spoils nothing', { kind: 'press', action: 'answer' }, press('back'), 'nothing'],
    ['a place', { kind: 'pick', field: 'place' }, { kind: 'pick', field: 'place' }, 'done'],
    ['the other field', { kind: 'pick', field: 'place' }, { kind: 'pick', field: 'type' }, 'nothing'],
    ['Enter at the check', { kind: 'enter' }, { kind: 'enter' }, 'done'],
    ['Enter elsewhere', { kind: 'press', action: 'send' }, { kind: 'enter' }, 'nothing'],
    ['a key while the caller is awaited', { kind: 'wait', ms: 1 }, press('answer'), 'other'],
    ['time', { kind: 'wait', ms: 1 }, { kind: 'wait' }, 'done'],
  ];
  it.each(rows)('%s', (_, want, pressed, expected) => expect(heard(want, pressed)).toBe(expected));
});

describe('the lessons', () => {
  it('each step has its words in both languages', () => {
    for (const words of [id, en]) {
      for (const { lesson, steps } of PLANS) expect([lesson, words.steps[lesson].length]).toEqual([lesson, steps.length]);
    }
  });

  it('teach every flow that the console promises', () => {
    const taught = new Set(PLANS.flatMap((plan) => plan.steps).map((step) => ('action' in step.want ? step.want.action : step.want.kind)));
    for (const needed of ['ready', 'enter', 'answer', 'mute', 'hold', 'recall', 'prank', 'undo', 'ask', 'incident', 'pick', 'send']) expect([...taught]).toContain(needed);
  });

  it('ask only for keys that exist, and for the next only what its screen shows', () => {
    for (const { steps, end } of PLANS) {
      for (const [index, { want, scene }] of steps.entries()) {
        if ('action' in want) expect(Object.keys(ACTIONS)).toContain(want.action);
        if (want.kind === 'pick') expect(scene.sheet).toBe(want.field);
        if ('action' in want && want.action === 'answer') expect(scene.call?.phase).toBe('ringing');
        const after = steps[index + 1]?.scene ?? end;
        expect(after).not.toEqual(scene);
      }
    }
  });

  it('go on with the first that is not done, round again', () => {
    const all = PLANS.map((plan) => plan.lesson);
    const rows: [Lesson[], Lesson | null, Lesson | null][] = [
      [[], null, 'seat'],
      [['seat'], null, 'answer'],
      [['seat'], 'answer', 'voice'],
      [['incident'], 'incident', 'seat'],
      [all.filter((one) => one !== 'recall'), 'incident', 'recall'],
      [all, 'seat', null],
    ];
    for (const [done, after, next] of rows) expect(nextLesson(done, after)).toBe(next);
  });
});
