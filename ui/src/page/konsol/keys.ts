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
  script: ['Alt+Y'],
  ask: ['Alt+T'],
  listen: ['Alt+L'],
  takeLine: ['Alt+A'],
  link: ['Alt+O'],
  chat: ['Alt+C'],
  pin: ['Alt+G'],
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

/** Keys that a browser tab never gives away, or that write text. */
const NOT_OURS = new Set(['Ctrl+W', 'Ctrl+T', 'Ctrl+N', 'F5', 'F11', 'F12', 'Tab', 'Enter', 'Space', 'Backspace']);

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

export function actionOf(event: Pressed, bindings: Bindings): Action | null {
  const name = keyName(event);
  for (const action of Object.keys(bindings) as Action[]) if (bindings[action].includes(name)) return action;
  return null;
}

/** Why a key can not be given to an action; null: it can. */
export function refuses(action: Action, key: string, bindings: Bindings): 'taken' | 'browser' | 'letter' | null {
  if (NOT_OURS.has(key)) return 'browser';
  if (key.length === 1) return 'letter';
  const owner = (Object.keys(bindings) as Action[]).find((other) => other !== action && bindings[other].includes(key));
  return owner ? 'taken' : null;
}

const STORED = 'siaga.tombol';

/** The person's own keys over the usual ones; a spoilt store counts as none. */
export function loadBindings(text: string | null): Bindings {
  const bindings: Record<string, readonly string[]> = { ...ACTIONS };
  try {
    const own = JSON.parse(text ?? '{}') as Record<string, unknown>;
    for (const [action, key] of Object.entries(own)) {
      if (action in ACTIONS && typeof key === 'string' && !refuses(action as Action, key, bindings as Bindings)) bindings[action] = [key];
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
  const own = Object.fromEntries(
    (Object.keys(bindings) as Action[]).filter((action) => bindings[action] !== ACTIONS[action]).map((action) => [action, bindings[action][0]]),
  );
  localStorage.setItem(STORED, JSON.stringify(own));
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
