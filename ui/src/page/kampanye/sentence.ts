// The result in the words that an official signs: "turun 12,4 persen (antara 3,1 dan 20,8)". Pure.
import type { Effect, EffectRatio, SeriesEffect } from '../../api/types';
import { kampanye } from '../../words/kampanye';
import { dayWord } from '../laporan/bands';
import { decimal } from '../laporan/period';

export { dayWord };

const signed = (pct: number) => (pct < 0 ? kampanye.down(decimal(-pct)) : pct > 0 ? kampanye.up(decimal(pct)) : decimal(0));

/** One ratio with its limits. What fell is told by how much, without a sign: its limits change places. */
export function changeWords(ratio: EffectRatio): string {
  switch (ratio.verdict) {
    case 'fell':
      return kampanye.fell(decimal(-ratio.change_pct), decimal(-ratio.high_pct), decimal(-ratio.low_pct));
    case 'rose':
      return kampanye.rose(decimal(ratio.change_pct), decimal(ratio.low_pct), decimal(ratio.high_pct));
    default:
      return kampanye.indistinct(signed(ratio.low_pct), signed(ratio.high_pct));
  }
}

/** What is said of one kind of calls: by the year before, where there is one. */
export function saidOf(series: SeriesEffect): EffectRatio | null {
  return series.beyond_year ?? series.after;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** The one sentence of the list. */
export function verdictWords(effect: Effect): string {
  const nuisance = effect.series.find((one) => one.series === 'nuisance');
  if (nuisance?.verdict === 'running') return capital(kampanye.running(dayWord(effect.complete_on)));
  const said = nuisance ? saidOf(nuisance) : null;
  return said ? kampanye.nuisance(changeWords(said)) : capital(kampanye.tooFew);
}

/** What the sentence rests on: days on either side, and whether there is a year to compare with. */
export function basisWords(effect: Effect): string {
  const days = (key: string) => effect.windows.find((one) => one.key === key)?.counted ?? 0;
  const [before, after] = [days('before'), days('after')];
  const over = before === after ? kampanye.overDays(before) : kampanye.overSpans(after, before);
  const year = effect.series.find((one) => one.series === 'nuisance')?.beyond_year;
  return `${over}, ${year ? kampanye.beyondYear : kampanye.alone}`;
}
