import type { id } from './tanda.id';

export const en: typeof id = {
  threat: 'Under threat',
  board: 'Under threat: the caller cannot speak freely. Do not call back; remind the units.',
  crew: 'Under threat: the reporter cannot speak freely. Do not call back.',
  before: 'This number was marked Under threat: take it that the caller cannot speak freely. Do not say police, do not call back.',
  beforeLive: 'This number was marked Under threat before: do not say police, do not call back',
  beforeShort: 'under threat before',
  announce: (who) => `${who} was marked under threat before: take it that they cannot speak freely`,
  callBack: 'Under threat: do not call, a ringing telephone may endanger the caller. Remind the crew.',
  notHandedOff: 'Under threat: the sentence for abuse may endanger the caller. Take the mark away first if they can speak freely.',
  callAnyway: 'Call anyway',
  askFirst: (number) => `${number} cannot speak freely: ringing may endanger them. Press once more if you must call all the same.`,
  ringing: (number) => `Ringing at your seat: ${number}`,
  messages: 'Caller messages',
  unread: (n) => `${n} unread ${n === 1 ? 'message' : 'messages'} of callers`,
};
