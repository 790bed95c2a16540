// The sounds of the desk as notes: short, told apart by count, pitch and rise, never louder than the limit. Pure.

export interface Note {
  hz: number;
  atS: number;
  lengthS: number;
  volume: number;
}

export type Sound = 'ring' | 'speech' | 'waiting' | 'overdue' | 'timer' | 'beside';

/** Loudest the page gets, whatever is asked for; full scale is 1. A headset at this level is far below speech. */
export const VOLUME_MAX = 0.16;
/** Longest sound, seconds: a caller's word is never talked over. */
export const SOUND_S_MAX = 0.7;

const note = (hz: number, atS: number, lengthS: number, volume = VOLUME_MAX): Note => ({ hz, atS, lengthS, volume: Math.min(volume, VOLUME_MAX) });

export const SOUNDS: Record<Sound, Note[]> = {
  /** Two rising notes: a call rings at this seat. */
  ring: [note(660, 0, 0.18), note(880, 0.22, 0.26)],
  /** Two quick equal notes: somebody waits and speaks, no seat is free. */
  speech: [note(590, 0, 0.1, 0.12), note(590, 0.16, 0.1, 0.12)],
  /** One soft note: somebody waits in silence. */
  waiting: [note(520, 0, 0.12, 0.08)],
  /** Three low, equal notes: nobody has acknowledged. */
  overdue: [note(392, 0, 0.16), note(392, 0.25, 0.16), note(392, 0.5, 0.16)],
  /** Three soft rising notes: a shift lead comes to this conversation. The caller does not hear them. */
  beside: [note(523, 0, 0.09, 0.06), note(587, 0.12, 0.09, 0.06), note(659, 0.24, 0.12, 0.06)],
  /** Two falling notes: a timer of one's own is over. */
  timer: [note(740, 0, 0.14, 0.12), note(494, 0.18, 0.2, 0.12)],
};
