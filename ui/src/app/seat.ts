// A seat's state as a shape, beside its word and hue.
import type { SeatState, Supervision } from '../api/types';

export const SEAT_SHAPE: Record<SeatState, string> = { ready: '●', ringing: '◎', talking: '▶', wrap: '✎', paused: '‖', gone: '✕' };

/** How a shift lead is on a call: hears; speaks to one; speaks with all. */
export const WAY_SHAPE: Record<Supervision, string> = { listen: '◉', whisper: '›', barge: '»' };
