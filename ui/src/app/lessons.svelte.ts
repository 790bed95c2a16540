// How far the signed-in person is with the lessons. Kept on the server, so that it follows them to another machine.
import { api, inWords } from '../api/client';
import type { Lesson, LessonWord, LessonsView } from '../api/types';

class Lessons {
  /** Null: not known yet. */
  view = $state.raw<LessonsView | null>(null);
  problem = $state('');
  /** What the server has not taken yet. */
  #unsaved: LessonWord[] = [];

  async load(): Promise<void> {
    try {
      this.view = await api.get<LessonsView>('/api/me/lessons');
      this.problem = '';
    } catch (error) {
      this.problem = inWords(error);
    }
  }

  done(lesson: Lesson): Promise<void> {
    const view = this.view ?? { answered: true, done: [] };
    if (!view.done.includes(lesson)) this.view = { ...view, done: [...view.done, lesson] };
    return this.#tell({ kind: 'done', lesson });
  }

  /** The offer was taken or declined: it is not made again. */
  answered(): Promise<void> {
    if (this.view?.answered) return Promise.resolve();
    this.view = { answered: true, done: this.view?.done ?? [] };
    return this.#tell({ kind: 'answered' });
  }

  /** Once more what did not reach the server. */
  async retry(): Promise<void> {
    const [first, ...rest] = this.#unsaved;
    if (!first) return this.load();
    this.#unsaved = rest;
    await this.#tell(first);
    if (!this.problem && rest.length > 0) await this.retry();
  }

  async #tell(word: LessonWord): Promise<void> {
    try {
      this.view = await api.post<LessonsView>('/api/me/lessons', word);
      this.problem = '';
    } catch (error) {
      this.#unsaved = [...this.#unsaved, word];
      this.problem = inWords(error);
    }
  }
}

export const lessons = new Lessons();
