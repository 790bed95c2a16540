// What is under a person's pointer or cursor stays where it is, whatever comes, goes or grows above it. The list scrolls the
// other way, and gets room at its edges where it can not scroll; both are taken back when the person leaves.
import { untrack } from 'svelte';
import { steady, type Row } from './steady';

export class Still {
  /** Key of the row that a person is on. */
  anchor = $state<string | null>(null);

  #row: HTMLElement | null = null;
  #top = 0;
  #before = new Map<string, Row<unknown>[]>();

  /** For the element that scrolls. Its rows carry `data-row`. */
  attach = (box: HTMLElement): (() => void) => {
    const on = (event: Event) => this.#take((event.target as Element | null)?.closest<HTMLElement>('[data-row]') ?? null, box);
    const off = () => this.#take(this.#focused(box), box);
    const scrolled = () => this.#measure();
    const changed = () => this.#hold(box);
    const watch = new MutationObserver(changed);
    const sizes = new ResizeObserver(changed);
    watch.observe(box, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'hidden'] });
    sizes.observe(box);
    box.addEventListener('pointerover', on);
    box.addEventListener('focusin', on);
    box.addEventListener('pointerleave', off);
    box.addEventListener('focusout', off);
    box.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      watch.disconnect();
      sizes.disconnect();
      for (const [name, run] of [['pointerover', on], ['focusin', on], ['pointerleave', off], ['focusout', off], ['scroll', scrolled]] as const) box.removeEventListener(name, run);
    };
  };

  /** One of the lists in it, by its name, as it may be shown now. What the person took out by their own key goes at once. */
  rowsOf<T>(name: string, list: T[], keyOf: (item: T) => string, own: string | null = null): Row<T>[] {
    const anchor = this.anchor === own ? null : this.anchor;
    const rows = steady((this.#before.get(name) ?? []) as Row<T>[], list, keyOf, anchor);
    this.#before.set(name, rows);
    return rows;
  }

  #focused(box: HTMLElement): HTMLElement | null {
    const at = document.activeElement;
    return at instanceof HTMLElement && box.contains(at) ? at.closest<HTMLElement>('[data-row]') : null;
  }

  #take(row: HTMLElement | null, box: HTMLElement): void {
    this.#row = row;
    untrack(() => (this.anchor = row?.dataset['row'] ?? null));
    if (row) return this.#measure();
    box.style.removeProperty('padding-top');
    box.style.removeProperty('padding-bottom');
  }

  /** Where the last of what it holds ends, px from the top of the window. */
  #end(box: HTMLElement): number {
    return Math.max(...[...box.children].map((child) => child.getBoundingClientRect().bottom));
  }

  #measure(): void {
    if (this.#row) this.#top = this.#row.getBoundingClientRect().top;
  }

  #hold(box: HTMLElement): void {
    if (!this.#row?.isConnected) return;
    const moved = Math.round(this.#row.getBoundingClientRect().top - this.#top);
    if (moved === 0) return;
    box.scrollTop += moved;
    const left = Math.round(this.#row.getBoundingClientRect().top - this.#top);
    if (left === 0) return;
    const edge = left < 0 ? 'padding-top' : 'padding-bottom';
    const has = Number.parseFloat(getComputedStyle(box).getPropertyValue(edge)) || 0;
    // A list that does not fill its box scrolls only once it does.
    const empty = left < 0 ? 0 : Math.max(0, Math.floor(box.getBoundingClientRect().bottom - this.#end(box) - has));
    box.style.setProperty(edge, `${has + empty + Math.abs(left)}px`);
    if (left > 0) box.scrollTop += left;
  }
}
