// The notices of this screen as they are now, and what their buttons do.
import { api } from '../api/client';
import { live } from '../api/live.svelte';
import type { FoundReal, ReviewBoard } from '../api/types';
import { ringsAt } from '../page/konsol/calls';
import { desk } from '../page/konsol/console.svelte';
import { station } from '../station/station.svelte';
import { noticesOf, type Deed } from './notices';
import { route } from './route.svelte';
import { session } from './session.svelte';

class Notices {
  page = $state('');
  /** The seat's microphone is being checked, before the seat is taken. */
  checking = $state(false);
  #found = $state(0);
  #overdue = $state(0);

  readonly ringing = $derived(station.elsewhere ? null : ringsAt(live.desk?.calls ?? [], station.mySeat?.seat ?? null));
  readonly list = $derived(
    noticesOf({
      page: this.page,
      staleMs: live.stale ? live.ageMs : null,
      links: live.desk?.links ?? null,
      ringing: this.ringing,
      lost: station.lost,
      station: station.mySeat ? station.state : null,
      inCall: station.myCall !== null && station.myCall !== undefined,
      lead: station.myCall?.supervision ?? null,
      handoverMs: this.page === 'serah-terima' || !live.desk?.handover_since ? null : (live.now - live.desk.handover_since) / 1_000,
      incidents: desk.incidents,
      found: this.page === 'mutu' ? 0 : this.#found,
      overdue: this.page === 'mutu' ? 0 : this.#overdue,
    }),
  );

  perform(deed: Deed): void {
    const cut = station.lost?.call;
    // Its button goes with its deed: the focus stays on the page, where every key is heard.
    if (deed === 'understood' || deed === 'here' || deed === 'reconnect') document.getElementById('isi')?.focus();
    switch (deed) {
      case 'answer':
        if (this.ringing) {
          desk.answer(this.ringing);
          route.go('/konsol');
        }
        return;
      case 'take': return void (this.checking = true);
      case 'sheet': return cut ? void desk.openSheet(cut.call_id) : undefined;
      case 'understood': return void (station.lost = null);
      case 'here': return void station.moveHere();
      case 'reconnect': return void station.connect();
    }
  }

  /** What is left undone in quality, for who answers for it: calls taken for nuisance that were real, reviews that are late. */
  followQuality(): (() => void) | undefined {
    if (session.me?.role !== 'shift_lead') return undefined;
    const load = async () => {
      try {
        const [found, board] = await Promise.all([api.get<FoundReal[]>('/api/codings/found'), api.get<ReviewBoard>('/api/reviews')]);
        [this.#found, this.#overdue] = [found.length, board.due.filter((one) => one.overdue).length];
      } catch {
        // the next change or reconnect asks again; the page itself says what fails
      }
    };
    void load();
    const timer = setInterval(() => void load(), QUALITY_AGAIN_MS);
    const stop = live.on(['reviews'], () => void load());
    return () => {
      clearInterval(timer);
      stop();
    };
  }
}

/** What is due grows old without any change. */
const QUALITY_AGAIN_MS = 600_000;

export const notices = new Notices();
