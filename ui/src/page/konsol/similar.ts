// Mirip: which open incidents this call may belong to, each with its reasons. It suggests; a person attaches.
import type { IncidentView, IntakeFields } from '../../api/types';

export const NEAR_M = 300;
export const RECENT_US = 30 * 60 * 1_000_000;

export interface Reasons {
  sameType: boolean;
  sameVillage: boolean;
  distanceM: number | null;
  recent: boolean;
}

export interface Similar {
  incident: IncidentView;
  score: number;
  reasons: Reasons;
}

/** Metres between two points; good to a percent inside a city. */
export function metres(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const perDegree = 111_320;
  const dy = (a.lat - b.lat) * perDegree;
  const dx = (a.lng - b.lng) * perDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(dx, dy);
}

function point(fields: IntakeFields): { lat: number; lng: number } | null {
  return fields.lat !== null && fields.lng !== null ? { lat: fields.lat, lng: fields.lng } : null;
}

/** Open incidents, likeliest first; those without any reason come last, newest first. */
export function similar(fields: IntakeFields, incidents: IncidentView[], nowUs: number): Similar[] {
  const here = point(fields);
  return incidents
    .filter((incident) => incident.status === 'open')
    .map((incident) => {
      const there = point(incident.fields);
      const reasons: Reasons = {
        sameType: fields.incident_type !== null && fields.incident_type === incident.incident_type,
        sameVillage: fields.village_code !== null && fields.village_code === incident.fields.village_code,
        distanceM: here && there ? metres(here, there) : null,
        recent: nowUs - incident.opened_at < RECENT_US,
      };
      const near = reasons.distanceM !== null && reasons.distanceM <= NEAR_M;
      const place = near ? 4 : reasons.sameVillage ? 2 : 0;
      const kind = reasons.sameType ? 2 : 0;
      const score = place + kind === 0 ? 0 : place + kind + (reasons.recent ? 1 : 0);
      return { incident, score, reasons };
    })
    .sort((a, b) => b.score - a.score || b.incident.opened_at - a.incident.opened_at);
}

/** From here on an incident is called likely: a place and something more. */
export const LIKELY = 4;
