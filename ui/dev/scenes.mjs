// Made-up desks for looking at: quiet, in a call, contention, trouble, night. Numbers belong to nobody.
const S = 1_000_000;

export function scenes({ now, start, card }) {
  const seat = (n, name, state, age, call = null) => ({ seat: n, user_id: n === 1 ? 'u1' : `u${n}`, display_name: name, state, since: start - age * S, call });
  const silence = (age) => ({ kind: 'silent', since: start - age * S });
  const number = (n) => `0812-0000-${String(1000 + n * 37)}`;
  const missed = (id, more) => ({ callback_id: id, call_id: `x${id}`, number: '0813-9876-0000', reason: 'abandoned', since: start - 22 * S, attempts: 0, next_attempt_at: now() + 8 * S, history: 'Belum pernah menelepon', sent_at: null, no_link: null, ...more });
  const level = () => -62 + 34 * Math.random() * Math.random();
  const silent = (n) => Array.from({ length: n }, (_, i) => card(`s${i}`, {
    number: i === 3 ? null : number(40 + i), phase: 'listening', lane: 'b', offered_at: start - (70 + i * 31) * S, speech: silence(52 + i * 30), silent_line: true, unheard: i !== 3, answer_by: i === 1 ? start + 9 * S : i === 2 ? start - 20 * S : null, level_dbfs: i === 4 ? null : level(),
    suspicion: 70 + i * 5, blocked: i === 2, history: ['17 panggilan, 16 tanpa suara, 1 kebakaran nyata 3 Mei', '4 panggilan, semua tanpa suara', '9 prank terkonfirmasi sejak Maret', 'Tanpa nomor: riwayat tidak dapat dibaca', 'Belum pernah menelepon'][i],
  }));
  const waits = Array.from({ length: 12 }, (_, i) => card(`w${i}`, {
    number: number(i), offered_at: start - (58 - i * 4) * S, phase: 'listening', why: 'Mesin menyapa dan mendengarkan', history: 'Belum pernah menelepon', ...[
    { phase: 'ringing', seat: 1, why: 'Berdering di meja yang paling lama senggang', history: '1 laporan sungguhan (kebakaran, 3 Mei); 2 panggilan lain', real_before: true },
    { phase: 'waiting', why: 'Meja sebelumnya hilang: kembali ke depan' },
    { why: 'Semua meja berbicara: mesin menyapa dan mendengarkan' },
    { blocked: true, lane: 'b', suspicion: 88, why: 'Bersuara di pintu lambat: menunggu petugas', reasons: ['9 prank terkonfirmasi', 'telepon pendek'], history: '9 prank terkonfirmasi sejak Maret' },
    { keys: '1', speech: { kind: 'noise' }, why: 'Menekan tombol: pindah ke depan', history: '4 panggilan, semua tanpa suara', suspicion: 55 },
    { speech: { kind: 'noise' }, why: 'Ada bunyi: ketukan atau batuk' },
    { number: null, why: 'Tanpa nomor: selalu jalur A', history: 'Tanpa nomor: riwayat tidak dapat dibaca', speech: { kind: 'unknown' } },
    { lane: 'b', suspicion: 74, speech: silence(9), why: 'Jalur B: menunggu paling lama 60 detik', history: '17 panggilan, 16 tanpa suara' },
    { lane: 'b', suspicion: 61, speech: silence(4), why: 'Jalur B: menunggu paling lama 60 detik', history: '3 panggilan pendek hari ini' },
    {}, { speech: { kind: 'unknown' } }, { lane: 'b', suspicion: 52, why: 'Jalur B: menunggu paling lama 60 detik' },
  ][i],
  }));
  const talking = card('c1', { phase: 'talking', seat: 1, answered_at: start - 42 * S, offered_at: start - 44 * S, history: '1 laporan sungguhan (kebakaran, 3 Mei); 2 panggilan lain', real_before: true, level_dbfs: -22 });
  const by = (user_id, display_name, how) => ({ user_id, display_name, how, since: start - 20 * S });
  const elsewhere = card('c3', { number: '0859-1111-2222', phase: 'talking', seat: 2, answered_at: start - 75 * S, offered_at: start - 80 * S, history: '17 panggilan, 16 tanpa suara' });
  const crew = [seat(2, 'Budi Santoso', 'talking', 75, 'c3'), seat(3, 'Rina Marlina', 'wrap', 21)];
  const mine = (state, age, call = null) => seat(1, 'Siti Aminah', state, age, call);
  const three = [missed('b1', { reason: 'interrupted', since: start - 25 * S, number: '0813-9876-0000', next_attempt_at: now() + 5 * S, history: 'Terputus setelah 22 detik bicara' }), missed('b2', { number: '0857-1212-3434', since: start - 150 * S, attempts: 1, next_attempt_at: now() + 95 * S, history: '3 panggilan, semua putus' }), missed('b3', { number: '0878-0000-4545', since: start - 1500 * S, attempts: 3, next_attempt_at: null })];
  return {
    idle: { calls: [], seats: [mine('ready', 312), ...crew.map((one) => ({ ...one, state: 'ready', call: null }))], callbacks: [] },
    empty: { calls: [], seats: [], callbacks: [] },
    ringing: { calls: [card('c1', { seat: 1, why: 'Berdering di meja yang paling lama senggang', history: '1 laporan sungguhan (kebakaran, 3 Mei); 2 panggilan lain', real_before: true, speech: { kind: 'unknown' } }), elsewhere], seats: [mine('ringing', 8, 'c1'), ...crew], callbacks: three.slice(0, 1) },
    talking: { calls: [talking, { ...elsewhere, direction: 'drill' }, ...silent(2).map((one, i) => (i === 0 ? { ...one, phase: 'handed_off', unheard: false, answer_by: null, handed_off: { by: 'u2', seat: 2, back_at: null } } : { ...one, direction: 'drill' }))], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: three.slice(0, 2) },
    told: { calls: [{ ...talking, muted: true, supervision: by('u9', 'Budi Hartono', 'whisper') }, elsewhere], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: [] },
    beside: { calls: [{ ...elsewhere, supervision: by('u1', 'Siti Aminah', 'barge') }, card('c4', { phase: 'talking', seat: 4, answered_at: start - 30 * S, supervision: by('u9', 'Budi Hartono', 'listen') }), card('c5', { phase: 'held', seat: 5, answered_at: start - 12 * S })], seats: [mine('ready', 42), ...crew, seat(4, 'Dewi Lestari', 'talking', 30, 'c4'), seat(5, 'Agus Salim', 'talking', 12, 'c5')], callbacks: [] },
    busylead: { calls: [talking, elsewhere], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: [] },
    queue: { calls: [talking, ...waits.slice(1, 5), elsewhere, ...silent(1)], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: three.slice(0, 1) },
    script: { calls: [{ ...talking, duress: true, keys: '112', speech: { kind: 'noise' } }], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: [] },
    unrated: { calls: [card('u1', { number: number(9), phase: 'wrap', answered_at: start - 95 * S, ended_at: start - 40 * S }), card('u2', { number: number(11), phase: 'wrap', answered_at: start - 60 * S, ended_at: start - 20 * S, class: { class: 'ghost', sub: 'accidental' }, undo_until: start + 5 * S })], seats: [mine('ready', 12), ...crew], callbacks: [] },
    linked: { calls: [{ ...talking, level_dbfs: null, speech: { kind: 'silent', since: start - 20 * S }, sent_at: start - 12 * S }, elsewhere, ...silent(2).map((one, i) => ({ ...one, no_link: i === 1 ? 'fixed_line' : null }))], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: [missed('b9', { reason: 'wrote', number: '0857-1212-3434', call_id: 'x9', since: start - 60 * S, next_attempt_at: null, sent_at: start - 40 * S }), ...three.slice(0, 1)] },
    wrap: { calls: [{ ...talking, phase: 'wrap', ended_at: start - 17 * S }], seats: [mine('wrap', 17, 'c1'), ...crew], callbacks: [] },
    contention: { calls: [...waits, elsewhere, ...silent(5)], seats: [mine('ringing', 3, 'w0'), ...crew], callbacks: three },
    degraded: { calls: [elsewhere], seats: [mine('ready', 40), ...crew], callbacks: three, links: { telephone: 'down', data: 'degraded', recording: 'up' } },
    terancam: { calls: [card('c1', { seat: 1, why: 'Berdering di meja yang paling lama senggang', history: '1 laporan nyata 27 November, 2 panggilan', duress_before: true, real_before: true, speech: { kind: 'unknown' } }), { ...waits[3], duress_before: true }, elsewhere], seats: [mine('ringing', 8, 'c1'), ...crew], callbacks: three.slice(0, 1) },
    'terancam-bicara': { calls: [{ ...talking, duress_before: true }, { ...waits[3], duress_before: true }, elsewhere], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: three.slice(0, 1) },
    meluap: { calls: [talking, ...waits.slice(1), elsewhere, ...silent(5)], waiting_count: 148, seats: [mine('talking', 42, 'c1'), ...crew], callbacks: [...three, missed('b4', { reason: 'deferred', number: '0819-0000-3333', since: start - 200 * S, history: '9 panggilan, 8 prank' })] },
    'data-mati': { calls: [talking, elsewhere], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: three.slice(0, 1), links: { telephone: 'up', data: 'degraded', recording: 'up' } },
    'rekam-mati': { calls: [talking, elsewhere], seats: [mine('talking', 42, 'c1'), ...crew], callbacks: [], links: { telephone: 'up', data: 'up', recording: 'down' } },
    lepas: { calls: [{ ...talking, phase: 'waiting', seat: null, supervision: by('u1', 'Siti Aminah', 'listen') }], seats: [mine('ready', 42)], callbacks: [] },
    night: { calls: [card('c1', { seat: 1, why: 'Satu meja terisi: semua panggilan ke sini' }), ...silent(1)], seats: [mine('ringing', 4, 'c1')], callbacks: three.slice(2) },
  };
}

/** A made-up photo. */
export const PHOTO = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="#445"/><path d="M0 200 L90 90 L150 150 L220 60 L320 200 Z" fill="#a63"/></svg>';

/** `GET /api/links`. */
export function linkThreads({ start, now }) {
  const line = (line_id, ago, by, text, more = {}) => ({ line_id, at: start - ago * S, by, text, photo: null, read: true, ...more });
  const link = { link_id: 'l1', sent_at: start - 38 * S, sent_by: 'Siti Aminah', expires_at: start + 7_000 * S, opened_at: start - 25 * S, delivery: 'delivered', channel: 'webhook' };
  return [
    { call_id: 'x9', calls: ['x9'], number: '0857-1212-3434', link: { ...link, link_id: 'l2', sent_by: null }, position: { lat: -6.1301, lng: 106.1602, radius_m: 34, at: start - 40 * S, source: 'link' }, lines: [line('6', 40, null, 'Saya butuh bantuan', { read: false })], unread: 1, no_link: null },
    { call_id: 'c1', calls: ['c1'], number: '0812-3456-7890', link, position: { lat: -6.1204, lng: 106.1503, radius_m: 18, at: now() - 12 * S, source: 'link' },
      lines: [line('1', 22, null, 'Saya tidak bisa bicara'), line('2', 15, 'Siti Aminah', 'Kami datang. Apakah pelakunya di dekat Anda?'), line('3', 9, null, '', { photo: 'p1', read: false }), line('4', 5, null, 'ya, di ruang depan. saya di kamar mandi', { read: false })], unread: 2, no_link: null },
  ];
}

const HOUR = 3_600 * S;
/** Rows of `GET /api/callbacks`. */
export function callbackRows({ start }) {
  const row = (callback_id, more) => ({ callback_id, call_id: `x${callback_id}`, number: '0813-9876-0000', reason: 'abandoned', since: start - 25 * S, attempts: [], next_attempt_at: null, closed_at: null, crossed_off_by: null, ...more });
  const attempt = (ago, result, by = null) => ({ call_id: `t${ago}`, at: start - ago * S, result, by });
  return [
    row('b1', { reason: 'interrupted', next_attempt_at: start + 20 * S }),
    row('b3', { number: '0878-0000-4545', since: start - 1500 * S, attempts: [attempt(1470, 'no_answer'), attempt(1350, 'busy'), attempt(800, 'no_answer')] }),
    row('b2', { number: '0857-1212-3434', since: start - 150 * S, attempts: [attempt(120, 'silent')], next_attempt_at: start + 90 * S }),
    row('b4', { number: '0812-0000-7171', since: start - 2 * HOUR, attempts: [attempt(7170, 'reached_help')], closed_at: start - 7100 * S }),
    row('b5', { number: '0838-0000-1212', since: start - 5 * HOUR, attempts: [attempt(17970, 'mistake')], closed_at: start - 17_960 * S }),
    row('b6', { number: '0896-0000-3434', reason: 'deferred', since: start - 26 * HOUR, attempts: [attempt(93_570, 'failed'), attempt(93_480, 'no_answer'), attempt(93_000, 'no_answer'), attempt(91_000, 'reached_help', 'Budi Santoso')], closed_at: start - 90_900 * S, crossed_off_by: null }),
    row('b7', { number: '0852-0000-5656', since: start - 30 * HOUR, attempts: [attempt(107_970, 'no_answer'), attempt(107_800, 'no_answer'), attempt(107_400, 'no_answer')], closed_at: start - 100_000 * S, crossed_off_by: 'Siti Aminah' }),
  ];
}

/** A second of line noise as WAV, for listening to a made-up line. */
export function noiseWav() {
  const samples = 16_000;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0); wav.writeUInt32LE(36 + samples * 2, 4); wav.write('WAVEfmt ', 8); wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24); wav.writeUInt32LE(16_000, 28); wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34); wav.write('data', 36); wav.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n += 1) wav.writeInt16LE(Math.round(300 * (Math.random() - 0.5)), 44 + n * 2);
  return wav;
}
