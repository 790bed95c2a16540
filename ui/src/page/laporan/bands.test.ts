import { expect, test } from 'vitest';
import type { CampaignState, CampaignView } from '../../api/types';
import { bandsOf } from './bands';

const view = (campaign_id: string, first: number, last: number, state: CampaignState = 'ended'): CampaignView => ({
  campaign_id, version: 1, state, cancelled: null, effect: null,
  campaign: { name: campaign_id, kind: 'radio', first, last, villages: [], audience: 'Semua', organiser: { other: 'x' }, notes: '', reached: null, window: 28 },
});

test('bands lie where their days lie, and end with the months', () => {
  const months = ['2019-12', '2020-01', '2020-02'];
  const bands = bandsOf(months, [view('c', 20200215, 20200410), view('a', 20191101, 20191231), view('b', 20200101, 20200131), view('x', 20200101, 20200131, 'cancelled'), view('y', 20200301, 20200302)]);
  expect(bands.map((band) => [band.id, Number(band.from.toFixed(6)), Number(band.to.toFixed(6))])).toEqual([['a', 0, 1], ['b', 1, 2], ['c', 2.482759, 3]]);
  expect(bandsOf([], [view('a', 20191101, 20191231)])).toEqual([]);
});
