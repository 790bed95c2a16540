import type { id } from './pendamping.id';

export const en: typeof id = {
  button: { listen: 'Listen', whisper: 'Whisper', barge: 'Speak together' },
  hint: {
    listen: 'You hear caller and call-taker; nobody hears you.',
    whisper: 'Only the call-taker hears you; the caller does not.',
    barge: 'Caller and call-taker hear you, and your voice is recorded.',
  },
  doing: { listen: 'You are listening', whisper: 'You whisper to the call-taker', barge: 'You speak with both' },
  told: {
    listen: (name) => `Shift lead ${name} is listening`,
    whisper: (name) => `Shift lead ${name} whispers to you`,
    barge: (name) => `Shift lead ${name} speaks with the caller`,
  },
  seen: {
    listen: (name) => `${name} is listening`,
    whisper: (name) => `${name} whispers to the call-taker`,
    barge: (name) => `${name} speaks in the call`,
  },
  toldMore: 'The caller does not hear the whisper. While you are muted or on hold, the shift lead still hears you.',
  toldMoreBarge: 'While you are muted or on hold, the shift lead still hears you.',
  stillHears: 'They still hear you.',
  group: (seat) => `Stand by seat ${seat}`,
  stop: 'Stop',
  connecting: 'Connecting the sound…',
  atSeat: (seat, name) => `seat ${seat}, ${name}`,
  ownCall: 'You are in a call yourself. Finish it first, then you can stand by another call-taker.',
  over: 'You are no longer on the call.',
  overCall: 'The call you were on is over.',
  lost: 'The sound was lost. The call-taker’s call goes on; begin again if you need to.',
  takeOver: 'Take over',
  takeOverSeat: 'Take a seat on the console first, then you can take over.',
  takeOverReason: 'Reason for taking over',
  wall: 'To the wall',
};
