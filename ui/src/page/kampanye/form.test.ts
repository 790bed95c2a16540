import { expect, test } from 'vitest';
import type { Campaign } from '../../api/types';
import { OTHER, campaignOf, isCampaign, typed } from './form';

const campaign: Campaign = {
  name: 'Siaran radio', kind: 'radio', first: 20200601, last: 20200614, villages: ['36.73.01.1001'], audience: 'Semua', organiser: { agency: 'damkar' }, notes: '', reached: { people: 40, counted_how: 'daftar hadir' }, window: 56,
};

test('what was entered comes back as it was', () => {
  expect(campaignOf(typed(campaign))).toEqual(campaign);
  const other: Campaign = { ...campaign, organiser: { other: 'Karang Taruna' }, reached: null, villages: [] };
  expect(typed(other)).toMatchObject({ agency: OTHER, wide: true, people: null });
  expect(campaignOf(typed(other))).toEqual(other);
});

test('the whole city has no list of kelurahan, whatever was ticked', () => {
  expect(campaignOf({ ...typed(campaign), wide: true })).toMatchObject({ villages: [] });
});

test('what no request can say is told here', () => {
  const faults = campaignOf({ ...typed(null), countedHow: 'daftar hadir', wide: false });
  expect(isCampaign(faults)).toBe(false);
  expect(Object.keys(faults)).toEqual(['kind', 'villages', 'reached']);
  for (const people of [12.5, -1]) expect(Object.keys(campaignOf({ ...typed(campaign), people }))).toEqual(['reached']);
  expect(campaignOf({ ...typed(null), kind: 'radio' })).toMatchObject({ first: 0, last: 0, organiser: { other: '' } });
});
