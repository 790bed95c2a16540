// A list while somebody's pointer or cursor is on one of its rows. Pure.

export interface Row<T> {
  key: string;
  item: T;
  /** Gone from the list, and shown until the person has left the row. */
  gone: boolean;
}

/**
 * The rows to show. Nobody on a row: the list as it is. Somebody: what is there keeps its order, new rows come behind, and the
 * row itself stays even when it is gone.
 */
export function steady<T>(before: Row<T>[], list: T[], keyOf: (item: T) => string, anchor: string | null): Row<T>[] {
  const fresh = list.map((item): Row<T> => ({ key: keyOf(item), item, gone: false }));
  if (anchor === null || !before.some((row) => row.key === anchor)) return fresh;
  const known = new Map(fresh.map((row) => [row.key, row]));
  const kept = before.flatMap((row) => known.get(row.key) ?? (row.key === anchor ? { ...row, gone: true } : []));
  return [...kept, ...fresh.filter((row) => !before.some((one) => one.key === row.key))];
}
