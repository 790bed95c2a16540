import { afterEach, expect, test, vi } from 'vitest';
import { api } from '../../api/client';
import type { SimilarReason, SimilarView } from '../../api/types';
import { reasonWords } from './similar';
import { Similar, inPlace } from './similar.svelte';

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

afterEach(() => vi.restoreAllMocks());

test('a sheet is asked for once per save, and what comes while an answer is awaited is one more request', async () => {
  const answers: ((list: SimilarView[]) => void)[] = [];
  const get = vi.spyOn(api, 'get').mockImplementation(() => new Promise((resolve) => answers.push(resolve as (list: SimilarView[]) => void)));
  const answer = async () => {
    answers.shift()?.([]);
    await vi.waitFor(() => expect(similar.loading).toBe(false));
  };
  const similar = new Similar();
  similar.follow('a', 1, null);
  // An effect that runs again by what its own answer changed asks nothing.
  for (let run = 0; run < 50; run += 1) similar.follow('a', 1, null);
  expect(get).toHaveBeenCalledTimes(1);
  await answer();
  similar.follow('a', 1, null);
  expect(get).toHaveBeenCalledTimes(1);
  expect(similar).toMatchObject({ list: [], problem: '', loading: false });

  for (let save = 2; save < 50; save += 1) similar.follow('a', save, null);
  similar.refresh();
  expect(get).toHaveBeenCalledTimes(2);
  await answer();
  await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(3));
  await answer();
  similar.follow('a', 49, null);
  expect(get).toHaveBeenCalledTimes(3);
});

test('the answer for a sheet that was left is not shown, and the next sheet does not wait for it', async () => {
  const answers: ((list: SimilarView[]) => void)[] = [];
  const get = vi.spyOn(api, 'get').mockImplementation(() => new Promise((resolve) => answers.push(resolve as (list: SimilarView[]) => void)));
  const similar = new Similar();
  similar.follow('a', 1, null);
  similar.follow('b', 1, null);
  expect(get.mock.calls.map(([path]) => path)).toEqual(['/api/calls/a/similar', '/api/calls/b/similar']);
  answers[1]?.([{ incident_id: 'of-b' } as SimilarView]);
  await vi.waitFor(() => expect(similar.list).toHaveLength(1));
  answers[0]?.([{ incident_id: 'of-a' } as SimilarView]);
  await Promise.resolve();
  await Promise.resolve();
  expect(similar.list[0]?.incident_id).toBe('of-b');
});
