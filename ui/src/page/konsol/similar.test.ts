import { expect, test } from 'vitest';
import type { SimilarReason } from '../../api/types';
import { reasonWords } from './similar';

test.each<[SimilarReason, string]>([
  [{ kind: 'same_type' }, 'jenis sama'],
  [{ kind: 'distance', metres: 120 }, 'jarak 120 m'],
  [{ kind: 'words', words: ['ciracas', 'puskesmas'] }, 'sama-sama menyebut “ciracas, puskesmas”'],
  [{ kind: 'recent', minutes: 0 }, 'baru saja dilaporkan'],
  [{ kind: 'just_closed', minutes: 7 }, 'ditutup 7 mnt lalu'],
])('%o', (reason, words) => expect(reasonWords(reason)).toBe(words));
