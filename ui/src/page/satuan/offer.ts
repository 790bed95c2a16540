/** Something that was just done and can be taken back with one key; which incident is looked at next. */
export interface Offer {
  text: string;
  undo: (() => Promise<unknown>) | null;
  choose?: string;
}
