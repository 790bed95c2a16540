// The incident types that a few letters mean, the best first: the short name, how the word begins, what else it is called.
import type { TypeView } from '../../api/types';

export function matching(all: TypeView[], text: string): TypeView[] {
  const query = text.trim().toLowerCase();
  if (query === '') return all;
  const rank = (type: TypeView) =>
    type.short.toLowerCase() === query ? 0 : type.label.toLowerCase().startsWith(query) ? 1
      : type.aliases.some((alias) => alias.toLowerCase().startsWith(query)) ? 2 : type.label.toLowerCase().includes(query) ? 3 : 9;
  return all.filter((type) => rank(type) < 9).sort((a, b) => rank(a) - rank(b));
}
