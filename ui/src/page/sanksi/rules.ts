// The rules as a form: sections of keys, each a number or a text. What the server adds appears by itself.
import type { PolicyText } from '../../api/types';

export interface Rule {
  section: string;
  key: string;
  value: Value;
}

/** Numbers, texts, yes or no, lists of numbers (`25000, 120000`) and of telephones (`Koordinator: 0899...; ...`). */
export type Value = number | string | boolean | number[] | string[] | null;

/** Sections in the order they are read. */
const ORDER = ['sanction', 'screening', 'queue', 'overflow', 'notice'];

/** Every rule of a policy, section by section. */
export function rulesOf(policy: PolicyText): Rule[] {
  const place = (section: string) => (ORDER.includes(section) ? ORDER.indexOf(section) : ORDER.length);
  return Object.entries(policy)
    .filter((entry): entry is [string, Record<string, Value>] => typeof entry[1] === 'object' && entry[1] !== null)
    .sort(([a], [b]) => place(a) - place(b))
    .flatMap(([section, rules]) => Object.entries(rules).map(([key, value]) => ({ section, key, value })));
}

/** The policy with one rule set. */
export function withRule(policy: PolicyText, { section, key, value }: Rule): PolicyText {
  const rules = policy[section];
  const held = typeof rules === 'object' && rules !== null ? rules : {};
  return { ...policy, [section]: { ...held, [key]: value } };
}

/** What a field of the form says: a number, nothing, or the text as it is. */
export function read(text: string, before: Value): Value {
  if (typeof before === 'string') return text;
  if (typeof before === 'boolean') return text === 'true';
  if (Array.isArray(before)) {
    const numbers = text.split(/[,;\s]+/).filter((one) => one !== '').map(Number);
    return numbers.every(Number.isFinite) ? numbers : before;
  }
  if (text.trim() === '') return null;
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : before;
}

/** The telephones outside, one after the other. */
export function readTelephones(text: string): string[] {
  return text.split(';').map((one) => one.trim()).filter((one) => one !== '');
}

/** A rule's value as a field shows it. */
export function shownValue(value: Value): string {
  return Array.isArray(value) ? value.join(typeof value[0] === 'string' ? '; ' : ', ') : String(value ?? '');
}

/** Whether two values say the same. */
export function same(a: Value | undefined, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
