// The class that a person gave last: a key pressed twice means the second thing, also when the desk has not yet said that it
// took the first.
import type { CallCard, CallId } from '../../api/types';
import type { Choice } from './calls';

/** From here on the desk has said what it took; until then the person's own key counts. */
const GIVEN_MS = 2_000;

export class GivenLast {
  #last: { call: CallId; choice: Choice; at: number } | null = null;

  /** What undoes it if the desk refuses, unless another was given since. */
  give(call: CallId, choice: Choice): () => void {
    const given = (this.#last = { call, choice, at: Date.now() });
    return () => {
      if (this.#last === given) this.#last = null;
    };
  }

  forget(): void {
    this.#last = null;
  }

  classOf(call: CallCard): Choice | null {
    const given = this.#last;
    if (given?.call === call.call_id && Date.now() - given.at < GIVEN_MS) return given.choice;
    return call.class ? { class: call.class.class, sub: call.class.sub } : null;
  }
}
