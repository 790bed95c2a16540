// Where names stand on the point map: beside what they name, and never upon each other. Pure, in pixels of the screen.
export interface Box { x: number; y: number; w: number; h: number }

export const overlap = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

export interface Wish {
  key: string;
  /** The point that is named, and half of its sign's size. */
  x: number;
  y: number;
  r: number;
  w: number;
  h: number;
  /** Upon its point (a kecamatan, a boundary's middle) instead of beside it. */
  upon?: boolean;
}
export interface Place extends Box { key: string }

/** To the right, to the left, above, below; upon: a line up or down as well. */
function choices({ x, y, r, w, h, upon }: Wish): Box[] {
  const beside = r + 3;
  if (upon) return [0, -1.2, 1.2, -2.4, 2.4].map((lines) => ({ x: x - w / 2, y: y - h / 2 + lines * h, w, h }));
  return [{ x: x + beside, y: y - h / 2 }, { x: x - beside - w, y: y - h / 2 }, { x: x - w / 2, y: y - beside - h }, { x: x - w / 2, y: y + beside }].map((at) => ({ ...at, w, h }));
}

/** What finds room in the picture, in the order of the wishes; `taken` is kept free (signs of incidents, the pin). What finds none has no name. */
export function placeLabels(wishes: Wish[], taken: Box[], picture: { w: number; h: number }): Place[] {
  const inside = (one: Box) => one.x >= 0 && one.y >= 0 && one.x + one.w <= picture.w && one.y + one.h <= picture.h;
  const full = [...taken];
  return wishes.flatMap((wish) => {
    const room = choices(wish).find((one) => inside(one) && !full.some((other) => overlap(one, other)));
    if (!room) return [];
    full.push(room);
    return [{ ...room, key: wish.key }];
  });
}
