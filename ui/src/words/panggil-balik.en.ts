import { id } from './panggil-balik.id';

export const en: typeof id = {
  title: 'Call-backs',
  intro: 'Callers who got no person. The machine tries after 30 seconds, 2 and 10 minutes; what remains is for a person.',
  filter: 'Filter',
  search: 'Find a number',
  result: {
    reached_help: 'Spoke with a person', mistake: 'Said it was a mistake', silent: 'Taken up, nothing heard', gone: 'Asked for help, gone before a person came',
    no_answer: 'Not taken up', busy: 'Busy', failed: 'The network did not connect',
  },
  state: { person: 'A person must', machine: 'Machine tries', closed: 'Done' },
  which: { open: 'Open', person: 'A person must', machine: 'Machine tries', closed: 'Done', all: 'All' },
  machine: 'machine',
  wrote: (at) => `wrote a message, ${at}`,
  lost: (at) => `lost ${at}`,
  closed: (at) => `done ${at}`,
  crossedOff: (who, at) => `struck off by ${who}, ${at}`,
  noTry: 'Not tried yet',
  needSeat: 'To call, take a seat first on the page',
  calling: (number) => `Calling ${number}`,
  removed: (number) => `${number} struck off`,
  empty: 'Nobody has to be called back',
  emptyHint: 'Whoever hangs up before an answer appears here and is called back by the machine.',
  none: 'Nothing fits',
  noneHint: 'Choose another filter or empty the search.',
};
