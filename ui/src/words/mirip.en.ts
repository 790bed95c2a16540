import type { id } from './mirip.id';

export const en: typeof id = {
  asking: 'Looking for similar ones…',
  none: 'No similar incident',
  others: (n) => `${n} other open incidents`,
  likely: 'likely the same',
  closed: 'already closed',
  calls: (n) => `${n} calls`,
  undoBar: (number, seconds) => `Attached to incident ${number}: undo within ${seconds} s`,
  detached: (number) => `The call left incident ${number}`,
  detach: 'Take off this incident',
  reason: {
    same_type: 'same type',
    same_family: 'a type often mistaken for it',
    other_type: 'another type',
    distance: (metres) => `${metres} away`,
    same_village: 'same kelurahan',
    same_rt_rw: 'same kelurahan and RT/RW',
    next_village: 'places close by',
    words: (words) => `both name “${words}”`,
    same_number: 'the same number called',
    recent: (minutes) => (minutes === 0 ? 'reported just now' : `reported ${minutes} min ago`),
    just_closed: (minutes) => `closed ${minutes} min ago`,
  },
};
