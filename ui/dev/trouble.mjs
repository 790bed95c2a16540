// Made-up answers of the states that a good day never shows: nothing at all (`kosong`), very much (`banyak`), a server that
// refuses or is away, files that are wrong. Names and numbers belong to nobody.
const S = 1_000_000;
const refuse = (status, type, title, detail = null) => ({ status, body: { type, title, status, detail } });
const ok = (body) => ({ status: 200, body });

/** Scenes of this file that need a desk under them, and which. */
export const UNDER = { banyak: 'contention', 'nama-panjang': 'talking' };

const LONG = ['Raden Ajeng Siti Nurhasanah Kusumawardhani', 'Muhammad Rizky Ramadhan Hidayatullah', 'Tubagus Ahmad Syaifudin Prawiranegara'];
const STREETS = ['Jl. Raya Taktakan, Kel. Drangong, Kec. Taktakan', 'depan SDN Cipare 2, Kel. Cipare, Kec. Serang', 'Komplek Griya Lopang Indah Blok C5 No. 12, Kel. Unyur, Kec. Serang', 'Link. Kaloran Pena RT 03/RW 05, Kel. Lontarbaru, Kec. Serang'];
const pick = (list, n) => list[n % list.length];

function manyIncidents(start, incidents) {
  const [model] = incidents;
  return Array.from({ length: 60 }, (_, n) => ({
    ...model, incident_id: `m${n}`, number: 231 - n, type_label: pick(['Kebakaran', 'Kecelakaan lalu lintas', 'Pohon tumbang', 'Ambulans / kesehatan', 'Korsleting listrik'], n), place: pick(STREETS, n), opened_at: start - (240 + n * 400) * S,
    merged: [], links: [], major: n === 4 ? { at: start - 1200 * S, by: LONG[0], reason: 'angin kencang merobohkan pohon di tiga kecamatan, jalan nasional tertutup dua arah' } : null,
    assignments: model.assignments.map((task, at) => ({ ...task, assignment_id: `m${n}-${at}`, ...(n % 7 === 0 && at === 1 ? { overdue_level: 2, state: 'sent' } : { overdue_level: 0, state: pick(['acknowledged', 'en_route', 'on_scene'], n + at) }) })),
  }));
}
const manyCalls = (start, row) => Array.from({ length: 200 }, (_, n) => row(`m${n}`, {
  offered_at: start - (600 + n * 400) * S, answered_at: n % 9 === 4 ? null : start - (595 + n * 400) * S, ended_at: start - (520 + n * 397) * S, outcome: n % 9 === 4 ? 'abandoned' : 'answered', call_taker: n % 9 === 4 ? null : pick(LONG, n),
  class: n % 9 === 4 ? 'abandoned' : pick(['prank', 'ghost', 'ghost', 'prank', 'information', 'emergency', null], n), incident_type: pick(['prank', 'ghost', 'ghost', 'prank', 'information', 'emergency', null], n) === 'emergency' && n % 9 !== 4 ? 'kecelakaan' : null, number: n % 13 === 5 ? null : `+62812000${String(10_000 + n * 37)}`, recorded: n % 9 !== 4,
}));
const manyMessages = (start) => Array.from({ length: 60 }, (_, n) => ({ outbox_id: `m${n}`, channel: n % 3 === 0 ? 'webhook' : 'page', target: pick(['Damkar', 'PSC 119', 'Polresta Serang Kota'], n), text: `${pick(['KEBAKARAN', 'KECELAKAAN LALU LINTAS', 'POHON TUMBANG'], n)} (${231 - n})\n${pick(STREETS, n)}`, task_url: '/tugas/abc', created_at: start - n * 900 * S, state: n % 11 === 5 ? 'dead' : n % 7 === 3 ? 'waiting' : 'delivered', attempts: n % 11 === 5 ? 5 : 1, next_at: start + 60 * S, error: n % 11 === 5 ? 'Tujuan menjawab 500' : null }));
const manyAccounts = () => Array.from({ length: 24 }, (_, n) => ({ user_id: n === 0 ? 'u1' : `m${n}`, user: `petugas${n + 1}`, display_name: pick(LONG, n), role: pick(['call_taker', 'call_taker', 'dispatcher', 'shift_lead', 'viewer', 'administrator'], n), totp: n % 4 === 0, disabled: n % 11 === 7 }));

function emptyReport(body) {
  const zero = (of) => Object.fromEntries(Object.keys(of).map((key) => [key, 0]));
  return { ...body, offered: 0, answered: 0, abandoned: 0, deferred: 0, failed: 0, nuisance: 0, classes: zero(body.classes), by_type: [], by_agency: [], by_village: [], by_month: [], compare: null,
    identities: body.identities.map((one) => ({ ...one, left: 0, right: 0 })), proceedings: { ...body.proceedings, agency_times: [], handled: [], sanctions: body.proceedings.sanctions.map((one) => ({ ...one, proposed: 0, approved: 0, rejected: 0, waiting: 0 })), appeals: { made: 0, upheld: 0, lifted: 0, waiting: 0 }, corrections: [], published: [], staffing: null } };
}
const oneMonth = (body) => ({ ...body, period: { from: '2020-09-01', to: '2020-09-30', days: 30 }, offered: 2_614, answered: 2_590, abandoned: 24, nuisance: 2_540, classes: { ...body.classes, emergency: 19, information: 31, prank: 1_040, ghost: 1_500, abandoned: 24 }, compare: null, detail: { ...body.detail, months: body.detail.months.slice(-1) } });

const mailing = (start, rhythm, more) => ({ rhythm, schedule: { active: false, day: 1, minute: 420, recipients: [] }, next_at: null, next_from: null, next_to: null, sent: [], ...more });
const sent = (start, n, more) => ({ outbox_id: `s${n}`, to: `kepala.dinas.${n}@contoh.example`, from_day: '2026-11-16', to_day: '2026-11-22', trial: false, made_at: start - n * 604_800 * S, state: 'delivered', attempts: 1, next_at: null, delivered_at: start - n * 604_790 * S, error: null, ...more });
const mailings = (start, scene) => ({
  sender: scene === 'tanpa-surat' ? null : 'siaga112@contoh.example',
  mailings: [
    mailing(start, 'weekly', scene === 'tanpa-surat' ? {} : { schedule: { active: true, day: 1, minute: 420, recipients: ['kepala.dinas@contoh.example', 'sekretariat@contoh.example'] }, next_at: start + 200_000 * S, next_from: '2026-11-23', next_to: '2026-11-29', sent: [sent(start, 1, { state: 'dead', attempts: 8, delivered_at: null, error: 'Server surat menolak alamat penerima (550)' }), sent(start, 2, {}), sent(start, 3, { trial: true })] }),
    mailing(start, 'monthly', {}),
  ],
});
const SOURCES = (start) => [
  { kind: 'boundaries', name: 'batas-kelurahan', attribution: 'Badan Informasi Geospasial', file: 'batas.geojson', at: start - 86_400 * S, by: 'Admin', taken: 67, skipped: 0 },
  { kind: 'places', name: 'cuplikan-osm-serang', attribution: '© kontributor OpenStreetMap', file: 'serang.osm', at: start - 80_000 * S, by: 'Admin', taken: 4_312, skipped: 27 },
];
const IMPORT = { report: { taken: 118, skipped: 4, warnings: ['12 tempat bernama sama dengan tempat yang sudah ada: pencarian akan bertanya'], notes: [{ at: 'baris 12', name: 'Masjid Al-Ikhlas', reason: 'lintang dan bujur tertukar' }, { at: 'baris 40', name: '', reason: 'nama kosong' }, { at: 'baris 77', name: 'SPBU Ciceri', reason: 'di luar batas kota (41 km)' }] }, outcome: 'preview' };

/** The answer of a scene of this file; null: as on every other day. */
export function trouble(scene, method, path, { start, incidents, row, usual }) {
  if (path === '/api/mailings' && scene !== 'gagal') return ok(mailings(start, scene));
  if (path.startsWith('/api/mailings/')) return refuse(422, 'invalid', 'Alamat belum benar', 'Baris 2: "sekretariat" bukan alamat surat.');
  if (path === '/api/map/sources') {
    if (method === 'POST') return scene === 'peta-salah' ? refuse(422, 'invalid', 'Berkas tidak dapat dibaca', 'Baris 1: kolom "nama", "lintang" dan "bujur" tidak ada. Contoh: nama,lintang,bujur') : ok(IMPORT);
    return scene === 'gagal' ? refuse(503, 'unavailable', 'Basis data tidak menjawab') : ok(scene === 'kosong' ? [] : SOURCES(start));
  }
  if (scene === 'gagal' && method === 'GET' && /^\/api\/(incidents|calls|outbox|report|publications|sanctions|policies|reviews|codings|users|drills|roster|handovers|callbacks|figures)/.test(path)) return refuse(503, 'unavailable', 'Basis data tidak menjawab', 'Dicoba lagi sebentar.');
  if (scene === 'kosong') {
    if (/^\/api\/(incidents|calls|outbox|publications|users|callbacks)$/.test(path) && method === 'GET') return ok([]);
    if (path === '/api/sanctions' && method === 'GET') return ok([]);
    if (path === '/api/report') return ok(emptyReport(usual().body));
    if (path === '/api/codings/figures') return ok({ weeks: [], all: { ...usual().body.all, calls: 0, drawn: 0, coded: 0, alike: 0, kappa: null, kappa_low: null, kappa_high: null, real: 0, real_at_most_pct: null, real_at_most: null, few: true } });
  }
  if (scene === 'banyak') {
    if (path === '/api/incidents') return ok(manyIncidents(start, incidents));
    if (path === '/api/calls') return ok(manyCalls(start, row));
    if (path === '/api/outbox') return ok(manyMessages(start));
    if (path === '/api/users') return ok(manyAccounts());
    if (path === '/api/sanctions') return ok(Array.from({ length: 120 }, (_, n) => ({ ...pick(usual().body, n), sanction_id: `s${n}` })));
    if (path === '/api/callbacks') return ok(Array.from({ length: 150 }, (_, n) => ({ ...pick(usual().body, n), callback_id: `m${n}` })));
  }
  if (scene === 'bulan' && path === '/api/report') return ok(oneMonth(usual().body));
  if (scene === 'laporan-salah' && path === '/api/report') return refuse(409, 'identity_fails', 'Laporan ditahan', 'Panggilan tanpa kelas pada 12 November: 1. Beri kelas di Rekaman, lalu hitung lagi.');
  if (scene === 'tak-ditutup' && path.endsWith('/close')) return refuse(409, 'open_assignments', 'Masih ada 2 penugasan terbuka', 'Selesaikan dahulu, atau tutup dengan catatan: penugasan yang terbuka lalu dibatalkan dan diberi tahu.');
  if (path.startsWith('/api/tasks/')) {
    if (scene === 'tugas-mati') return refuse(404, 'not_found', 'Tautan ini tidak berlaku');
    if (scene === 'tugas-batal') return ok({ ...usual().body, state: 'cancelled', next: [], closed: false });
    if (scene === 'tugas-tutup') return ok({ ...usual().body, state: 'done', next: [], closed: true, acknowledged_at: start - 600 * S, en_route_at: start - 500 * S, on_scene_at: start - 300 * S, done_at: start - 60 * S });
  }
  if (path.endsWith('/playbacks')) {
    if (scene === 'tak-berhak') return refuse(403, 'forbidden', 'Peran Anda tidak dapat mendengarkan rekaman', 'Yang dapat: koordinator, dan petugas untuk panggilannya sendiri.');
    if (scene === 'rekaman-hilang') return refuse(404, 'not_found', 'Rekaman tidak dapat diputar', 'Berkas rekaman hilang dari folder data. Sampaikan kepada administrator.');
  }
  if (path === '/api/session' && method === 'POST') {
    if (scene === 'sandi-salah') return refuse(401, 'wrong_password', 'Nama pengguna atau sandi salah');
    if (scene === 'totp') return refuse(401, 'totp_needed', 'Kode diperlukan');
    if (scene === 'terlalu-sering') return refuse(429, 'too_many', 'Terlalu banyak percobaan', 'Coba lagi dalam 5 menit.');
  }
  if (scene === 'keluar' && path === '/api/session' && method === 'GET') return refuse(401, 'signed_out', 'Sesi berakhir');
  if (path === '/api/health' && ['mulai', 'mulai-salah'].includes(scene)) return ok({ ...usual().body, needs_setup: true, demo: false, demo_accounts: [] });
  if (path === '/api/setup') return refuse(422, 'invalid', 'Berkas kota belum benar', 'Baris 12: kelurahan "Cipare" tertulis dua kali.\nBaris 40: OPD "damkar" dipakai di tabel rute tetapi tidak ada dalam daftar OPD.');
  if (scene === 'langkah' && path === '/api/users') return ok([{ user_id: 'u1', user: 'admin1', display_name: 'Siti Aminah', role: 'administrator', totp: false, disabled: false }]);
  if (scene === 'nama-panjang' && path === '/api/session' && method === 'GET') return ok({ ...usual().body, display_name: LONG[0] });
  if (path === '/api/city/document') return ok({ version: 1, document: 'key = "serang"' });
  if (path === '/api/city/preview') return scene === 'kota-salah' ? refuse(422, 'invalid', 'Berkas kota belum benar', 'Baris 12: kelurahan "Cipare" tertulis dua kali.\nBaris 40: OPD "damkar" dipakai di tabel rute tetapi tidak ada dalam daftar OPD.') : null;
  return null;
}
