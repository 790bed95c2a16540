// Times and address lists of a schedule. Pure.

/** 450 as `07:30`. */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** `07:30` as 450. */
export function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
}

/** One address on each line; commas and semicolons are lines too, as people paste them. */
export function lines(text: string): string[] {
  return text.split(/[\n,;]/).map((line) => line.trim()).filter((line) => line !== '');
}
