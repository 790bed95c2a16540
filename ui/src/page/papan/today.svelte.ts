// The figures of today beside the live desk: how many calls, and how many of them were answered in time.
import { untrack } from 'svelte';
import { api } from '../../api/client';
import { live } from '../../api/live.svelte';
import type { Report } from '../../api/types';
import { isoDay } from '../../app/time';

/** Changes come in bursts; figures of the day need not follow each. */
const APART_MS = 5_000;

export interface Today {
  offered: number;
  emergency: number;
  nuisance: number;
  within: number;
  answered: number;
}

/** What the wall shows of a report of one day. */
export function ofReport(report: Report): Today {
  const all = report.detail?.answer_times.find((one) => one.key === 'all');
  return {
    offered: report.offered,
    emergency: report.classes['emergency'] ?? 0,
    nuisance: report.nuisance,
    within: all?.within_10_s ?? 0,
    answered: all ? all.answered + all.left : 0,
  };
}

export class TodayFigures {
  figures = $state.raw<Today | null>(null);
  failed = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gone = false;

  async load(): Promise<void> {
    const day = isoDay(live.now);
    try {
      const figures = ofReport(await api.get<Report>(`/api/report?from=${day}&to=${day}`));
      if (this.#gone) return;
      this.figures = figures;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  start(): () => void {
    this.#gone = false;
    // The clock inside must not start it anew: an answer that comes after the next tick would be thrown away.
    untrack(() => void this.load());
    const stop = live.on(['calls'], () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.load();
      }, APART_MS);
    });
    return () => {
      this.#gone = true;
      stop();
      clearTimeout(this.#timer);
    };
  }
}
