import { expect, test } from 'vitest';
import type { SimilarReason, SimilarView } from '../../api/types';
import { reasonWords } from './similar';
import { inPlace } from './similar.svelte';

test.each<[SimilarReason, string]>([
  [{ kind: 'same_type' }, 'jenis sama'],
  [{ kind: 'distance', metres: 120 }, 'jarak 120 m'],
  [{ kind: 'words', words: ['ciracas', 'puskesmas'] }, 'sama-sama menyebut “ciracas, puskesmas”'],
  [{ kind: 'recent', minutes: 0 }, 'baru saja dilaporkan'],
  [{ kind: 'just_closed', minutes: 7 }, 'ditutup 7 mnt lalu'],
])('%o', (reason, words) => expect(reasonWords(reason)).toBe(words));

test('under the pointer no row moves', () => {
  const row = (id: string) => ({ incident_id: id }) as SimilarView;
  const ids = (list: SimilarView[]) => list.map((one) => one.incident_id).join('');
  expect(ids(inPlace([row('a'), row('b'), row('c')], [row('d'), row('c'), row('a')]))).toBe('acd');
});
