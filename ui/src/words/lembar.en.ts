import { id } from './lembar.id';

export const en: typeof id = {
  field: {
    landmark: 'Place', village_code: 'Village', address: 'Address', rt_rw: 'RT/RW', lat: 'Pin (latitude)', lng: 'Pin (longitude)', incident_type: 'Type of incident',
    reporter_name: 'Reporter’s name', reporter_number: 'Reporter’s number', victims: 'Victims', situation: 'Situation',
  },
  clash: (name, theirs, ours) => `${name} was also changed by a colleague, to “${theirs}”. You: “${ours}”. Not saved until you choose.`,
  empty: 'empty',
  chooseFirst: 'Choose first whose entry is used: see the notice in the sheet',
  useTheirs: 'Use theirs',
  useMine: 'Use mine',
  restored: (time) => `What had not been saved came back from this computer, up to the key of ${time}. Check the last word.`,
  notSent: (why, time, key) => `NOT sent (${time}): ${why.replace(/\.$/, '')}. ${key ? `Press ${key}` : 'Choose Send'} again.`,
  slow: (span) => `Not sent yet: the server does not answer, trying for ${span}`,
  tell: (who) => `Tell ${who} yourself: there is no automatic channel.`,
  tellFrom: 'Forward it from Messages out',
  notTold: 'tell them yourself',
  moreUnsent: (n) => `${n} more`,
};
