// The kelurahan's boundaries: fetched once, again only when the city changed. Without them the map has points only.
import { api } from '../../api/client';
import type { MapView, VillageView } from '../../api/types';
import { within, type Found } from './within';

class Boundaries {
  view = $state.raw<MapView>({ boundaries: [], attributions: [] });
  #asked = false;

  /** Fetches them when nobody has yet. A failure leaves the map as it is; the next opening asks again. */
  async load(again: 'again' | 'once' = 'once'): Promise<void> {
    if (this.#asked && again === 'once') return;
    this.#asked = true;
    try {
      this.view = await api.get<MapView>('/api/map', { retries: 1, deadlineMs: 10_000 });
    } catch {
      this.#asked = false;
    }
  }

  /** The kelurahan of a point. */
  at(villages: VillageView[], lat: number, lng: number): Found | null {
    return within(this.view.boundaries, villages, lat, lng);
  }
}

export const boundaries = new Boundaries();
