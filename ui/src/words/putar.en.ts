import type { Heard, Prompt } from '../api/types';
import type { id } from './putar.id';

const prompt: Record<Prompt, string> = {
  hold: 'please hold', please_wait: 'please wait for a call-taker', greeting: 'greeting', challenge: 'speak or press any key', any_key: 'press any key',
  yes_no: '1 yes, 2 no', need_help: '1 I need help, 2 a slip', call_back_menu: '1 I need help, 2 a slip', thanks: 'thank you', abuse: 'this line stays open; press 1 or speak for help',
};

const sign: Record<Heard, string> = { silence: 'silent', noise: 'a noise', key: 'pressed a key', sent: 'wrote over the link', voice: 'spoke' };

export const en: typeof id = {
  title: 'The course of the call',
  empty: 'Nothing was noted during this call.',
  hint: 'Enter or click on a line: the sound jumps there.',
  sheet: 'The sheet at this moment',
  sheetEmpty: 'nothing filled in yet',
  map: 'The map at this moment',
  suspicion: (value, lane) => `Screening: lane ${lane.toUpperCase()}, suspicion ${value}`,
  offered: 'The call came',
  judged: 'The verdict changed',
  drilled: 'A DRILL call of the simulator',
  greeted: 'The machine greeted and listens',
  rang: (seat) => `Rang at seat ${seat}`,
  rangOutside: (telephone) => `Rang at the outside telephone ${telephone}`,
  answered: (seat) => `Answered at seat ${seat}`,
  answeredOutside: (telephone) => `Answered at the outside telephone ${telephone}`,
  moved: (seat) => `Moved to seat ${seat}`,
  held: (on) => (on ? 'Held' : 'Taken off hold'),
  handedOff: (seat) => `Handed off from seat ${seat} to the recorded sentence (abuse); the line stays open`,
  cameBack: (by) => `Wants a person again: ${sign[by]}`,
  key: (digit) => `Caller pressed ${digit}`,
  silence: (seconds) => `Caller silent for ${seconds} s`,
  said: (what) => `The machine said: ${prompt[what]}`,
  leftToMachine: `Asked and left to the machine: ${prompt.need_help}`,
  duress: (on) => (on ? 'Marked: cannot speak freely' : 'Mark of duress taken back'),
  supervised: { listen: 'A shift lead listens', whisper: 'A shift lead whispers to the call-taker', barge: 'A shift lead speaks with caller and call-taker' },
  supervisionEnded: 'The shift lead is off the call',
  emptied: 'emptied',
  was: (value) => `before: ${value}`,
  note: 'Note',
  card: 'Card',
  skipped: 'passed over',
  position: (source, metres) => `Position ${source} ± ${metres}`,
  linkSent: 'Location link sent',
  incident: (number) => (number === null ? 'Attached to an incident' : `Sent as incident ${number}`),
  classed: (name) => `Class: ${name}`,
  classTaken: 'Class taken back',
  reclassed: (name, why) => `Class corrected to ${name}${why ? `: ${why}` : ''}`,
  endedUnheard: (seconds) => (seconds === null ? 'Ended unasked: nothing was heard' : `Ended ${seconds} s after asking: nothing was heard`),
  ended: (outcome, by) => `Ended (${outcome}), ${by}`,
  removed: 'Content removed by retention',
};
