// The point map's arithmetic: a flat picture of the city, good for one city's size.
import type { VillageView } from '../../api/types';

/** Metres between two points; good to a percent inside a city. */
export function metres(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const perDegree = 111_320;
  const dy = (a.lat - b.lat) * perDegree;
  const dx = (a.lng - b.lng) * perDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(dx, dy);
}

export interface Box { west: number; south: number; east: number; north: number }

/** The box of points with a margin. */
export function boxOf(points: { lat: number; lng: number }[]): Box {
  if (points.length === 0) return { west: 106.1, south: -6.2, east: 106.2, north: -6.1 };
  const lats = points.map((one) => one.lat);
  const lngs = points.map((one) => one.lng);
  const pad = 0.012;
  // not spread into arguments: boundaries have thousands of points
  const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b), -Infinity);
  return { west: least(lngs) - pad, south: least(lats) - pad, east: most(lngs) + pad, north: most(lats) + pad };
}

/** Degrees of longitude are shorter than those of latitude away from the equator. */
export function squeeze(box: Box): number {
  return Math.cos((((box.north + box.south) / 2) * Math.PI) / 180);
}

export function nearest(villages: VillageView[], lat: number, lng: number): VillageView | null {
  let best: VillageView | null = null;
  let least = Infinity;
  for (const village of villages) {
    const far = metres({ lat, lng }, village);
    if (far < least) [best, least] = [village, far];
  }
  return best;
}
