// The last that was heard of a task, kept on the phone: the page opens with it where there is no signal.
import type { TaskView } from '../../api/types';

export interface Kept {
  task: TaskView;
  /** ms, by this phone. */
  heardAt: number;
}

export function readKept(text: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? 'null') as Kept | null;
    return kept && typeof kept.heardAt === 'number' && typeof kept.task?.incident_number === 'number' && Array.isArray(kept.task.next) ? kept : null;
  } catch {
    return null;
  }
}

/** Lets the page open without a network next time. Without this everything works, with signal. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/tugas-sw.js', { scope: '/tugas/' });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname);
    active?.postMessage([...new Set(loaded)].filter((path) => path.startsWith('/assets/')));
  } catch {
    // Plain http on a telephone: no worker there.
  }
}
