// What is wrong with a plan, all at once and with the names in it. The server checks again (crates/siaga-core/src/roster.rs).
import type { Pattern, Plan } from '../../api/types';

export const NEEDED: Record<Pattern, number> = { three_shifts: 3, four_crews: 4, day24_off48: 3, night_of_one: 2 };

export type Fault =
  | { kind: 'few'; needed: number }
  | { kind: 'nameless'; at: number }
  | { kind: 'same_crew'; name: string }
  | { kind: 'empty'; crew: string }
  | { kind: 'twice'; person: string; crews: string[] };

const same = (one: string, other: string) => one.localeCompare(other, 'id', { sensitivity: 'base' }) === 0;

export function faults(plan: Plan): Fault[] {
  const found: Fault[] = [];
  if (plan.crews.length < NEEDED[plan.pattern]) found.push({ kind: 'few', needed: NEEDED[plan.pattern] });
  const seats: { person: string; crews: string[] }[] = [];
  plan.crews.forEach((crew, at) => {
    const name = crew.name || String(at + 1);
    if (crew.name === '') found.push({ kind: 'nameless', at });
    else if (plan.crews.slice(0, at).some((other) => same(other.name, crew.name))) found.push({ kind: 'same_crew', name });
    if (crew.people.length === 0) found.push({ kind: 'empty', crew: name });
    for (const person of crew.people) {
      const known = seats.find((one) => same(one.person, person));
      if (known) known.crews.push(name);
      else seats.push({ person, crews: [name] });
    }
  });
  const twice = seats.filter((one) => one.crews.length > 1).map((one): Fault => ({ kind: 'twice', ...one }));
  return [...found, ...twice];
}

/** The names of one crew's field. */
export const peopleOf = (text: string): string[] => text.split(',').map((name) => name.trim()).filter((name) => name !== '');

/** Accounts that no crew's field names yet. */
export function unnamed(accounts: string[], fields: string[]): string[] {
  const named = fields.flatMap(peopleOf);
  return accounts.filter((one) => !named.some((name) => same(name, one)));
}

/** The field with one more name. */
export const withName = (text: string, name: string): string => [...peopleOf(text), name].join(', ');

/** Names of this field that stand in it twice or in another one too, each with the crews that have it. */
export function doubled(crews: { name: string; people: string }[], at: number): { person: string; crews: string[] }[] {
  const found = faults({ pattern: 'three_shifts', from: 0, crews: crews.map((crew, index) => ({ name: crew.name.trim() || String(index + 1), people: peopleOf(crew.people) })) });
  const own = peopleOf(crews[at]?.people ?? '');
  return found.flatMap((fault) => (fault.kind === 'twice' && own.some((name) => same(name, fault.person)) ? [{ person: fault.person, crews: fault.crews }] : []));
}
