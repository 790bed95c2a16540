// Where campaigns lie under a row of months, in months from its left edge. Pure.
import type { CampaignView } from '../../api/types';
import { toIso } from '../regu/days';
import { written } from './period';

export interface Band { id: string; name: string; first: number; last: number; from: number; to: number }

export const dayWord = (day: number) => written(toIso(day));

/** Months since year 0, with the part of the month that is over at the beginning of the day. */
function at(day: number, plus: 0 | 1): number {
  const [year, month, of] = [Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100];
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return year * 12 + month - 1 + (of - 1 + plus) / length;
}

/** Of campaigns that were not cancelled and touch the months (`2020-01`), which follow each other; the earliest first. */
export function bandsOf(months: string[], campaigns: CampaignView[]): Band[] {
  const first = months[0];
  if (!first) return [];
  const left = at(Number(`${first.replace('-', '')}01`), 0);
  const inside = (value: number) => Math.min(Math.max(value - left, 0), months.length);
  return campaigns
    .filter((one) => one.state !== 'cancelled')
    .map((one) => ({ id: one.campaign_id, name: one.campaign.name, first: one.campaign.first, last: one.campaign.last, from: inside(at(one.campaign.first, 0)), to: inside(at(one.campaign.last, 1)) }))
    .filter((band) => band.to > band.from)
    .sort((a, b) => a.first - b.first);
}
