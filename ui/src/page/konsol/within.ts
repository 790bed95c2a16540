// Which kelurahan a point lies in: by its boundary; in a gap the nearest within a kilometre, as perkiraan; without
// boundaries the nearest middle. The server decides alike. Pure.
import type { BoundaryView, VillageView } from '../../api/types';
import { nearest } from './geo';

export interface Found { village: VillageView; sure: boolean }

/** The server's NEAR_M_MAX (m). */
const NEAR_M_MAX = 1_000;
const DEGREE_M = 111_320;

type Point = [number, number];

function sides(ring: Point[]): [Point, Point][] {
  return ring.map((point, index) => [point, ring[(index + 1) % ring.length] ?? point]);
}

/** By counting the sides a ray to the east crosses: holes come out right by themselves. */
export function holds(one: BoundaryView, lat: number, lng: number): boolean {
  const crossed = one.rings.flatMap((ring) => sides(ring as Point[]))
    .filter(([a, b]) => a[1] > lat !== b[1] > lat && lng < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0]);
  return crossed.length % 2 === 1;
}

function sideMetres(lat: number, lng: number, a: Point, b: Point): number {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const [ax, ay] = [(a[0] - lng) * DEGREE_M * squeeze, (a[1] - lat) * DEGREE_M];
  const [dx, dy] = [(b[0] - a[0]) * DEGREE_M * squeeze, (b[1] - a[1]) * DEGREE_M];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  return Math.hypot(ax + share * dx, ay + share * dy);
}

export function within(boundaries: BoundaryView[], villages: VillageView[], lat: number, lng: number): Found | null {
  const found = (code: string, sure: boolean) => {
    const village = villages.find((one) => one.code === code);
    return village ? { village, sure } : null;
  };
  if (boundaries.length === 0) {
    const village = nearest(villages, lat, lng);
    return village ? { village, sure: false } : null;
  }
  const inside = boundaries.find((one) => holds(one, lat, lng));
  if (inside) return found(inside.code, true);
  let best: { code: string; metres: number } | null = null;
  for (const one of boundaries) {
    for (const [a, b] of one.rings.flatMap((ring) => sides(ring as Point[]))) {
      const metres = sideMetres(lat, lng, a, b);
      if (metres <= NEAR_M_MAX && metres < (best?.metres ?? Infinity)) best = { code: one.code, metres };
    }
  }
  return best ? found(best.code, false) : null;
}

/** The middle of each kecamatan, by the middles of its kelurahan: where its name stands. */
export function districts(villages: VillageView[]): { name: string; lat: number; lng: number }[] {
  const names = [...new Set(villages.map((one) => one.district))];
  return names.filter(Boolean).map((name) => {
    const own = villages.filter((one) => one.district === name);
    const mean = (of: (one: VillageView) => number) => own.reduce((sum, one) => sum + of(one), 0) / own.length;
    return { name, lat: mean((one) => one.lat), lng: mean((one) => one.lng) };
  });
}
