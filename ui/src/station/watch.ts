// Tells a seat that was lost from one that was left. Pure.

export class SeatWatch<Call> {
  #held: { call: Call | null; connects: number } | null;

  /** `before`: this tab had a seat before its page was loaded. */
  constructor(before: boolean) {
    this.#held = before ? { call: null, connects: 0 } : null;
  }

  /**
   * What the desk shows now: the seat's call, `null` for a seat without one, `undefined` for no seat. Gives what was
   * lost when the seat vanished while the stream was away; one that vanishes before our eyes was left in another tab.
   */
  look(call: Call | null | undefined, connects: number): { call: Call | null } | null {
    const held = this.#held;
    if (call !== undefined) {
      this.#held = { call, connects };
      return null;
    }
    // The first look may be an answer that came before the stream.
    if (!held || connects === 0) return null;
    this.#held = null;
    return connects > held.connects ? { call: held.call } : null;
  }
}
