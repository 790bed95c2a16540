// Walking a question card. Pure: the server spelt out every way, this only follows.
import type { CardAnswerLine, CardAnswerView, CardChoice, CardPlace, CardStepView, CardView, OpenQuestion } from '../api/types';

/** Where a person stands (null: at the end), and by which steps they came. */
export interface Trail {
  passed: CardPlace[];
  at: CardPlace | null;
}

export interface Shown {
  card: CardView;
  step: CardStepView;
}

/** The card of an incident type; the one of every call where it has none. */
export function cardFor(cards: CardView[], type: string | null): CardView | null {
  return cards.find((card) => type !== null && card.types.includes(type)) ?? cards.find((card) => card.types.includes('*')) ?? null;
}

export function begin(card: CardView): Trail {
  return { passed: [], at: card.steps[0] ? { card: card.key, step: card.steps[0].key } : null };
}

export function shownAt(cards: CardView[], place: CardPlace | null): Shown | null {
  const card = place && cards.find((one) => one.key === place.card);
  const step = card && card.steps.find((one) => one.key === place.step);
  return card && step ? { card, step } : null;
}

export const answerOf = (step: CardStepView, digit: number): CardAnswerView | undefined => step.answers.find((one) => one.digit === digit);

/** One step on; null: the step has no such choice. */
export function choose(trail: Trail, step: CardStepView, choice: CardChoice): Trail | null {
  if (!trail.at) return null;
  const passed = [...trail.passed, trail.at];
  if (choice.kind === 'answered') {
    const answer = answerOf(step, choice.digit);
    return answer ? { passed, at: answer.to } : null;
  }
  return choice.kind === 'told' && step.ask !== null ? null : { passed, at: step.next };
}

/** One step back; at the first it stays. */
export function back(trail: Trail): Trail {
  const last = trail.passed.at(-1);
  return last ? { passed: trail.passed.slice(0, -1), at: last } : trail;
}

export const placeKey = (place: CardPlace): string => `${place.card}/${place.step}`;

/** From the card's first step as far as the choices lead: where a reloaded page goes on. */
export function resume(cards: CardView[], card: CardView, chosen: Map<string, CardChoice>): Trail {
  let trail = begin(card);
  for (;;) {
    const shown = shownAt(cards, trail.at);
    const choice = trail.at && chosen.get(placeKey(trail.at));
    const next = shown && choice ? choose(trail, shown.step, choice) : null;
    if (!next) return trail;
    trail = next;
  }
}

/** Steps on the longest way from a place to the end. No way comes back, so this ends. */
export function longest(cards: CardView[], place: CardPlace | null, known = new Map<string, number>()): number {
  const shown = shownAt(cards, place);
  if (!place || !shown) return 0;
  const key = placeKey(place);
  const held = known.get(key);
  if (held !== undefined) return held;
  const ways = shown.step.ask === null ? [shown.step.next] : [shown.step.next, ...shown.step.answers.map((one) => one.to)];
  const steps = 1 + Math.max(...ways.map((to) => longest(cards, to, known)));
  known.set(key, steps);
  return steps;
}

export const askedText = (step: CardStepView): string => step.ask ?? step.tell.join('\n');

/** What nobody has answered: several callers of one incident are asked the same. */
export function stillOpen(open: OpenQuestion[], lines: CardAnswerLine[]): OpenQuestion[] {
  const done = new Set(lines.filter((one) => !one.corrected && one.choice.kind !== 'skipped').map((one) => one.asked));
  return open.filter((one, index) => !done.has(one.asked) && open.findIndex((other) => other.asked === one.asked) === index);
}

export type Act = { do: 'choose'; choice: CardChoice } | { do: 'back' } | { do: 'beat' } | { do: 'onward' };

/** What a key means on a step (null: at the end); nothing with Alt or Ctrl, they belong to the console. */
export function actOf(event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>, step: CardStepView | null): Act | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === '0' || event.key === 'Backspace' || event.key === 'ArrowLeft') return { do: 'back' };
  if (event.key === 'm' || event.key === 'M') return { do: 'beat' };
  if (!step) return event.key === 'Enter' ? { do: 'onward' } : null;
  if (step.ask === null) return event.key === 'Enter' || event.key === ' ' || event.key === 'ArrowRight' ? { do: 'choose', choice: { kind: 'told' } } : null;
  if (event.key === 'ArrowRight') return { do: 'choose', choice: { kind: 'skipped' } };
  const answer = /^[1-9]$/.test(event.key) ? answerOf(step, Number(event.key)) : undefined;
  return answer ? { do: 'choose', choice: { kind: 'answered', digit: answer.digit, say: answer.say } } : null;
}
