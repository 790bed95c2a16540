// What the server says in Indonesian sentences (why a call waits or rings, what a number did before, why not), for who chose
// English. The Indonesian words have one source, the server; `said.json` holds one of each, and the test reads them all.
import { language } from './pick';

const MONTHS: Record<string, string> = {
  Januari: 'January', Februari: 'February', Maret: 'March', April: 'April', Mei: 'May', Juni: 'June', Juli: 'July', Agustus: 'August', September: 'September',
  Oktober: 'October', November: 'November', Desember: 'December',
};
const CLASSES: Record<string, string> = { informasi: 'information', darurat: 'emergency', putus: 'abandoned', 'uji coba': 'test' };
const date = (text: string) => text.replace(/[A-Z][a-z]+/, (month) => MONTHS[month] ?? month);
const s = (count: string | undefined) => (count === '1' ? '' : 's');

type Said = [RegExp, string | ((m: RegExpExecArray) => string)];

/** Clauses between semicolons. */
const CLAUSES: Said[] = [
  [/^tanpa nomor: selalu antrean utama$/, 'no number: always the main queue'],
  [/^riwayat nomor belum terbaca: berdering biasa$/, 'history not read yet: rings plainly'],
  [/^(\d+) laporan nyata sebelumnya: selalu antrean utama$/, (m) => `${m[1]} real report${s(m[1])} before: always the main queue`],
  [/^(\d+) laporan sebelumnya nihil di lokasi: tetap antrean utama$/, (m) => `${m[1]} report${s(m[1])} before with nothing found: still the main queue`],
  [/^dekat kejadian yang sedang ditangani: selalu antrean utama$/, 'near an incident that is open: always the main queue'],
  [/^lokasi terkirim bersama panggilan: selalu antrean utama$/, 'sent its position with the call: always the main queue'],
  [/^mengirim lokasi atau pesan lewat tautan: selalu antrean utama$/, 'sent a position or message over the link: always the main queue'],
  [/^panggilan pertama dari nomor ini$/, 'first call of this number'],
  [/^nomor dalam blokir sementara: pintu lebih lambat, bukan tertutup$/, 'under a temporary block: a slower door, not a wall'],
  [/^(\d+) panggilan tanpa suara akhir-akhir ini$/, (m) => `${m[1]} silent call${s(m[1])} lately`],
  [/^(\d+) prank akhir-akhir ini$/, (m) => `${m[1]} prank${s(m[1])} lately`],
  [/^(\d+) (informasi|darurat|putus|uji coba) akhir-akhir ini$/, (m) => `${m[1]} ${CLASSES[m[2] ?? '']} lately`],
  [/^(\d+) panggilan berakhir dalam beberapa detik$/, (m) => `${m[1]} call${s(m[1])} over within seconds`],
  [/^(\d+) panggilan pada menit yang sama: mungkin telepon memanggil sendiri$/, (m) => `${m[1]} calls in the same minute: perhaps a telephone that dials by itself`],
  [/^(\d+) nomor hening dalam semenit: mungkin gangguan jaringan, bukan penelepon$/, (m) => `${m[1]} numbers silent within a minute: perhaps the network, not the callers`],
  [/^ada suara orang$/, 'a voice is heard'],
  [/^menekan angka$/, 'pressed a key'],
  [/^ada bunyi: ketukan, batuk atau napas$/, 'a sound: tap, cough or breath'],
  [/^hening sampai sekarang$/, 'silent so far'],
  [/^hening bukan bukti$/, 'silence proves nothing'],
  [/^kepala antrean$/, 'head of the queue'],
  [/^ada suara$/, 'is heard'],
  [/^paling lama menunggu$/, 'waits longest'],
  [/^paling lama di jalur B$/, 'longest in lane B'],
  [/^batas tunggu jalur B habis$/, 'lane B’s longest wait is over'],
  [/^hening, tidak ada yang bersuara menunggu$/, 'silent; nobody who is heard waits'],
  [/^hening, sudah cukup lama mundur$/, 'silent; has stood back long enough'],
  [/^latihan, tidak ada pemanggil sungguhan menunggu$/, 'drill; no real caller waits'],
  [/^petugas yang tadi berbicara dengan nomor ini$/, 'the call-taker who spoke with this number'],
  [/^meja paling lama siap$/, 'the seat that is ready longest'],
  [/^satu-satunya meja siap$/, 'the only seat that is ready'],
  [/^ditanya petugas$/, 'asked by a call-taker'],
  [/^bunyi atau angka apa pun memajukannya$/, 'any sound or key moves it up'],
  [/^dipanggil balik: salah tekan$/, 'called back: pressed by mistake'],
  [/^menunggu telepon ditutup$/, 'waits for the telephone to be put down'],
  [/^mendengar pemberitahuan dahulu$/, 'hears the notice first'],
  [/^dialihkan ke rekaman$/, 'handed off to the recording'],
  [/^kata atau angka apa pun membawa petugas$/, 'any word or key brings a call-taker'],
  [/^minta petugas lagi setelah dialihkan$/, 'wants a call-taker again after being handed off'],
  [/^petugas lain didahulukan$/, 'another call-taker comes first'],
  [/^telepon luar menutup$/, 'the outside telephone hung up'],
  [/^meja petugas hilang$/, 'the call-taker’s seat is gone'],
  [/^saluran hening$/, 'silent line'],
  [/^jalur B$/, 'lane B'],
  [/^menunggu meja di luar cadangan jalur A$/, 'waits for a seat that is not kept for lane A'],
  [/^menunggu meja siap$/, 'waits for a seat to be ready'],
];

/** Parts of a number's history, between commas. */
const PARTS: Said[] = [
  [/^panggilan pertama$/, 'first call'],
  [/^1 laporan nyata (.+)$/, (m) => `1 real report ${date(m[1] ?? '')}`],
  [/^1 (.+) nyata (\d+ .+)$/, (m) => `1 real report (${m[1]}) ${date(m[2] ?? '')}`],
  [/^(\d+) laporan nyata \(terakhir (\d+ .+)\)$/, (m) => `${m[1]} real reports (last ${date(m[2] ?? '')})`],
  [/^(\d+) laporan nyata \(terakhir (.+?) (\d+ .+)\)$/, (m) => `${m[1]} real reports (last ${m[2]} ${date(m[3] ?? '')})`],
  [/^(\d+) laporan nihil di lokasi$/, (m) => `${m[1]} report${s(m[1])} with nothing found`],
  [/^(\d+) panggilan$/, (m) => `${m[1]} call${s(m[1])}`],
  [/^(\d+) tanpa suara$/, (m) => `${m[1]} silent`],
  [/^(\d+) prank$/, (m) => `${m[1]} prank${s(m[1])}`],
  [/^(\d+) informasi$/, (m) => `${m[1]} information`],
  [/^(\d+) putus$/, (m) => `${m[1]} abandoned`],
  [/^(\d+) uji coba$/, (m) => `${m[1]} test${s(m[1])}`],
  [/^(\d+) terancam$/, (m) => `${m[1]} under threat`],
  [/^(\d+) belum dinilai$/, (m) => `${m[1]} without a class`],
];

/** Why a person's command was refused, by the kind of the problem. */
const REFUSALS: Record<string, string> = {
  no_seat: 'You are at no seat. Take a seat first.',
  seats_full: 'All seats are taken.',
  no_station: 'The sound is not connected yet. Check the microphone and load the page anew.',
  already_in_call: 'You are in a call. Finish it first.',
  call_taken: 'Another call-taker has this call already.',
  call_gone: 'The caller has hung up.',
  not_answered: 'This call is not answered yet. Answer it first.',
  not_your_call: 'This call is another call-taker’s. A shift lead corrects it in Recordings.',
  shift_lead_only: '20 seconds are over. Only a shift lead can take over.',
  reason_missing: '20 seconds are over. Write why you take over (at most 300 letters).',
  class_missing: 'The last call has no class yet. Choose its class first.',
  unknown_class: 'This class or reason is not known.',
  undo_too_late: 'It is too late to take it back. Ask a shift lead to change it in Recordings.',
  threatened: 'This caller is marked Under threat: the sentence for abuse could harm them. If they can speak freely, take the mark away first.',
  keypad_invalid: 'Only 0-9, * and # can be sent.',
  callback_gone: 'This number is not on the call-back list any more.',
  callback_taken: 'Another call-taker is calling this number.',
  not_now: 'Not possible with the call as it stands.',
  busy: 'The server is busy. Try once more.',
  call_open: 'The call is not over. Give its class in the console.',
  nobody_answered: 'Nobody answered this call, so it has no class. How it ended stays on record.',
  our_call: 'This was a call of ours, so it cannot be a prank or a test. Correct the incoming call.',
  real_incident: 'This call reported an incident. Close that as nothing found or as a false report, or take the call off it, then give a class.',
};

function translated(text: string, said: Said[]): string | null {
  for (const [pattern, english] of said) {
    const found = pattern.exec(text);
    if (found) return typeof english === 'string' ? english : english(found);
  }
  return null;
}

/** In English; what it does not know stays as it was said. */
export function inEnglish(text: string): string {
  const clauses = text.split('; ').map((clause) => translated(clause, CLAUSES));
  if (clauses.every((clause) => clause !== null)) return clauses.join('; ');
  const parts = text.split(', ').map((part) => translated(part, PARTS));
  return parts.every((part) => part !== null) ? parts.join(', ') : text;
}

export const told = (text: string): string => (language === 'en' ? inEnglish(text) : text);

/** The words of a refusal in English, if this kind has any and they are asked for. */
export const refusalInEnglish = (kind: string): string | undefined => REFUSALS[kind];
export const toldWhyNot = (kind: string): string | undefined => (language === 'en' ? REFUSALS[kind] : undefined);
