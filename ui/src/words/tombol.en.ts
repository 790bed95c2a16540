import { id } from './tombol.id';

export const en: typeof id = {
  title: 'Keys',
  group: { call: 'Call', class: 'Class of the call', sheet: 'Sheet and incident', silent: 'Silent lines and call-backs', desk: 'Seat and screen' },
  intro: (prank) => `One key, one meaning. Class keys${prank ? ` (${prank}, for example)` : ''}: tap = give the class, 5 seconds to undo; hold 1 second = give it and hang up.`,
  more: {
    mistake: 'again = prank by a child',
    information: 'again = next reason',
    ghost: 'held without a call of your own = ends the silent line you hear',
    command: 'or / outside a field',
    back: 'fixed; never destroys',
  },
  single: 'Keys without Ctrl or Alt',
  singleOn: 'On',
  singleOff: 'Off',
  singleHint: 'Switch them off if keys slip or the computer is steered by voice. Esc still works. What has only such a key has none until you give it one with Alt or Ctrl.',
  none: 'no key',
  change: 'Change',
  press: 'Press the new key, or Esc',
  reset: 'Reset all',
  resetOne: 'Reset',
  taken: (key, owner) => `${key} is already used for ${owner}.`,
  swap: 'Swap the two',
  browser: (key) => `${key} belongs to the browser or to editing. Choose another.`,
  letter: (key) => `${key} without Alt or Ctrl is for writing. Add Alt or Ctrl.`,
  changed: (name, key) => `${name}: ${key}`,
  stored: 'Kept in this browser only.',
};
