// The words for why an incident is suggested. The rule itself is the server's: `crates/siaga-core/src/incident/similar.rs`.
import type { SimilarReason } from '../../api/types';
import { mirip } from '../../words/mirip';
import { metresShort } from './links';

export function reasonWords(reason: SimilarReason): string {
  const words = mirip.reason;
  switch (reason.kind) {
    case 'distance': return words.distance(metresShort(reason.metres));
    case 'words': return words.words(reason.words.join(', '));
    case 'recent': return words.recent(reason.minutes);
    case 'just_closed': return words.just_closed(reason.minutes);
    default: return words[reason.kind];
  }
}
