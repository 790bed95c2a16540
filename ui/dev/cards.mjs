// Made-up question cards and answers for dev/mock.mjs, in the shape that the server spells out.
const to = (place) => (place ? { card: place.split('/')[0], step: place.split('/')[1] } : null);
const ask = (key, question, next, ...answers) => ({ key, ask: question, answers: answers.map(([say, way], i) => ({ digit: i + 1, say, to: to(way === undefined ? next : way) })), tell: [], next: to(next) });
const tell = (key, next, ...lines) => ({ key, ask: null, answers: [], tell: lines, next: to(next) });
const card = (key, title, types, steps, more = {}) => ({ key, title, types, bpm: null, sign_off: { state: 'none' }, fingerprint: '2c8b299627bb3201', steps, ...more });

export const CARDS = [
  card('umum', 'Pertanyaan setiap panggilan', ['*'], [
    ask('di', 'Di mana? Kelurahan, RT/RW, patokan. Bacakan kembali: sudah benar, dan di Kota Serang?', 'umum/nomor', ['Ya, sudah dicocokkan'], ['Bukan di Kota Serang'], ['Tidak tahu pasti']),
    ask('nomor', 'Nomor yang bisa dihubungi kembali: nomor ini?', null, ['Ya, nomor ini'], ['Nomor lain, sudah ditulis'], ['Tidak ada'])]),
  card('api', 'Kebakaran', ['kebakaran'], [
    ask('orang', 'Masih ada orang di dalam?', 'api/keluar', ['Ya'], ['Tidak', 'api/keluar'], ['Tidak tahu']),
    tell('keluar', 'api/apa', 'Semua keluar sekarang. Merunduk di bawah asap.', 'Tutup pintu di belakang Anda.', 'Jangan kembali ke dalam, untuk apa pun.'),
    ask('apa', 'Apa yang terbakar?', null, ['Rumah'], ['Toko, pasar, atau gudang'], ['Kendaraan'], ['Lahan atau sampah'], ['Listrik atau gardu'])], { sign_off: { state: 'signed', by: 'Damkar Kota Serang', on: '2026-12-01' } }),
  card('medis', 'Medis: sadar dan napas', ['ambulans'], [
    ask('sadar', 'Apakah korban sadar: menjawab atau bergerak bila dipanggil?', 'medis/napas', ['Ya', null], ['Tidak'], ['Tidak tahu']),
    ask('napas', 'Apakah napasnya normal? Tersengal atau mendengkur bukan normal.', null, ['Ya', null], ['Tidak', 'rjp/tekan'], ['Tidak, bayi di bawah 1 tahun', null], ['Tidak tahu', null])]),
  card('rjp', 'RJP dewasa', [], [
    tell('tekan', 'rjp/terus', 'Nyalakan pengeras suara, taruh telepon di sampingnya.', 'Telentangkan di lantai yang keras. Berlutut di samping dadanya.', 'Tumit satu tangan di tengah dada, tangan lain di atasnya.', 'Lengan lurus. Tekan kuat 5 sampai 6 sentimeter, lalu lepas penuh.', 'Ikuti hitungan saya, dua tekanan tiap detik. Jangan berhenti.'),
    tell('terus', null, 'Terus tekan sampai petugas mengambil alih.')], { bpm: 110, sign_off: { state: 'text_changed', by: 'PSC 119', on: '2026-11-20' } }),
];

let lines = [];
const step = (key, name) => CARDS.find((one) => one.key === key)?.steps.find((one) => one.key === name);

/** Keeps an answer as the server would; without one, what is kept. */
export function answers(call, at, by, fresh) {
  if (fresh) lines = [...lines, { ...fresh, call_id: call, at, by, corrected: false }];
  lines = lines.map((line, i) => ({ ...line, corrected: lines.slice(i + 1).some((later) => later.card === line.card && later.step === line.step) }));
  return { lines, open: [] };
}

export const forget = () => (lines = []);

/** What an incident shows: an answer, a corrected one, a passed one, and what was never asked. */
export function asked(at, by) {
  const line = (n, card, name, choice, corrected = false) => ({ answer_id: `q${n}`, call_id: 'c9', at: at + n * 4_000_000, by, card, title: 'Kebakaran', fingerprint: 'f', step: name, asked: step(card, name).ask ?? step(card, name).tell.join('\n'), choice, corrected });
  const say = (digit, words) => ({ kind: 'answered', digit, say: words });
  return {
    lines: [line(1, 'api', 'orang', say(2, 'Tidak'), true), line(2, 'api', 'orang', say(1, 'Ya')), line(3, 'api', 'keluar', { kind: 'told' }), line(4, 'umum', 'nomor', { kind: 'skipped' })],
    open: [{ call_id: 'c9', title: 'Kebakaran', asked: step('api', 'apa').ask }],
  };
}
