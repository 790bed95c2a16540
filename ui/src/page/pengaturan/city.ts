// What another city document would change of the words and places that people see. Pure.
import type { CityView } from '../../api/types';

export interface Change {
  what: 'name' | 'types' | 'agencies' | 'districts' | 'villages' | 'cards';
  how: 'added' | 'removed' | 'changed';
  names: string[];
}

type Entry = { id: string; name: string; all: string };

function parts(city: CityView): [Change['what'], Entry[]][] {
  const entry = (id: string, name: string, whole: unknown): Entry => ({ id, name, all: JSON.stringify(whole) });
  return [
    ['name', [entry('city', city.name, [city.key, city.name, city.zone, city.zone_label])]],
    ['types', city.incident_types.map((one) => entry(one.key, one.label, one))],
    ['agencies', city.agencies.map((one) => entry(one.key, one.label, one))],
    ['districts', city.districts.map((one) => entry(one.code, one.name, one))],
    ['cards', city.cards.map((one) => entry(one.key, one.title, one))],
    ['villages', city.villages.map((one) => entry(one.code, one.name, one))],
  ];
}

export function cityChanges(now: CityView, next: CityView): Change[] {
  const before = new Map(parts(now));
  return parts(next).flatMap(([what, entries]) => {
    const old = new Map((before.get(what) ?? []).map((one) => [one.id, one]));
    const kept = new Set(entries.map((one) => one.id));
    const names = { added: entries.filter((one) => !old.has(one.id)), removed: [...old.values()].filter((one) => !kept.has(one.id)), changed: entries.filter((one) => old.has(one.id) && old.get(one.id)?.all !== one.all) };
    return (['added', 'removed', 'changed'] as const).filter((how) => names[how].length > 0).map((how) => ({ what, how, names: names[how].map((one) => one.name) }));
  });
}

/** Cards of a document whose sign-off was given for other words than they have now. */
export const voidedCards = (city: CityView): string[] => city.cards.filter((one) => one.sign_off.state === 'text_changed').map((one) => one.title);
