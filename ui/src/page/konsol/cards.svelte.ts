// Answers to question cards of one call: sent one after the other, kept here until the server has them, and said so.
import { Refusal, api, newKey } from '../../api/client';
import type { CallId, CardAnswerLine, CardAnswers, CardChoice, NewCardAnswer } from '../../api/types';
import { askedText, placeKey, type Shown } from '../../card/walk';

const PREFIX = 'siaga.kartu.';
const RETRY_MS = 2_000;
/** The server read it and will never take it: trying again would change nothing. */
const NEVER = [400, 409, 413, 422];

/** An id as the server writes it. */
const asId = (key: string) => key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function kept(callId: CallId): NewCardAnswer[] {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + callId) ?? '[]') as NewCardAnswer[];
  } catch {
    return [];
  }
}

/** What stands for each step: the last answer, the unsaved ones last of all. */
export function standing(lines: CardAnswerLine[], waiting: NewCardAnswer[]): Map<string, CardChoice> {
  const all = [...lines, ...waiting.filter((one) => !lines.some((line) => line.answer_id === one.answer_id))];
  return new Map(all.map((one) => [placeKey(one), one.choice]));
}

export class CardStore {
  readonly callId: CallId;
  answers = $state.raw<CardAnswers>({ lines: [], open: [] });
  waiting = $state.raw<NewCardAnswer[]>([]);
  /** Answers that the server will not have: shown, so that a person can keep them as a note. */
  refused = $state.raw<NewCardAnswer[]>([]);
  loaded = $state(false);
  /** Whether waiting answers are late: a quick save is not worth a word. */
  late = $state(false);
  readonly chosen = $derived(standing(this.answers.lines, this.waiting));
  #sending = false;

  constructor(callId: CallId) {
    this.callId = callId;
    this.waiting = kept(callId);
    if (this.waiting.length > 0) void this.flush();
  }

  get #path(): string {
    return `/api/calls/${this.callId}/answers`;
  }

  async load(): Promise<void> {
    try {
      this.#take(await api.get<CardAnswers>(this.#path));
    } catch {
      // The walk goes on without: what is answered waits here and is sent.
      setTimeout(() => void this.load(), RETRY_MS);
    }
  }

  give({ card, step }: Shown, choice: CardChoice): void {
    const fresh = { answer_id: asId(newKey()), card: card.key, title: card.title, fingerprint: card.fingerprint, step: step.key, asked: askedText(step), choice };
    this.#keep([...this.waiting, fresh]);
    // a server that does not even refuse is late too
    setTimeout(() => { if (this.waiting.includes(fresh)) this.late = true; }, RETRY_MS);
    void this.flush();
  }

  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      const sent = next;
      try {
        this.#take(await api.post<CardAnswers>(this.#path, sent, { retries: 0 }));
        this.late = false;
      } catch (error) {
        if (!(error instanceof Refusal && NEVER.includes(error.status))) {
          this.late = true;
          setTimeout(() => void this.flush(), RETRY_MS);
          break;
        }
        this.refused = [...this.refused, sent];
      }
      this.#keep(this.waiting.filter((one) => one !== sent));
    }
    this.#sending = false;
  }

  /** Lines are only added: an answer with fewer was overtaken on its way. */
  #take(answers: CardAnswers): void {
    if (answers.lines.length >= this.answers.lines.length) this.answers = answers;
    this.loaded = true;
  }

  #keep(waiting: NewCardAnswer[]): void {
    this.waiting = waiting;
    if (waiting.length === 0) localStorage.removeItem(PREFIX + this.callId);
    else localStorage.setItem(PREFIX + this.callId, JSON.stringify(waiting));
  }
}

const stores = new Map<CallId, CardStore>();

/** One for each call of this page; what an earlier page could not send any more goes out with the first. */
export function cardsOf(callId: CallId): CardStore {
  if (stores.size === 0) {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const call = key.slice(PREFIX.length);
      stores.set(call, new CardStore(call));
    }
  }
  const store = stores.get(callId) ?? new CardStore(callId);
  stores.set(callId, store);
  return store;
}
