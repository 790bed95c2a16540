import { expect, test } from 'vitest';
import type { PlaceAnswer, PlaceHit } from '../../api/types';
import { EMPTY } from './draft';
import { besides, detail, keptLandmark, placeInShort, placeOf, rtRwProblem, villagesIn } from './place';

const hit = (more: Partial<PlaceHit>): PlaceHit => ({
  kind: 'landmark', name: 'Stasiun Serang', village_code: null, village: null, district: 'Serang', lat: null, lng: null, matched: null, approximate: true,
  outside: null, same_name: false, sure: false, source: null, ...more,
});

test('which of several it is, is always said', () => {
  expect(detail(hit({ kind: 'village', name: 'Serang', village: 'Serang', same_name: true }))).toBe('△ nama sama · Kelurahan · Kec. Serang');
  expect(detail(hit({ kind: 'neighbour', name: 'Kabupaten Serang', district: '', outside: 'Kabupaten Serang' }))).toBe('Kabupaten/kota tetangga · di luar kota');
  expect(detail(hit({ kind: 'district', name: 'Baros', district: '', outside: 'Kabupaten Serang' }))).toBe('Kecamatan · di luar kota: Kabupaten Serang');
  expect(detail(hit({ kind: 'street', name: 'Jl. Raya Cilegon', district: '' }))).toBe('Jalan · kelurahan belum diketahui');
});

test('a chosen place keeps how it is seen, and says when it lies outside', () => {
  expect(placeOf(hit({}), { relation: 'depan' })).toEqual({ landmark: 'depan Stasiun Serang' });
  expect(placeOf(hit({ kind: 'village', village_code: 'a' }))).toEqual({ landmark: null, village_code: 'a', lat: null, lng: null });
  expect(placeOf(hit({ kind: 'district', name: 'Baros', outside: 'Kabupaten Serang' })).landmark).toBe('Kec. Baros, Kabupaten Serang');
});

test('a kelurahan is added to the landmark, and takes the place of nothing else', () => {
  const mosque = { text: 'Masjid Agung', village: null, district: 'Serang' };
  expect(placeOf(hit({ kind: 'village', village_code: 'a' }), null, 'Masjid Agung')).toEqual({ landmark: 'Masjid Agung', village_code: 'a', lat: null, lng: null });
  expect(keptLandmark('Masjid Agung', 'sumur pecng', mosque, 'a')).toBe('Masjid Agung');
  expect(keptLandmark('Masjid Agung', 'Masjid Agung, sumur pecung', mosque, 'a')).toBe('Masjid Agung');
  // Written by hand, or chosen before the page was loaded anew.
  expect(keptLandmark('warung biru', 'sumur pecng', null, 'a')).toBe('warung biru');
  expect(keptLandmark('sumur pecng', 'sumur pecung', null, 'a')).toBeNull();
  expect(keptLandmark(null, 'sumur pecng', mosque, 'a')).toBeNull();
  // This one lies elsewhere: the kelurahan is another place, not more of the same.
  expect(keptLandmark('RSUD', 'sumur pecng', { text: 'RSUD', village: 'b', district: 'Serang' }, 'a')).toBeNull();
  expect(keptLandmark('RSUD', 'kota baru', { text: 'RSUD', village: 'b', district: 'Serang' }, 'b')).toBe('RSUD');
});

test('the Send bar says landmark and kelurahan', () => {
  expect(placeInShort({ landmark: 'RSUD', address: 'Jl. A' }, 'Kel. Kota Baru')).toBe('RSUD, Kel. Kota Baru');
  expect(placeInShort({ landmark: null, address: 'Blok C5' }, null)).toBe('Blok C5');
  expect(placeInShort({ landmark: ' ', address: null }, 'Kel. Kota Baru')).toBe('Kel. Kota Baru');
});

test('the kelurahan of the landmark\'s kecamatan are offered', () => {
  const all = [{ district: 'Serang' }, { district: 'Taktakan' }];
  expect(villagesIn(all, 'Serang')).toEqual([{ district: 'Serang' }]);
  expect(villagesIn(all, null)).toEqual(all);
  expect(villagesIn(all, 'Baros')).toEqual(all);
});

test('what stood in the text fills blanks only', () => {
  const said: PlaceAnswer = { hits: [], more: 0, relation: null, house: 'Blok C5', rt_rw: { text: '03/05', problem: null } };
  expect(besides(said, EMPTY)).toEqual({ rt_rw: '03/05', address: 'Blok C5' });
  expect(besides(said, { ...EMPTY, rt_rw: '1/1', address: 'x' })).toEqual({});
  expect(besides(null, EMPTY)).toEqual({});
});

test('an RT/RW that cannot be is told in words', () => {
  for (const fine of [null, '', '03/05', '3/5', 'rt 3 rw 5', 'RT.03/RW.05', '003/012', '03/-', '3', 'rw 5', 'rt 3/']) expect(rtRwProblem(fine), fine ?? 'null').toBeNull();
  for (const wrong of ['0/5', '3/512', 'dekat masjid', '3/5/7', '300/2']) expect(rtRwProblem(wrong), wrong).toMatch(/RT/);
});
