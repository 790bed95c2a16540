// Figures of double coding as a page shows them.

export type Level = 'chance' | 'weak' | 'fair' | 'good' | 'near_all';

/** In words how far two people agree beyond chance: the usual fifths of the scale (Landis and Koch, 1977). */
export function levelOf(kappa: number): Level {
  if (kappa <= 0.2) return 'chance';
  if (kappa <= 0.4) return 'weak';
  if (kappa <= 0.6) return 'fair';
  return kappa <= 0.8 ? 'good' : 'near_all';
}

/** 0,42: two places, with the comma of Indonesian numbers. */
export function two(value: number): string {
  return value.toFixed(2).replace('.', ',').replace(/^-0,00$/, '0,00');
}

/** 20260427 as 27/04/2026. */
export function dayOf(yyyymmdd: number): string {
  const text = String(yyyymmdd);
  return `${text.slice(6, 8)}/${text.slice(4, 6)}/${text.slice(0, 4)}`;
}

/** Where a kappa of -1 to 1 stands on a line of 0 to 100. */
export function x(kappa: number): number {
  return (Math.min(1, Math.max(-1, kappa)) + 1) * 50;
}
