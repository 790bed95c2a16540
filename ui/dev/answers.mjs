import { campaignReply } from './campaigns.mjs';
import { drillReply, handoverReply, rosterReply } from './shifts.mjs';
import { readFileSync } from 'node:fs';
import { CARDS, answers, asked, forget } from './cards.mjs';
import { quality } from './quality.mjs';
import { timeline } from './timeline.mjs';
import { UNDER, trouble } from './trouble.mjs';
import { callbackRows, noiseWav, scenes, PHOTO, linkThreads } from './scenes.mjs';

// Made-up answers for dev/mock.mjs. Names and numbers belong to nobody.
const now = () => Date.now() * 1000;
const start = now();
const S = 1_000_000;
const type = (key, short, label, ...aliases) => ({ key, short, label, aliases });
const VILLAGES = [
  ['3673011001', 'Serang', 'Serang', -6.1149, 106.1502], ['3673011002', 'Cipare', 'Serang', -6.1201, 106.1611], ['3673011003', 'Sukawana', 'Serang', -6.1003, 106.1425],
  ['3673011004', 'Kotabaru', 'Serang', -6.1104, 106.1561], ['3673011005', 'Lontarbaru', 'Serang', -6.1182, 106.1467], ['3673021001', 'Kasemen', 'Kasemen', -6.0602, 106.1653],
  ['3673021002', 'Banten', 'Kasemen', -6.0367, 106.1585], ['3673021003', 'Sawah Luhur', 'Kasemen', -6.0489, 106.2035], ['3673031001', 'Cipocok Jaya', 'Cipocok Jaya', -6.1391, 106.1752],
  ['3673031002', 'Banjar Agung', 'Cipocok Jaya', -6.1312, 106.1869], ['3673041001', 'Curug', 'Curug', -6.1834, 106.1842], ['3673041002', 'Sukawana', 'Curug', -6.1935, 106.2102],
  ['3673051001', 'Taktakan', 'Taktakan', -6.1298, 106.1101], ['3673051002', 'Drangong', 'Taktakan', -6.1142, 106.1202], ['3673061001', 'Walantaka', 'Walantaka', -6.1491, 106.2299],
].map(([code, name, district, lat, lng]) => ({ code, name, district, lat, lng }));
const CITY = {
  key: 'serang', name: 'Kota Serang', zone: 'Asia/Jakarta', zone_label: 'WIB',
  incident_types: [type('kebakaran', 'KB', 'Kebakaran', 'api'), type('korsleting', 'KR', 'Korsleting listrik', 'listrik'), type('kecelakaan', 'LK', 'Kecelakaan lalu lintas', 'tabrakan'), type('ambulans', 'AM', 'Ambulans / kesehatan', 'sakit'), type('pohon', 'PT', 'Pohon tumbang'), type('banjir', 'BJ', 'Banjir'), type('hewan', 'HW', 'Hewan', 'ular')],
  agencies: [['damkar', 'Damkar', 'Bidang Pemadam Kebakaran'], ['pln', 'PLN', 'PLN 123'], ['psc119', 'PSC 119', 'Dinas Kesehatan'], ['polresta', 'Polresta Serang Kota', 'Kepolisian'], ['bpbd', 'BPBD', 'Badan Penanggulangan Bencana']].map(([key, label, name]) => ({ key, label, name })),
  districts: [], villages: VILLAGES, cards: CARDS,
  sub_reasons: [['information', 'question', 'Pertanyaan'], ['information', 'phone_locked', 'HP terkunci / SIM / pulsa / token'], ['information', 'complaint', 'Pengaduan bukan darurat (LAPOR!)'], ['information', 'wrong_city', 'Salah kota'], ['prank', 'child', 'Anak'], ['prank', 'abuse', 'Makian / pelecehan'], ['ghost', 'silent', 'Hening, saluran terbuka'], ['ghost', 'accidental', 'Tidak sengaja (terkonfirmasi)']].map(([c, key, label]) => ({ class: c, key, label })),
};
const ME = { user_id: 'u1', user: 'petugas1', display_name: 'Siti Aminah', role: process.env.ROLE ?? 'shift_lead', totp: false, city: 'Kota Serang', demo: true };
const fields = (more) => ({ landmark: null, village_code: null, address: null, rt_rw: null, lat: null, lng: null, incident_type: null, reporter_name: null, reporter_number: null, victims: null, situation: null, ...more });
const task = (id, agency, label, state, age, more = {}) => ({
  assignment_id: id, incident_id: 'i1', agency, agency_label: label, reason: 'Kebakaran di Kec. Serang: Damkar lebih dulu (tabel rute baris 3)', hand_over: false, state, sent_at: start - age * S, acknowledge_by: start - age * S + 60 * S,
  overdue_level: 0, acknowledged_at: null, en_route_at: null, on_scene_at: null, done_at: null, delivered: true, by_hand: false, notes: [], photos: [], task_url: '/tugas/abc', ...more,
});
const incident = (n, key, label, place, more, age, assignments) => ({
  incident_id: `i${n}`, number: n, status: 'open', outcome: null, incident_type: key, type_label: label, fields: fields({ incident_type: key, ...more }), place, opened_at: start - age * S, closed_at: null,
  opened_by: 'Siti Aminah', opened_call: 'c9', calls: ['c9'], merged_into: null, merged: [], links: [], major: null, assignments, notes: [{ at: start - 60 * S, by: 'Siti Aminah', text: 'Pelapor melihat asap tebal dari lantai dua' }], revision: 1,
});
const INCIDENTS = [
  incident(231, 'kebakaran', 'Kebakaran', 'depan Masjid Agung, Kel. Cipare, Kec. Serang', { village_code: '3673011002', lat: -6.1201, lng: 106.1615, situation: 'Api di dapur rumah, dua orang masih di dalam', victims: 2, reporter_name: 'Bu Rini', reporter_number: '0812-0000-1111' }, 240, [
    task('a1', 'damkar', 'Damkar', 'en_route', 230, { acknowledged_at: start - 200 * S, en_route_at: start - 150 * S }), task('a2', 'psc119', 'PSC 119', 'sent', 130, { overdue_level: 2, by_hand: true })]),
  incident(230, 'pohon', 'Pohon tumbang', 'Jl. Raya Taktakan, Kel. Drangong, Kec. Taktakan', { village_code: '3673051002', lat: -6.1142, lng: 106.1202 }, 2400, [task('a3', 'bpbd', 'BPBD', 'on_scene', 2300, { acknowledged_at: start - 2280 * S, en_route_at: start - 2100 * S, on_scene_at: start - 1500 * S })]),
];
const named = (n, type_label, status = 'closed') => ({ incident_id: `i${n}`, number: n, type_label, status });
Object.assign(INCIDENTS[0], { calls: ['c9', 'c6', 'c5', 'c4'], merged: [named(232, 'Korsleting listrik')], links: [named(230, 'Pohon tumbang', 'open')] });
Object.assign(INCIDENTS[1], { calls: ['c9', 'c2'], opened_call: 'c9', major: { at: start - 1200 * S, by: 'Rina Marlina', reason: 'menutup jalan nasional dua arah' }, links: [named(231, 'Kebakaran', 'open')] });
INCIDENTS[1].assignments.push(task('a4', 'kab_serang', '112 Kab. Serang', 'sent', 40, { hand_over: true, reason: 'Dipilih petugas' }));
const CLOSED = [
  { ...incident(232, 'korsleting', 'Korsleting listrik', 'gardu depan Masjid Agung, Kel. Cipare, Kec. Serang', {}, 200, [task('a5', 'pln', 'PLN', 'en_route', 190)]), status: 'closed', outcome: 'duplicate', closed_at: start - 100 * S, merged_into: named(231, 'Kebakaran', 'open') },
  { ...incident(229, 'hewan', 'Hewan', 'SDN 2, Kel. Lopang, Kec. Serang', {}, 9000, []), status: 'closed', outcome: 'resolved', closed_at: start - 6000 * S },
];
const SIMILAR = [
  { incident_id: 'i231', number: 231, status: 'open', type_label: 'Kebakaran', place: 'depan Masjid Agung, Kel. Cipare, Kec. Serang', opened_at: start - 240 * S, calls: 4, likely: true, reasons: [{ kind: 'same_type' }, { kind: 'distance', metres: 120 }, { kind: 'words', words: ['agung', 'masjid'] }, { kind: 'recent', minutes: 2 }] },
  { incident_id: 'i229', number: 229, status: 'closed', type_label: 'Hewan', place: 'SDN 2, Kel. Lopang, Kec. Serang', opened_at: start - 9000 * S, calls: 1, likely: false, reasons: [{ kind: 'other_type' }, { kind: 'next_village' }, { kind: 'same_number' }, { kind: 'just_closed', minutes: 12 }] },
];
let seat = null;
let draft = { call_id: 'c1', revision: 0, fields: fields({}), notes: [], saved_at: null, incident_id: null };
const card = (call_id, more) => ({
  call_id, direction: 'incoming', phase: 'ringing', number: '0812-3456-7890', offered_at: start - 8 * S, answered_at: null, ended_at: null, seat: null, lane: 'a', suspicion: 0, history: 'Belum pernah menelepon', reasons: [],
  real_before: false, speech: { kind: 'voice' }, level_dbfs: null, keys: '', blocked: false, silent_line: false, unheard: false, answer_by: null, telephone: null, handed_off: null, supervision: null, duress: false, duress_before: false, why: '', class: null, undo_until: null, muted: false, incident_id: null, position: null, sent_at: null, no_link: null, ...more,
});
let calls = [
  card('c1', { seat: 1, history: '1 laporan sungguhan (kebakaran, 3 Mei); 2 panggilan lain', real_before: true }),
  card('c2', { number: null, offered_at: start - 41 * S, speech: { kind: 'silent', since: start - 36 * S }, lane: 'b', suspicion: 62, history: 'Tanpa nomor: riwayat tidak dapat dibaca' }),
  card('c3', { number: '0859-1111-2222', phase: 'talking', seat: 2, answered_at: start - 75 * S, offered_at: start - 80 * S, history: '17 panggilan, 16 tanpa suara' }),
];
const SCENES = scenes({ now, start, card });
let scene = null;
/** The scene's own name: `trouble.mjs` knows more of them than the desk does. */
let told = '';
/** The figures as they are after a good night, after a bad one, and while they are counted anew: `angka-...` as the scene. */
const FIGURES = {
  baik: { checked_at: start - 6 * 3600 * S, days: [{ day: 20_200_303, calls: 84, differences: 0, told: [] }, { day: 20_200_817, calls: 91, differences: 0, told: [] }] },
  beda: { checked_at: start - 6 * 3600 * S, days: [{ day: 20_200_303, calls: 84, differences: 12, told: [{ table: 'call_day', cell: 'answered/ghost/silent/-/-/-', day: 20_200_303, written: 51, counted: 50 }, { table: 'taker_day', cell: 'ledger/.../answered/ghost', day: 20_200_303, written: 51, counted: 50 }] }, { day: 20_200_817, calls: 91, differences: 0, told: [] }] },
  ulang: { rebuild: { done: 14, months: 36, is_current: false }, days: [] },
};
let night = 'baik';
const staged = () => ({ ...plain(), ...SCENES[scene], calls: SCENES[scene].calls.map((call) => (call.silent_line && call.level_dbfs !== null ? { ...call, level_dbfs: -66 + 40 * Math.random() * Math.random() } : call)) });
const desk = () => {
  const whole = scene ? staged() : plain();
  const waits = whole.calls.filter((call) => ['ringing', 'listening', 'waiting'].includes(call.phase));
  return { ...whole, waiting_count: Math.max(waits.length, scene === 'meluap' ? 148 : 0), waiting_since: waits[0]?.offered_at ?? null };
};
const plain = () => ({
  sequence: Math.round(now() / S), now: now(), calls, waiting_count: calls.filter((c) => c.phase === 'ringing').length, waiting_since: start - 41 * S,
  seats: [...(seat ? [seat] : []), { seat: 2, user_id: 'u2', display_name: 'Budi', state: 'talking', since: start - 75 * S, call: 'c3' }], overdue_count: 1,
  callbacks: [{ callback_id: 'b1', call_id: 'c8', number: '0813-9876-0000', reason: 'interrupted', since: start - 300 * S, attempts: 0, history: 'Terputus setelah 22 detik bicara' }, { callback_id: 'b2', call_id: 'c7', number: '0857-1212-3434', reason: 'abandoned', since: start - 900 * S, attempts: 1, history: '3 panggilan, semua putus' }].map((one) => ({ next_attempt_at: null, sent_at: null, no_link: null, ...one })),
  last_emergency_at: start - 7_300 * S, handover_since: scene === 'contention' ? start - 1_260 * S : null, links: { telephone: 'up', data: 'up', recording: 'up' },
});
const peaks = (n, f) => Array.from({ length: n }, (_, i) => Math.max(2, Math.round(200 * Math.abs(Math.sin(i / f)) * Math.random())));
const row = (id, more) => ({ call_id: id, direction: 'incoming', number: '081234567890', display_name: null, offered_at: start - 3600 * S, answered_at: start - 3595 * S, ended_at: start - 3500 * S, ended_by: 'caller', outcome: 'answered', lane: 'a', suspicion: 0, class: 'prank', sub: null, incident_type: null, agency: null, village_code: null, call_taker: 'Siti Aminah', incident_id: null, recorded: true, imported: false, note: null, ...more });
const count = (key, label, n) => ({ key, label, count: n });
/** Busy from ten to ten, as children are. */
const busy = (hour) => (hour >= 10 && hour < 22 ? 3 : hour < 6 ? 0.7 : 1.2);
const detail = (k) => ({
  exposure: { days_with_calls: 274, staffed_hours: k === 1 ? 13_152.5 : null, from_ledger: k === 1 ? 0 : 16_000 },
  months: Array.from({ length: 9 }, (_, i) => ({ key: `2020-0${i + 1}`, label: `${['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September'][i]} 2020`, counts: { emergency: 12 + 3 * i, information: 240 + 11 * i, prank: Math.round((900 + 300 * Math.sin(i)) * k), ghost: Math.round((1_300 + 260 * Math.cos(i)) * k), abandoned: 120 } })),
  hours: Array.from({ length: 168 }, (_, at) => ({ weekday: Math.floor(at / 24) + 1, hour: at % 24, offered: Math.round(busy(at % 24) * (52 + (at % 7) * 3)), emergency: at % 19 === 3 ? 1 + (at % 4) : 0, nuisance: Math.round(busy(at % 24) * 50) })),
  answer_times: [['all', 21_400, 2_334, 20_900, 2_400, 4_500, 6_500, 15_000, 60_000], ['lane_a', 20_100, 1_200, 20_000, 2_200, 4_000, 5_500, 9_000, 33_000], ['lane_b', 1_300, 1_134, 900, 9_000, 33_000, 45_000, null, 60_000], ['emergency', 162, 3, 160, 2_000, 4_000, 5_000, 9_000, 15_000]].map(([key, answered, left, within_10_s, p50_ms, p90_ms, p95_ms, p99_ms, longest_ms]) => ({ key, answered, left, unknown: key === 'all' ? 3 : 0, within_10_s, p50_ms, p90_ms, p95_ms, p99_ms, longest_ms })),
  by_taker: [['u1', 'Siti Aminah', 'live', 60, 3_200, 4_600, 610, 4, 2], ['u2', 'Budi', 'live', 52, 3_100, 4_100, 580, 0, 0], ['u3', 'Citra Lestari', 'live', 41, 2_400, 3_900, 490, 0, 0], ['Dedi', 'Dedi', 'ledger', 9, 1_171, 1_101, 0, 0, 0]].map(([key, label, source, normal, prank, ghost, information, test, unclassified]) => ({ key, label, source, normal, prank, ghost, information, test, unclassified, total: normal + prank + ghost + information + test + unclassified })),
  screening: { real: 165, real_lane_b: 1, real_lost: 0, lane_b: 2_434, lane_b_left_unknown: 1_134, slower_at_most_pct: 2.8, lost_at_most_pct: 1.8 },
  harm: { real_waited: 4, real_waited_s: 212, seat_s: 1_412_000, nuisance_seat_s: 1_240_000, rupiah_per_seat_hour: null, rupiah: null },
});
const step = (key, known, missing, median_s, p90_s) => ({ key, known, missing, median_s, p90_s });
const PROCEEDINGS = {
  agency_times: [['damkar', 'Damkar', 60], ['pln', 'PLN', 34], ['psc', 'PSC 119', 19]].map(([key, label, n], i) => ({ key, label, assignments: n, steps: [step('answer', n, 0, 3, 5), step('decide', n, 0, 42 + i, 95), step('send', n, 0, 2, 6), step('acknowledge', n - 4, 4, 38 + 10 * i, 140), step('arrive', n - 9, 9, 640 + 90 * i, 1_450), step('response', n - 9, 9, 700 + 90 * i, 1_560), i === 2 ? step('close', 0, n, null, null) : step('close', n - 2, 2, 3_900, 9_200)] })),
  handled: Array.from({ length: 28 }, (_, i) => ({ at: start - (28 - i) * 86_400 * S, type_label: ['Kebakaran', 'Korsleting listrik', 'Kecelakaan lalu lintas'][i % 3], village_label: 'Cipare (Kec. Serang)', agency_label: ['Damkar', 'PLN', 'PSC 119'][i % 3], incident: i < 3 ? null : `2020/${130 + i}`, closed_at: i === 27 ? null : start, outcome: i === 27 ? null : i % 9 === 4 ? 'nothing_found' : 'resolved' })),
  sanctions: [['educate', 'Pembinaan', 41, 38, 2, 1], ['warn', 'Peringatan', 17, 15, 2, 0], ['block_temporarily', 'Blokir sementara', 6, 4, 1, 1], ['refer', 'Rujukan', 1, 0, 0, 1]].map(([key, label, proposed, approved, rejected, waiting]) => ({ key, label, proposed, approved, rejected, withdrawn: 0, waiting })),
  appeals: { made: 3, upheld: 1, lifted: 1, waiting: 1 },
  corrections: [{ day: '2020-10-05', from_class: 'prank', to_class: 'emergency', calls: 1 }, { day: '2020-10-12', from_class: 'ghost', to_class: 'information', calls: 3 }],
  published: [['2019-01-01', '2019-09-30', 'calls_reported', 16_000, true, null, 48.3], ['2020-01-01', '2020-09-30', 'valid_reports', 162, false, 162, null], ['2020-01-01', '2020-09-30', 'valid_reports/korsleting listrik', 34, false, null, null]].map(([from, to, measure, value, approximate, ours, change_pct]) => ({ from, to, measure, value, approximate, source: 'koran daerah, 9 November 2020', ours, change_pct })),
  staffing: { goal_pct: 99, goal_s: 10, wrap_s: 15, hold_s: 73.2, patience_s: 41.3, redial_pct: 36.4, redial_of: 2_000, days: 274, calls: 23_734, hours: Array.from({ length: 24 }, (_, hour) => ({ hour, calls_per_h: 1.73 * busy(hour), low_per_h: 1.6 * busy(hour), high_per_h: 1.86 * busy(hour), busy_calls: Math.round(5 * busy(hour)), hold_s: 73.2, seats: hour >= 10 && hour < 22 ? 2 : 1, seats_high: 2, seats_busy: hour >= 10 && hour < 22 ? 4 : 2, within_pct: 99.4, one_less_within_pct: hour >= 10 && hour < 22 ? 92.1 : null, left_pct: 0.4 })) },
};
const figures = (k) => ({
  period: { from: k === 1 ? '2020-01-01' : '2019-01-01', to: k === 1 ? '2020-09-30' : '2019-09-30', days: 274 }, offered: Math.round(23_734 * k), answered: Math.round(23_734 * k), abandoned: 0, deferred: 0, failed: 0,
  classes: { emergency: Math.round(162 * k), information: 0, prank: Math.round(9_871 * k), ghost: Math.round(13_701 * k), abandoned: 0, test: 0, unclassified: 0 }, nuisance: Math.round(23_572 * k),
  by_type: [count('korsleting', 'Korsleting listrik', 34), count('kecelakaan', 'Kecelakaan lalu lintas', 22), count('kebakaran', 'Kebakaran', 19), count('ambulans', 'Ambulans / kesehatan', 19), count('pohon', 'Pohon tumbang', 18), count('', '', 50)],
  by_agency: [count('damkar', 'Damkar', 60), count('pln', 'PLN', 34), count('', '', 68)], by_village: [count('3673011002', 'Cipare, Kec. Serang', 12), count('', '', 150)],
  by_month: Array.from({ length: 9 }, (_, i) => count(`${k === 1 ? 2020 : 2019}-0${i + 1}`, '', Math.round((2200 + 500 * Math.sin(i)) * k))),
  identities: [{ name: 'offered = answered + abandoned + deferred + failed', left: 23_734, right: 23_734, holds: true }], definitions: '1', detail: detail(k),
});
let taskState = 'sent';
const WAY = { sent: ['acknowledged', 'en_route', 'on_scene', 'done', 'nothing_found'], acknowledged: ['en_route', 'on_scene', 'done', 'nothing_found'], en_route: ['on_scene', 'done', 'nothing_found'], on_scene: ['done', 'nothing_found'], done: [], nothing_found: [] };
const times = {};
const taskView = () => ({
  incident_number: 231, agency_label: 'Damkar', type_label: 'Kebakaran', place: 'depan Masjid Agung, Kel. Cipare, Kec. Serang', lat: -6.1201, lng: 106.1615, situation: 'Api di dapur rumah, dua orang masih di dalam', victims: 2, reporter_name: 'Bu Rini', reporter_number: '0812-0000-1111',
  incident_notes: [{ at: start, by: '112', text: 'Pelapor melihat asap tebal dari lantai dua' }], answers: asked(start, 'Siti').lines.filter((one) => !one.corrected && one.choice.kind === 'answered'), state: taskState, sent_at: start - 20 * S, acknowledged_at: times.acknowledged ?? null, en_route_at: times.en_route ?? null, on_scene_at: times.on_scene ?? null, done_at: times.done ?? null, next: WAY[taskState], notes: [], photo_count: 0, closed: false, city: 'Kota Serang', demo: true,
});
const said = (name, reason, age, by = 'u9') => ({ by, name, at: start - age * S, reason });
const sanction = (id, more) => ({
  sanction_id: id, number: '0812-3456-7890', step: 'block_temporarily', addressee: 'caller', state: 'proposed', hours: 24, reasons: ['6 prank terkonfirmasi dalam 90 hari', '6 prank atau lebih: blokir sementara'], pranks: ['h1', 'h2', 'h3'],
  proposed_at: start - 900 * S, author: null, approvals: [], needs_second: false, from: null, until: null, ended: null, appeal: null, ...more,
});
const SANCTIONS = {
  open: [sanction('s1', {}), sanction('s2', { number: '0857-1212-3434', hours: 72, state: 'awaiting_second', needs_second: true, reasons: ['9 prank terkonfirmasi dalam 90 hari', 'sudah pernah diblokir dalam masa hitung'], approvals: [said('Dewi', 'Dua blokir sudah lewat, rekaman jelas', 600)] }),
    sanction('s3', { number: '0813-9876-0000', step: 'educate', addressee: 'family', hours: null, reasons: ['14 panggilan anak dalam 90 hari', 'anak: pembinaan lewat orang tua, sekolah, atau kelurahan'] }), sanction('s4', { number: '0254-201234', step: 'warn', hours: null, reasons: ['3 prank terkonfirmasi dalam 90 hari', '3 prank atau lebih: peringatan tercatat'] })],
  in_force: [sanction('s5', { number: '0859-1111-2222', state: 'in_force', approvals: [said('Dewi', 'Enam rekaman jelas', 36_000)], from: start - 36_000 * S, until: start + 50_400 * S })],
  appealed: [sanction('s6', { number: '0838-2222-1111', state: 'appealed', approvals: [said('Siti Aminah', 'Enam rekaman jelas', 20_000, 'u1')], from: start - 20_000 * S, until: start + 66_400 * S, appeal: { at: start - 3_000 * S, text: 'Telepon ini dipakai anak saya sewaktu saya bekerja. Sudah saya simpan.', outcome: null, decision: null } })],
  past: [sanction('s7', { state: 'lifted', number: '0896-1212-0000', approvals: [said('Dewi', 'Enam rekaman jelas', 400_000)], from: start - 400_000 * S, until: start - 313_600 * S, ended: said('Budi', 'Suara di rekaman orang lain', 380_000, 'u3'), appeal: { at: start - 390_000 * S, text: 'Bukan saya', outcome: 'lifted', decision: said('Budi', 'Suara di rekaman orang lain', 380_000, 'u3') } }),
    sanction('s8', { state: 'expired', number: '0896-1212-1111', approvals: [said('Dewi', 'Enam rekaman jelas', 900_000)], from: start - 900_000 * S, until: start - 813_600 * S }), sanction('s9', { state: 'rejected', step: 'warn', hours: null, number: '0254-202020', ended: said('Dewi', 'Kelas akan dikoreksi', 950_000) })],
};
const sanctionDetail = (id) => ({
  sanction: Object.values(SANCTIONS).flat().find((one) => one.sanction_id === id) ?? SANCTIONS.open[0], sentence: '1 kebakaran nyata 3 Mei, 17 panggilan, 6 prank, 9 tanpa suara', real: id === 's1' ? [row('h9', { class: 'emergency', incident_type: 'kebakaran', offered_at: start - 18_000_000 * S })] : [],
  calls: ['h1', 'h2', 'h3', 'h4', 'h5'].map((call, n) => row(call, { class: n === 3 ? 'ghost' : 'prank', offered_at: start - (n + 1) * 5_000 * S })), immune: null,
  earlier: id === 's2' ? [sanction('s0', { state: 'expired', proposed_at: start - 2_000_000 * S })] : [], notices: ['s5', 's6'].includes(id) ? ['Siaga 112 Kota Serang: selama 24 jam panggilan nomor ini ke 112 lebih dahulu mendengar pemberitahuan, karena tercatat 6 panggilan main-main.\nTidak setuju? https://contoh/keberatan\nKode keberatan: (disembunyikan)'] : [],
});
const policy = (name, more = {}) => ({ name, decree: null, screening: { lane_b_from: 85, blocks: true, near_incident_m: 300 }, queue: { listen_after_ms: 3000, lane_b_ms_max: 60_000, lane_b_heard_ms_max: 30_000, kept_for_lane_a: 1, call_back_after_ms: [25_000, 120_000, 600_000] }, sanction: { window_days: 90, warn_from: 3, block_from: 6, refer_from: 11, block_hours: 24, block_again_hours: 72, one_person_hours_max: 24, ...more },
  notice: { signed_off: '', educate: 'Siaga 112 {kota}: dari nomor ini tercatat {jumlah} panggilan ke 112 tanpa keadaan darurat.', family: 'Kepada orang tua, sekolah, atau kelurahan: …', warn: 'Siaga 112 {kota}: peringatan tercatat.', block: 'Siaga 112 {kota}: selama {jam} jam …', refer: 'Siaga 112 {kota}: catatan diajukan.', lifted: 'Siaga 112 {kota}: dicabut.', upheld: 'Siaga 112 {kota}: tetap berlaku.' } });
let policies = { in_force: { version: 0, at: 0, by: 'siaga', policy: policy('serang') }, versions: [{ version: 1, at: start - 80_000 * S, by: 'Dewi', policy: policy('lebih keras', { block_from: 4 }) }], history: [] };
const doors = ['a', 'b', 'blocked'];
const dryRun = (done) => ({ dry_run_id: 'd1', version: 1, state: done ? 'done' : 'running', done: done ? 31_204 : 15_000, total: 31_204, findings: !done ? null : {
  calls: 23_734, real_calls: 162, by_class: [{ class: 'emergency', a_to_b: 0, b_to_a: 0, to_block: 3, from_block: 0 }, { class: 'prank', a_to_b: 12, b_to_a: 4, to_block: 1_240, from_block: 0 }, { class: null, a_to_b: 2, b_to_a: 0, to_block: 31, from_block: 0 }],
  proposals_before: { educate: 2_811, warn: 640, block: 233, refer: 61 }, proposals_after: { educate: 2_811, warn: 640, block: 391, refer: 61 }, real_not_a_before: 1, real_not_a_after: 4, slower_count: 3, faster_count: 0,
  slower: [3, 40, 155].map((n, i) => ({ call_id: `0199a0${n}0-7000-7000-8000-00000000000${i}`, at: start - n * 86_400 * S, incident_type: ['kebakaran', 'ambulans', null][i], from: doors[0], to: 'blocked', rule: 'blokir 24 jam: 4 prank terkonfirmasi dalam 90 hari, 4 prank atau lebih: blokir sementara' })) } });
const PUBLICATIONS = [{ publication_id: 'p1', from: '2020-01-01', to: '2020-09-30', compared: true, version: 1, at: start - 9_000 * S, by: 'Dewi', as_of_seq: 81_204, sha256: 'ab'.repeat(32) }];
let dryRuns = 0;
let whatIfs = 0;
const tried = (seats, within) => {
  const seen = (hour) => ({ seats: seats(hour), calls: 1250, within_pct: within(hour), low_pct: within(hour) - 0.6, high_pct: Math.min(100, within(hour) + 0.5), left_pct: 0.4, longest_s: 40 + hour, hold_s: 31.2 });
  const hours = Array.from({ length: 24 }, (_, hour) => seen(hour));
  return { hours, day: { ...seen(12), calls: 30_000, seats: hours.reduce((sum, one) => sum + one.seats, 0), longest_s: 96.4 } };
};
const whatIf = (done) => ({ what_if_id: 'w1', state: done ? 'done' : 'running', done: done ? 48 : 12 * whatIfs, total: 48, findings: done ? { days: 600, advised: tried((hour) => (hour > 7 && hour < 22 ? 3 : 2), () => 99.6), tried: tried((hour) => (hour > 7 && hour < 22 ? 2 : 1), (hour) => (hour > 15 && hour < 21 ? 97.9 : 99.2)) } : null });
let busyReviews = false;
const mine = () => calls.find((call) => call.call_id === 'c1');

let lessons = { answered: true, done: [] };
const playback = () => ({ audio_url: '/api/recordings/x', duration_ms: 42_000, caller_peaks: peaks(420, 17), desk_peaks: peaks(420, 29), intact: true, timeline: timeline(start) });

/** One answer: status and body. */
export function reply(method, path, url, text) {
  const usual = () => usually(method, path, url, text);
  return (path === '/api/dev/scene' ? null : trouble(told, method, path, { start, incidents: INCIDENTS, row, usual })) ?? usual();
}

function usually(method, path, url, text) {
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  const ok = (value) => ({ status: value === undefined ? 204 : 200, body: value });
  const call = /^\/api\/calls\/([^/]+)\/(.+)$/.exec(path);
  const reviewed = quality(method, path, start, busyReviews, playback());
  if (reviewed) return reviewed;
  if (path === '/api/health') return ok({ ok: true, version: '0.1.0', demo: true, needs_setup: false, city: 'Kota Serang', demo_accounts: [['petugas1', 'call_taker'], ['dispatcher1', 'dispatcher'], ['koordinator1', 'shift_lead'], ['pimpinan1', 'viewer'], ['admin1', 'administrator']].map(([user, role]) => ({ user, password: 'contoh-112', role })) });
  if (path === '/api/session') return ok(method === 'DELETE' ? undefined : ME);
  if (path === '/api/city') return ok(CITY);
  const handovers = handoverReply(method, path, body, { start, now, scene });
  if (handovers) return ok(handovers);
  const campaigns = campaignReply(method, path, body, { start, scene });
  if (campaigns) return campaigns;
  const roster = rosterReply(path, url, { start, scene });
  if (roster) return ok(roster);
  if (path === '/api/me/lessons') {
    if (body.kind === 'done') lessons.done.push(body.lesson);
    if (method === 'POST') lessons.answered = true;
    return ok(lessons);
  }
  if (path === '/api/drills') return ok(drillReply({ start, scene }));
  if (path === '/api/dev/scene') {
    forget();
    lessons = { answered: body.scene !== 'baru', done: [] };
    told = body.scene;
    ME.role = body.role ?? process.env.ROLE ?? 'shift_lead';
    taskState = 'sent';
    for (const key of Object.keys(times)) delete times[key];
    const under = UNDER[told] ?? told;
    scene = under in SCENES ? under : under === 'baru' ? 'empty' : null;
    night = /^angka-(\w+)$/.exec(body.scene)?.[1] ?? 'baik';
    busyReviews = body.scene === 'mutu';
    return ok(undefined);
  }
  if (path === '/api/callbacks') return scene === 'degraded' ? { status: 503, body: { type: 'unavailable', title: 'Basis data tidak menjawab', status: 503 } } : ok(scene === 'idle' || scene === 'empty' ? [] : callbackRows({ start }));
  if (path === '/api/desk') return ok(desk());
  if (/^\/api\/calls\/[^/]+\/link$/.test(path)) return ok(method === 'GET' ? linkThreads({ start, now }).slice(1) : undefined);
  if (path === '/api/links') return ok(scene === 'linked' ? linkThreads({ start, now }) : []);
  if (path.startsWith('/api/recordings/')) return { status: 200, raw: noiseWav() };
  if (path.startsWith('/api/attachments/')) return { status: 200, raw: PHOTO, type: 'image/svg+xml' };
  if (path === '/api/seat') {
    seat = method === 'POST' ? { seat: 1, user_id: 'u1', display_name: ME.display_name, state: 'ready', since: now(), call: null } : null;
    return ok(seat ?? undefined);
  }
  if (path === '/api/seat/station') return ok({ sdp: '' });
  if (path.startsWith('/api/seat/')) return ok(undefined);
  if (path === '/api/demo/callers') return ok({ on: method === 'POST' ? body.on : false, per_minute: body.per_minute ?? 4 });
  if (path === '/api/map') return ok(process.env.MAP ? JSON.parse(readFileSync(process.env.MAP, 'utf8')) : { boundaries: [], attributions: [] });
  if (path === '/api/map/sources') return ok([]);
  if (path === '/api/places') {
    const query = (url.searchParams.get('q') ?? '').toLowerCase();
    const plain = { outside: null, same_name: false, sure: false, source: null };
    return ok({ more: 0, relation: null, house: null, rt_rw: null, hits: [...VILLAGES.filter((v) => v.name.toLowerCase().includes(query)).map((v) => ({ kind: 'village', name: v.name, village_code: v.code, village: v.name, district: v.district, lat: v.lat, lng: v.lng, matched: null, approximate: true, ...plain })),
      ...('masjid agung'.includes(query) ? [{ kind: 'landmark', name: 'Masjid Agung', village_code: '3673011002', village: 'Cipare', district: 'Serang', lat: -6.1201, lng: 106.1615, matched: null, approximate: false, ...plain }] : [])] });
  }
  if (path === '/api/route') return ok([{ agency: 'damkar', label: 'Damkar', reason: 'Kebakaran di seluruh kota: Damkar lebih dulu' }, { agency: 'psc119', label: 'PSC 119', reason: 'Korban disebut: ambulans menyertai' }]);
  if (call) {
    const [, id, what] = call;
    if (what === 'answer') {
      calls = calls.map((one) => (one.call_id === id ? { ...one, phase: 'talking', answered_at: now(), seat: 1 } : one));
      seat = { ...seat, state: 'talking', call: id, since: now() };
    } else if (what === 'class' && mine()) Object.assign(mine(), method === 'DELETE' ? { level_dbfs: null, keys: '', blocked: false, silent_line: false, handed_off: null, duress: false, why: '', class: null, undo_until: null } : { class: { class: body.class, sub: body.sub }, undo_until: now() + 5 * S });
    else if (what === 'say') calls = calls.map((one) => (one.call_id === id ? { ...one, answer_by: now() + 12 * S } : one));
    else if (what === 'mute') Object.assign(mine(), { muted: body.on });
    else if (what === 'hold') Object.assign(mine(), { phase: body.on ? 'held' : 'talking' });
    else if (what === 'recall') return { status: 200, raw: noiseWav() };
    else if (what === 'draft') {
      if (method === 'PUT') draft = { ...draft, revision: draft.revision + 1, fields: { ...draft.fields, ...body.fields }, saved_at: now() };
      return ok(draft);
    } else if (what === 'draft/notes') draft = { ...draft, notes: [...draft.notes, { at: now(), by: ME.display_name, text: body.text }] };
    else if (what === 'answers') return ok(answers(id, now(), ME.display_name, method === 'POST' ? body : null));
    else if (what === 'similar') return ok(SIMILAR);
    else if (what === 'history') return ok({ sentence: '1 laporan sungguhan (kebakaran, 3 Mei); 2 panggilan lain', calls: [row('h1', { class: 'emergency', incident_type: 'kebakaran' }), row('h2', { class: 'information' })] });
    else if (what === 'playbacks') return ok(playback());
    return ok(undefined);
  }
  if (/^\/api\/calls\/[^/]+$/.test(path)) return ok(row(path.split('/').at(-1), { ended_by: 'call_taker' }));
  if (path === '/api/calls') return ok([row('r1', {}), ...(url.searchParams.get('drills') ? [row('r4', { direction: 'drill', class: 'emergency', offered_at: start - 6000 * S })] : []), row('r2', { class: 'emergency', incident_type: 'kebakaran', number: null, offered_at: start - 7000 * S }), row('r3', { outcome: 'abandoned', class: 'abandoned', answered_at: null, call_taker: null, offered_at: start - 9000 * S, ended_at: start - 8990 * S })]);
  if (path === '/api/incidents') {
    if (method === 'POST') {
      draft = { ...draft, incident_id: 'i231' };
      INCIDENTS[0].calls = [draft.call_id];
      return ok(INCIDENTS[0]);
    }
    return ok(url.searchParams.get('status') === 'open' ? INCIDENTS : CLOSED);
  }
  if (path.endsWith('/info')) return { status: 200, raw: Buffer.from('*INFO KEJADIAN*\nNomor 231 tahun 2026\n') };
  if (/^\/api\/incidents\/.+\/answers$/.test(path)) return ok(asked(start - 200 * S, ME.display_name));
  if (path.startsWith('/api/incidents/')) return ok([...INCIDENTS, ...CLOSED].find((one) => one.incident_id === path.split('/')[3]) ?? INCIDENTS[0]);
  if (path.startsWith('/api/tasks/')) {
    if (path.endsWith('/steps')) {
      taskState = body.state;
      times[body.state] = body.at ?? now();
    }
    return ok(taskView());
  }
  if (path === '/api/outbox') return ok([{ outbox_id: 'o1', channel: 'page', target: 'Damkar', text: 'KEBAKARAN (231)\ndepan Masjid Agung, Kel. Cipare, Kec. Serang\nApi di dapur rumah, dua orang masih di dalam', task_url: '/tugas/abc', created_at: start - 230 * S, state: 'delivered', attempts: 1, next_at: null, error: null }, { outbox_id: 'o2', channel: 'webhook', target: 'PSC 119', text: 'KEBAKARAN (231)', task_url: '/tugas/def', created_at: start - 130 * S, state: 'dead', attempts: 5, next_at: null, error: 'Tujuan menjawab 500' }]);
  if (path === '/api/report') return ok({ ...figures(1), compare: { ...figures(0.674), change_pct: { offered: 48.3, answered: 48.3, abandoned: null, deferred: null, failed: null, nuisance: 48.3 }, change: { offered: { pct: 48.3, low_pct: 45.3, high_pct: 51.4, few: false }, emergency: { pct: 48.6, low_pct: 16.7, high_pct: 89.9, few: false }, nuisance: { pct: 48.3, low_pct: 45.3, high_pct: 51.4, few: false }, abandoned: { pct: null, low_pct: null, high_pct: null, few: true } }, marks: ['source', 'days'] }, proceedings: PROCEEDINGS });
  if (path === '/api/figures') return ok(FIGURES[night]);
  if (path === '/api/publications') return ok(method === 'POST' ? PUBLICATIONS[0] : PUBLICATIONS);
  if (path.endsWith('/changes')) return ok({ as_of_seq: 81_204, events: 40, changes: [{ name: 'classes.prank', label: 'Prank', before: '9872', now: '9871' }, { name: 'classes.ghost', label: 'Ghost', before: '13700', now: '13701' }] });
  if (path === '/api/sanctions') return ok(method === 'POST' ? sanctionDetail('s1') : SANCTIONS[url.searchParams.get('show') ?? 'open']);
  if (path.startsWith('/api/sanctions/')) return ok(sanctionDetail(path.split('/')[3]));
  if (path === '/api/policies') {
    if (method === 'POST') policies = { ...policies, versions: [{ version: 2, at: now(), by: ME.display_name, policy: body.policy }, ...policies.versions] };
    return ok(method === 'POST' ? policies.versions[0] : policies);
  }
  if (path === '/api/what-ifs') return (whatIfs = 0), ok(whatIf(false));
  if (path.startsWith('/api/what-ifs/')) return ok(whatIf((whatIfs += 1) > 3 && told !== 'berjalan'));
  if (path.endsWith('/dry-runs')) return (dryRuns = 0), ok(dryRun(false));
  if (path.startsWith('/api/dry-runs/')) return ok(dryRun((dryRuns += 1) > 1));
  if (path.startsWith('/api/policies/')) return ok(policies);
  if (path === '/api/users') return ok([{ user_id: 'u1', user: 'admin1', display_name: 'Admin', role: 'administrator', totp: true, disabled: false }, { user_id: 'u2', user: 'petugas2', display_name: 'Budi', role: 'call_taker', totp: false, disabled: true }]);
  if (path === '/api/me/totp') return ok({ secret: 'JBSWY3DPEHPK3PXP', otpauth_url: 'otpauth://totp/Siaga:petugas1?secret=JBSWY3DPEHPK3PXP&issuer=Siaga' });
  return ok(undefined);
}
