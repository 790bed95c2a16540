// The incident types that a few letters mean, the best first: the short name, how the word begins, what else it is called, and
// what a caller's own words hold.
import type { TypeView } from '../../api/types';

/** Shorter names stand inside too many words. */
const WORD_MIN = 4;

export function matching(all: TypeView[], text: string): TypeView[] {
  const query = text.trim().toLowerCase();
  if (query === '') return all;
  const rank = (type: TypeView) => {
    const aliases = type.aliases.map((alias) => alias.toLowerCase());
    if (type.short.toLowerCase() === query) return 0;
    if (type.label.toLowerCase().startsWith(query)) return 1;
    if (aliases.some((alias) => alias.startsWith(query))) return 2;
    if (type.label.toLowerCase().includes(query)) return 3;
    return aliases.some((alias) => alias.length >= WORD_MIN && query.includes(alias)) ? 4 : 9;
  };
  return all.filter((type) => rank(type) < 9).sort((a, b) => rank(a) - rank(b));
}
