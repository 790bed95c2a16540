// A seat's state as a shape, beside its word and hue.
import type { SeatState } from '../api/types';

export const SEAT_SHAPE: Record<SeatState, string> = { ready: '●', ringing: '◎', talking: '▶', wrap: '✎', paused: '‖', gone: '✕' };
