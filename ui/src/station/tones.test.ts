import { expect, test } from 'vitest';
import { SOUNDS, SOUND_S_MAX, VOLUME_MAX, type Sound } from './tones';

const names = Object.keys(SOUNDS) as Sound[];

test.each(names)('%s is short and limited', (name) => {
  for (const note of SOUNDS[name]) {
    expect(note.volume).toBeGreaterThan(0);
    expect(note.volume).toBeLessThanOrEqual(VOLUME_MAX);
    expect(note.atS + note.lengthS).toBeLessThanOrEqual(SOUND_S_MAX);
  }
});

test('no two sounds are taken for each other: count of notes, rise or fall, or pitch by more than a whole tone', () => {
  const trend = (name: Sound) => Math.sign((SOUNDS[name].at(-1)?.hz ?? 0) - (SOUNDS[name][0]?.hz ?? 0));
  for (const a of names) {
    for (const b of names.filter((one) => one > a)) {
      const apart = Math.abs(12 * Math.log2((SOUNDS[a][0]?.hz ?? 1) / (SOUNDS[b][0]?.hz ?? 1)));
      expect(SOUNDS[a].length !== SOUNDS[b].length || trend(a) !== trend(b) || apart > 2, `${a} and ${b}`).toBe(true);
    }
  }
});
