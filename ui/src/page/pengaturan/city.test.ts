import { expect, test } from 'vitest';
import type { CityView } from '../../api/types';
import { cityChanges } from './city';

const city = (more: Partial<CityView> = {}): CityView => ({
  key: 'serang', name: 'Kota Serang', zone: 'Asia/Jakarta', zone_label: 'WIB', incident_types: [{ key: 'fire', short: 'KB', label: 'Kebakaran', aliases: [] }],
  agencies: [{ key: 'damkar', label: 'Damkar', name: 'Pemadam' }, { key: 'pmi', label: 'PMI', name: 'PMI' }], districts: [], villages: [], sub_reasons: [], ...more,
});

test('the same city changes nothing', () => expect(cityChanges(city(), city())).toEqual([]));

test('what comes, goes and changes is named', () => {
  const next = city({ name: 'Kota Lain', agencies: [{ key: 'damkar', label: 'Damkar Kota', name: 'Pemadam' }, { key: 'bpbd', label: 'BPBD', name: 'BPBD' }] });
  expect(cityChanges(city(), next)).toEqual([
    { what: 'name', how: 'changed', names: ['Kota Lain'] },
    { what: 'agencies', how: 'added', names: ['BPBD'] },
    { what: 'agencies', how: 'removed', names: ['PMI'] },
    { what: 'agencies', how: 'changed', names: ['Damkar Kota'] },
  ]);
});
