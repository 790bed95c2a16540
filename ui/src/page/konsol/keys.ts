// The console's keys: one meaning each, remappable, drawn as keycaps. Pure: events in, action names out.

export const ACTIONS = {
  answer: ['Alt+J', 'Insert'],
  prank: ['F2'],
  ghost: ['F3'],
  mistake: ['F4'],
  information: ['F6'],
  test: ['F7'],
  incident: ['F8'],
  send: ['F9'],
  attach: ['F10'],
  save: ['Ctrl+Enter'],
  mute: ['Alt+M'],
  hold: ['Alt+H'],
  recall: ['Alt+R'],
  keypad: ['Alt+K'],
  undo: ['Alt+Z'],
  ready: ['Alt+S'],
  duress: ['Alt+B'],
  abuse: ['Alt+X'],
  script: ['Alt+Y'],
  ask: ['Alt+T'],
  listen: ['Alt+L'],
  takeLine: ['Alt+A'],
  callBack: ['Alt+U'],
  link: ['Alt+O'],
  chat: ['Alt+C'],
  pin: ['Alt+G'],
  card: ['Alt+Q'],
  help: ['Alt+P'],
  pane1: ['Alt+1'],
  pane2: ['Alt+2'],
  pane3: ['Alt+3'],
  pane4: ['Alt+4'],
  command: ['Ctrl+K'],
  back: ['Escape'],
} as const satisfies Record<string, readonly string[]>;

export type Action = keyof typeof ACTIONS;
export type Bindings = Record<Action, readonly string[]>;
/** Whether keys without Ctrl or Alt act. */
export type Single = 'on' | 'off';

/** What is done with the caller at the seat, or with the seat itself: only where its sound is. */
const AT_SEAT = new Set<Action>([
  'answer', 'prank', 'ghost', 'mistake', 'information', 'test', 'incident', 'mute', 'hold', 'recall', 'keypad', 'undo', 'ready', 'duress', 'abuse',
  'script', 'ask', 'listen', 'takeLine', 'callBack',
]);

export const needsSeat = (action: Action): boolean => AT_SEAT.has(action);

/** Keys that a browser tab never gives away, that edit text, or that every person needs as they are. */
const NOT_OURS = new Set([
  'Ctrl+W', 'Ctrl+T', 'Ctrl+N', 'Ctrl+R', 'Ctrl+L', 'Ctrl+Tab', 'Alt+D', 'Alt+E', 'Alt+F', 'Alt+F4', 'Alt+Tab', 'F5', 'F11', 'F12',
  'Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+Z', 'Ctrl+Y', 'Tab', 'Shift+Tab', 'Enter', 'Shift+Enter', 'Space', 'Backspace', 'Delete', 'Home', 'End',
  'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Escape', 'Dead', 'Process',
]);

export interface Pressed {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** `Alt+J`, `F2`, `Ctrl+Enter`. Letters come from the key's place, so that Alt does not turn them into signs. */
export function keyName(event: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1] ?? /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
  const base = event.altKey || event.ctrlKey ? (letter ?? event.key) : event.key;
  const name = base === ' ' ? 'Space' : base.length === 1 ? base.toUpperCase() : base;
  const ctrl = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  return `${ctrl}${event.altKey ? 'Alt+' : ''}${event.shiftKey && base.length > 1 ? 'Shift+' : ''}${name}`;
}

/** Pressed without Ctrl or Alt. A person whose keys slip, or who speaks to the machine, can switch these off. */
export function isSingle(key: string): boolean {
  return !key.startsWith('Ctrl+') && !key.startsWith('Alt+');
}

/** The keys of an action that work now. Esc always steps back. */
export function keysOf(action: Action, bindings: Bindings, single: Single): readonly string[] {
  return single === 'on' || action === 'back' ? bindings[action] : bindings[action].filter((key) => !isSingle(key));
}

export function actionOf(event: Pressed, bindings: Bindings, single: Single = 'on'): Action | null {
  const name = keyName(event);
  for (const action of Object.keys(bindings) as Action[]) if (keysOf(action, bindings, single).includes(name)) return action;
  return null;
}

/** Why a key can not be given to an action; null: it can. */
export function refuses(action: Action, key: string, bindings: Bindings): 'taken' | 'browser' | 'letter' | null {
  if (NOT_OURS.has(key)) return 'browser';
  if (key.length === 1) return 'letter';
  return ownerOf(action, key, bindings) ? 'taken' : null;
}

/** Which other action has this key. */
export function ownerOf(action: Action, key: string, bindings: Bindings): Action | null {
  return (Object.keys(bindings) as Action[]).find((other) => other !== action && bindings[other].includes(key)) ?? null;
}

/** Gives a key that another action has; that one gets what this one had. */
export function swapped(action: Action, key: string, bindings: Bindings): Bindings {
  const owner = ownerOf(action, key, bindings);
  const freed = bindings[action][0];
  if (!owner || !freed) return bindings;
  return { ...bindings, [action]: [key], [owner]: bindings[owner].map((one) => (one === key ? freed : one)) };
}

const STORED = 'siaga.tombol';
const STORED_SINGLE = 'siaga.tombol.tunggal';

const mayBe = (key: unknown) => typeof key === 'string' && !NOT_OURS.has(key) && key.length > 1;

/** The person's own keys over the usual ones, in whatever order they were stored. What is spoilt or clashes counts as none. */
export function loadBindings(text: string | null): Bindings {
  const bindings: Record<string, readonly string[]> = { ...ACTIONS };
  try {
    const own = Object.entries(JSON.parse(text ?? '{}') as Record<string, unknown>)
      .map(([action, keys]) => [action, typeof keys === 'string' ? [keys] : keys] as const)
      .filter((one): one is [Action, string[]] => one[0] in ACTIONS && Array.isArray(one[1]) && one[1].length > 0 && one[1].every(mayBe));
    for (const [action, keys] of own) bindings[action] = keys;
    for (let clash = true; clash; ) {
      const bad = own.find(([action, keys]) => bindings[action] === keys && keys.some((key) => ownerOf(action, key, bindings as Bindings)));
      clash = !!bad;
      if (bad) bindings[bad[0]] = ACTIONS[bad[0]];
    }
  } catch {
    // Written by another release or by hand: the usual keys stand.
  }
  return bindings as Bindings;
}

export function storedBindings(): Bindings {
  return loadBindings(localStorage.getItem(STORED));
}

export function storeBindings(bindings: Bindings): void {
  const own = Object.fromEntries(Object.entries(bindings).filter(([action, keys]) => keys !== ACTIONS[action as Action]));
  localStorage.setItem(STORED, JSON.stringify(own));
}

export function storedSingle(): Single {
  return localStorage.getItem(STORED_SINGLE) === 'off' ? 'off' : 'on';
}

export function storeSingle(single: Single): void {
  localStorage.setItem(STORED_SINGLE, single);
}

/** A key that is held for this long also ends the call. */
export const HOLD_MS = 1_000;
/** A line on which nothing was heard and whose caller was not asked for a key takes this long: asking is the easier way. */
export const UNASKED_HOLD_MS = 3_000;

/** Tells a tap from a hold. Autorepeat is ignored; losing the window counts as neither. */
export class TapOrHold {
  #key: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  down(key: string, on: { tap: () => void; hold: () => void; progress?: (holding: boolean) => void }, ms = HOLD_MS): void {
    if (this.#key !== null) return;
    this.#key = key;
    this.#on = on;
    on.progress?.(true);
    this.#timer = setTimeout(() => {
      this.cancel();
      on.hold();
    }, ms);
  }

  up(key: string): void {
    if (this.#key !== key) return;
    const on = this.#on;
    this.cancel();
    on?.tap();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#on?.progress?.(false);
    this.#key = null;
    this.#on = null;
  }

  #on: { tap: () => void; hold: () => void; progress?: (holding: boolean) => void } | null = null;
}
