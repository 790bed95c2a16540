import { expect, test } from 'vitest';
import type { CardView, CityView } from '../../api/types';
import { cityChanges, voidedCards } from './city';

const city = (more: Partial<CityView> = {}): CityView => ({
  key: 'serang', name: 'Kota Serang', zone: 'Asia/Jakarta', zone_label: 'WIB', incident_types: [{ key: 'fire', short: 'KB', label: 'Kebakaran', aliases: [] }],
  agencies: [{ key: 'damkar', label: 'Damkar', name: 'Pemadam' }, { key: 'pmi', label: 'PMI', name: 'PMI' }], districts: [], villages: [], sub_reasons: [], cards: [], ...more,
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

test('a card whose words changed is named, and its sign-off with it', () => {
  const card = (tell: string, state: CardView['sign_off']): CardView => ({ key: 'rjp', title: 'RJP', types: [], bpm: 110, sign_off: state, fingerprint: tell, steps: [{ key: 'a', ask: null, answers: [], tell: [tell], next: null }] });
  const now = city({ cards: [card('Tekan', { state: 'signed', by: 'PSC', on: '2026-12-01' })] });
  const next = city({ cards: [card('Tekan kuat', { state: 'text_changed', by: 'PSC', on: '2026-12-01' })] });
  expect(cityChanges(now, next)).toEqual([{ what: 'cards', how: 'changed', names: ['RJP'] }]);
  expect([voidedCards(now), voidedCards(next)]).toEqual([[], ['RJP']]);
});
