// The unfinished line: shown, kept on this machine at once, on the server 200 ms later, and said when it is not.
import { Refusal, api, inWords, newKey } from '../../api/client';
import type { HandoverDraft, HandoverPage } from '../../api/types';
import { joined, opened, read } from './begun';

/** Leaves a save 100 ms of the promised 300 for its way. */
const AT_MOST_MS = 200;
const RETRY_MS = 2_000;

export class Note {
  text = $state('');
  savedAt = $state<number | null>(null);
  /** Since when something is not saved, by this machine's clock; 0: all is. */
  unsavedSince = $state(0);
  problem = $state('');
  #revision = 0;
  #line: string | null = null;
  #loaded = false;
  #flying = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #key: string;

  constructor(user: string) {
    this.#key = `siaga.serah-terima.${user}`;
  }

  /** The server's word. Only the first one fills the field; later ones never change what a person writes. */
  heard(draft: HandoverDraft): void {
    if (this.#loaded) {
      if (this.text === draft.text) this.#took(draft);
      return;
    }
    const kept = read(localStorage.getItem(this.#key));
    const start = opened(kept, draft);
    this.#loaded = true;
    this.#line = kept?.line ?? null;
    this.text = start.text;
    this.#took(draft);
    if (start.unsaved) this.typed();
  }

  #took(draft: HandoverDraft): void {
    this.#revision = draft.revision;
    this.savedAt = draft.text === '' ? null : draft.saved_at;
  }

  #keep(): void {
    if (this.text === '' && !this.#line) return localStorage.removeItem(this.#key);
    try {
      localStorage.setItem(this.#key, JSON.stringify({ text: this.text, base: this.#revision, line: this.#line }));
    } catch {
      // Full: the server's copy follows in a moment.
    }
  }

  typed(): void {
    this.unsavedSince ||= Date.now();
    this.#line = null;
    this.#keep();
    this.#timer ??= setTimeout(() => void this.save(), AT_MOST_MS);
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#flying || this.unsavedSince === 0) return;
    this.#flying = true;
    const text = this.text;
    let again = 0;
    try {
      const draft = await api.put<HandoverDraft>('/api/handovers/draft', { base_revision: this.#revision, text }, { retries: 0 });
      this.#took(draft);
      this.problem = '';
      if (this.text === text) this.unsavedSince = 0;
      else again = AT_MOST_MS;
    } catch (error) {
      again = RETRY_MS;
      if (error instanceof Refusal && error.status === 409) await this.#rebase().catch(() => undefined);
      else this.problem = inWords(error);
    }
    this.#keep();
    this.#flying = false;
    if (again > 0) this.#timer ??= setTimeout(() => void this.save(), again);
  }

  /** Another page of this person saved: both texts stay. */
  async #rebase(): Promise<void> {
    const { draft } = await api.get<HandoverPage>('/api/handovers');
    this.#revision = draft.revision;
    this.text = joined(draft.text, this.text);
  }

  /** Puts the line into the note. */
  async add(): Promise<HandoverPage> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#line ??= newKey();
    this.#keep();
    const text = this.text;
    const page = await api.post<HandoverPage>('/api/handovers/lines', { line_id: this.#line, text });
    this.emptied(page, text);
    return page;
  }

  /** `text` stands in the note now; what was typed meanwhile stays here. */
  emptied(page: HandoverPage, text: string): void {
    this.#line = null;
    this.#took(page.draft);
    if (this.text === text) this.text = '';
    this.unsavedSince = 0;
    this.#keep();
    if (this.text !== '') this.typed();
  }
}
