// The list of keys as a person reads it: by what they are for. A test keeps it whole.
import type { Group } from '../../words/tombol.id';
import type { Action } from './keys';

export const GROUPS: [Group, Action[]][] = [
  ['call', ['answer', 'mute', 'hold', 'recall', 'keypad', 'script', 'duress', 'abuse', 'link', 'chat', 'pin', 'card']],
  ['class', ['prank', 'ghost', 'mistake', 'information', 'test', 'incident', 'undo']],
  ['sheet', ['send', 'attach', 'save', 'pane1', 'pane2', 'pane3', 'pane4']],
  ['silent', ['ask', 'listen', 'takeLine', 'callBack']],
  ['desk', ['ready', 'command', 'help', 'back']],
];
