// Whose a sheet is, when its call has left the desk: read once from the records, and again on a line that came back.
import { SvelteMap } from 'svelte/reactivity';
import { api } from '../../api/client';
import { live } from '../../api/live.svelte';
import type { CallCard, CallId, CallRow, DraftView, IntakeFields } from '../../api/types';
import { shownNumber } from '../../app/number';
import { session } from '../../app/session.svelte';
import { keptOf } from './keep';
import { placeInShort } from './place';

export interface About {
  number: string | null;
  offeredAt: number;
  fields: Partial<IntakeFields>;
}

/** What a person knows a sheet by: its place, else its type. */
export function whatOf(fields: Partial<IntakeFields>, label: { village: (code: string | null) => string | null; type: (key: string | null) => string | null }): string {
  const place = placeInShort({ landmark: fields.landmark ?? null, address: fields.address ?? null }, label.village(fields.village_code ?? null));
  return place || label.type(fields.incident_type ?? null) || '';
}

class SheetCalls {
  #known = new SvelteMap<CallId, About>();
  #asked = new Map<CallId, number>();

  /** The number of a call, from the desk or the records; undefined: not known yet. */
  numberOf(id: CallId): string | null | undefined {
    const here = live.desk?.calls.find((one) => one.call_id === id);
    if (here) return here.number;
    const number = this.#known.get(id)?.number;
    return number ? shownNumber(number) : number;
  }

  of(id: CallId): About | null {
    return this.#known.get(id) ?? null;
  }

  what(id: CallId): string {
    const about = this.#known.get(id);
    return about ? whatOf(about.fields, { village: (code) => session.villageLabel(code) ?? null, type: (key) => session.typeLabel(key) ?? null }) : '';
  }

  /** A sheet that is turned from, as it was seen last. Without its call on the desk the records are asked. */
  heard(id: CallId, fields: IntakeFields, call: CallCard | undefined): void {
    const before = this.#known.get(id);
    if (call) this.#known.set(id, { number: call.number, offeredAt: call.offered_at, fields });
    else if (before) this.#known.set(id, { ...before, fields });
  }

  /** Asks once for each connection what is not known. */
  load(ids: CallId[]): void {
    for (const id of ids) {
      if (this.#known.has(id) || this.#asked.get(id) === live.connects) continue;
      this.#asked.set(id, live.connects);
      void this.#read(id);
    }
  }

  async #read(id: CallId): Promise<void> {
    try {
      const [call, draft, kept] = await Promise.all([
        api.get<CallRow>(`/api/calls/${id}`, { retries: 0 }),
        api.get<DraftView>(`/api/calls/${id}/draft`, { retries: 0 }),
        keptOf(id),
      ]);
      this.#known.set(id, { number: call.number, offeredAt: call.offered_at, fields: { ...draft.fields, ...kept?.fields } });
    } catch {
      // Without an answer it is named when the line is back.
    }
  }
}

export const sheetCalls = new SheetCalls();
