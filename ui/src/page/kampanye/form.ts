// What is typed on the form, and the campaign it says. The server checks it; here only what it could not even read.
import type { Campaign, CampaignKind } from '../../api/types';
import { kampanye } from '../../words/kampanye';
import { fromIso, toIso } from '../regu/days';

export const WINDOWS = [28, 56, 91];
/** The fields in the order in which they stand: the first wrong one gets the focus. */
export const FIELDS = ['name', 'kind', 'first', 'last', 'window', 'villages', 'audience', 'organiser', 'reached', 'notes', 'reason'] as const;
export type Field = (typeof FIELDS)[number];
export type Faults = Partial<Record<string, string>>;

/** Stands in the list of agencies for somebody else. */
export const OTHER = '\u0000';

export interface Typed {
  name: string; kind: CampaignKind | ''; first: string; last: string; window: number; wide: boolean; villages: string[]; audience: string;
  agency: string; organiser: string; people: number | null; countedHow: string; notes: string; reason: string;
}

export function typed(campaign: Campaign | null): Typed {
  if (!campaign) {
    return { name: '', kind: '', first: '', last: '', window: 28, wide: true, villages: [], audience: '', agency: '', organiser: '', people: null, countedHow: '', notes: '', reason: '' };
  }
  const { organiser, reached } = campaign;
  return {
    name: campaign.name, kind: campaign.kind, first: toIso(campaign.first), last: toIso(campaign.last), window: campaign.window, wide: campaign.villages.length === 0, villages: [...campaign.villages], audience: campaign.audience,
    agency: 'agency' in organiser ? organiser.agency : OTHER, organiser: 'other' in organiser ? organiser.other : '', people: reached?.people ?? null, countedHow: reached?.counted_how ?? '', notes: campaign.notes, reason: '',
  };
}

/** The campaign, or what no request can say. An empty day is day 0: the server names it. */
export function campaignOf(form: Typed): Campaign | Faults {
  const faults: Faults = {};
  if (form.kind === '') faults['kind'] = kampanye.kindMissing;
  if (!form.wide && form.villages.length === 0) faults['villages'] = kampanye.villageMissing;
  // An emptied number field has no value.
  const people = form.people ?? null;
  if (people === null && form.countedHow.trim() !== '') faults['reached'] = kampanye.countMissing;
  if (people !== null && (!Number.isInteger(people) || people < 0)) faults['reached'] = kampanye.countWhole;
  if (Object.keys(faults).length > 0 || form.kind === '') return faults;
  return {
    name: form.name, kind: form.kind, first: fromIso(form.first || '0'), last: fromIso(form.last || '0'), window: form.window, villages: form.wide ? [] : form.villages, audience: form.audience,
    organiser: form.agency === OTHER || form.agency === '' ? { other: form.organiser } : { agency: form.agency },
    reached: people === null ? null : { people, counted_how: form.countedHow }, notes: form.notes,
  };
}

export const isCampaign = (one: Campaign | Faults): one is Campaign => 'first' in one && typeof one.first === 'number';
