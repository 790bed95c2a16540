// Tanda yang harus terlihat di mana pun orang berada: yang berdering, yang terancam, yang menulis.
export const id = {
  threat: 'Terancam',
  board: 'Terancam: pemanggil tidak bebas bicara. Jangan menelepon balik; ingatkan satuan.',
  crew: 'Terancam: pelapor tidak bebas bicara. Jangan menelepon balik.',
  before: 'Nomor ini pernah ditandai Terancam: anggap pemanggil tidak bebas bicara. Jangan sebut polisi, jangan menelepon balik.',
  beforeLive: 'Nomor ini pernah ditandai Terancam: jangan sebut polisi, jangan menelepon balik',
  beforeShort: 'pernah Terancam',
  announce: (who: string) => `${who} pernah ditandai Terancam: anggap tidak bebas bicara`,
  callBack: 'Terancam: jangan menelepon, dering dapat membahayakan. Ingatkan satuan.',
  notHandedOff: 'Terancam: kalimat untuk kata kasar dapat membahayakan pemanggil. Cabut tandanya dahulu bila ia bebas bicara.',
  callAnyway: 'Tetap panggil',
  askFirst: (number: string) => `${number} tidak bebas bicara: dering dapat membahayakan. Tekan sekali lagi bila tetap harus memanggil.`,
  ringing: (number: string) => `Berdering di meja Anda: ${number}`,
  messages: 'Pesan pemanggil',
  unread: (n: number) => `${n} pesan pemanggil belum dibaca`,
};
