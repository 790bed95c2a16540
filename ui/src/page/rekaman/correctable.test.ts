import { expect, test } from 'vitest';
import { classesFor, notCorrectable } from './correctable';

test('a call that somebody answered is corrected, any other says why not', () => {
  const row = (outcome: 'answered' | 'abandoned' | 'failed' | 'deferred' | null, imported = false) => notCorrectable({ outcome, imported });
  expect([row('answered'), row(null), row('abandoned'), row('deferred'), row('answered', true)]).toEqual([null, 'open', 'unanswered', 'unanswered', 'imported']);
});

test('a silent line of ours is a ghost or something real, never a prank', () => {
  expect(classesFor({ class: 'information', direction: 'call_back' })).toEqual(['emergency', 'ghost']);
  expect(classesFor({ class: 'ghost', direction: 'incoming' })).toContain('prank');
});
