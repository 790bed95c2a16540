import { expect, test } from 'vitest';
import type { BoundaryView, VillageView } from '../../api/types';
import { districts, within } from './within';

const village = (code: string, district: string, lat: number, lng: number): VillageView => ({ code, name: `K${code}`, district, lat, lng });
const square = (code: string, lat: number, lng: number): BoundaryView => ({
  code, lat, lng, rings: [[[lng - 0.005, lat - 0.005], [lng + 0.005, lat - 0.005], [lng + 0.005, lat + 0.005], [lng - 0.005, lat + 0.005]]],
});
const villages = [village('1', 'Serang', -6.12, 106.16), village('2', 'Curug', -6.12, 106.18)];

test('a point lies inside, near, or nowhere', () => {
  const all = [square('1', -6.12, 106.16), square('2', -6.12, 106.18)];
  expect(within(all, villages, -6.121, 106.161)).toEqual({ village: villages[0], sure: true });
  expect(within(all, villages, -6.12, 106.174)).toEqual({ village: villages[1], sure: false });
  expect(within(all, villages, -6.2, 106.17)).toBeNull();
  expect(within([], villages, -6.2, 106.17)?.sure).toBe(false);
  expect(within([], [], -6.2, 106.17)).toBeNull();
});

test('a hole is not inside', () => {
  const whole = square('1', -6.12, 106.16);
  const hole: BoundaryView = { ...whole, rings: [...whole.rings, [[106.159, -6.121], [106.161, -6.121], [106.161, -6.119], [106.159, -6.119]]] };
  expect(within([hole], villages, -6.12, 106.16)?.sure).toBe(false);
});

test('a kecamatan has its name in the middle of its kelurahan', () => {
  expect(districts([...villages, village('3', 'Serang', -6.14, 106.18)])[0]).toEqual({ name: 'Serang', lat: -6.13, lng: 106.17 });
});
