import { id } from './pesan.id';

export const en: typeof id = {
  title: 'Outbox',
  intro: 'What has left this room, what waits, what failed.',
  demo: 'In the demo city this page is the responders’ telephone: open the task link inside a message. It is also the telephone of callers who got a location link.',
  empty: 'No messages yet',
  emptyHint: 'Messages to agencies and location links appear here once the console sends them.',
  none: 'No message in this choice',
  filter: 'Messages shown',
  which: { all: 'All', dead: 'Failed', waiting: 'Waiting' },
  forward: 'For a person to forward',
  state: { waiting: 'Waiting', delivered: 'Delivered', dead: 'Failed: act' },
  channel: { page: 'this page', drill: 'drill: stays in the house', webhook: 'straight to the agency’s system' },
  to: (who) => `to ${who}`,
  open: 'Open the task page',
  openLink: 'Open the caller’s link',
  attempts: (n) => `tried ${n}×`,
  nextTry: (at) => `next try ${at}`,
  retry: 'Send again',
};
