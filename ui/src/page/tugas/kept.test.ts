import { expect, test } from 'vitest';
import { readKept } from './kept';

test('a kept task comes back with its age, a spoilt one not at all', () => {
  const kept = { task: { incident_number: 231, next: ['done'] }, heardAt: 5 };
  expect(readKept(JSON.stringify(kept))).toEqual(kept);
  for (const spoilt of [null, '', '{', '{}', '[]', '{"heardAt":5}', '{"heardAt":5,"task":{"incident_number":1}}']) expect(readKept(spoilt)).toBeNull();
});
