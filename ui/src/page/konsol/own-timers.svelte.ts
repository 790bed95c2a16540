// The timers that a person sets. They live in this browser, survive a reload and a crash, and are nobody else's.
import { newKey } from '../../api/client';
import { live } from '../../api/live.svelte';
import { OWN_TIMERS_MAX, readTimers, type OwnTimer } from './timers';

const STORED = 'siaga.pewaktu';

class OwnTimers {
  list = $state.raw<OwnTimer[]>(readTimers(localStorage.getItem(STORED)));

  /** False: as many run as may. */
  set(number: number | null, minutes: number, about: string): boolean {
    if (this.list.length >= OWN_TIMERS_MAX) return false;
    const from = live.now;
    this.#keep([...this.list, { id: newKey(), number, about, from, until: from + minutes * 60_000_000 }]);
    return true;
  }

  remove(id: string): void {
    this.#keep(this.list.filter((one) => one.id !== id));
  }

  #keep(list: OwnTimer[]): void {
    this.list = list;
    localStorage.setItem(STORED, JSON.stringify(list));
  }

  /** Another tab of this browser set or took one. */
  follow(): () => void {
    const heard = (event: StorageEvent) => {
      if (event.key === STORED) this.list = readTimers(event.newValue);
    };
    window.addEventListener('storage', heard);
    return () => window.removeEventListener('storage', heard);
  }
}

export const ownTimers = new OwnTimers();
