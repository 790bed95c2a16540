// Made-up campaigns, for looking at pages. Nobody held them.
const campaign = (name, kind, first, last, more = {}) => ({ name, kind, first, last, villages: [], audience: 'Murid SD kelas 4 sampai 6', organiser: { agency: 'damkar' }, notes: '', reached: null, window: 28, ...more });
const ratio = (verdict, change_pct, low_pct, high_pct, spread = 2.8) => ({ verdict, change_pct, low_pct, high_pct, found: 1_204, expected: 1_374.5, spread });
const window = (key, from, to, days, counted, prank, ghost, real) => ({ key, from, to, days, counted, offered: prank + ghost + real + 60, prank, ghost, real, ledger: 0 });
const series = (name, verdict, during, after, beyond_year) => ({ series: name, verdict, during, after, beyond_year });
const few = (name) => series(name, 'too_few', null, null, null);

const FELL = {
  definition: 1, window: 28, complete_on: 20260913, cautions: ['shortened', 'local', 'real_fell'],
  windows: [window('before', 20260706, 20260802, 28, 28, 612, 898, 31), window('during', 20260803, 20260815, 13, 13, 262, 398, 12), window('after', 20260816, 20260912, 28, 27, 494, 710, 22), window('year_before', 20250706, 20250802, 28, 28, 584, 820, 28), window('year_after', 20250816, 20250912, 28, 28, 560, 841, 30)],
  series: [series('nuisance', 'fell', ratio('indistinct', -6, -14.2, 2.9), ratio('fell', -17.3, -23.4, -10.8), ratio('fell', -12.4, -20.8, -3.1)), series('prank', 'fell', ratio('indistinct', -7.8, -19, 5), ratio('fell', -16.3, -25, -6.5), ratio('fell', -12.7, -24, -0.3)), series('ghost', 'indistinct', ratio('indistinct', -4.5, -15, 7.2), ratio('fell', -18, -26, -9), ratio('indistinct', -12.2, -24, 1.4)), series('real', 'indistinct', ratio('indistinct', -16.6, -57, 60), ratio('indistinct', -26.4, -58, 28), ratio('indistinct', -31.3, -68, 48))],
};
const INDISTINCT = { ...FELL, cautions: ['no_comparison_year', 'days_missing'], windows: FELL.windows.slice(0, 3), series: [series('nuisance', 'indistinct', ratio('rose', 12.6, 2.2, 24.1), ratio('indistinct', -4, -12.1, 4.9), null), few('prank'), few('ghost'), few('real')] };
const RUNNING = { ...FELL, complete_on: 20270112, cautions: ['overlap'], windows: [window('before', 20261019, 20261115, 28, 28, 540, 720, 27), window('during', 20261116, 20261215, 30, 12, 220, 301, 11), window('after', 20261216, 20270112, 28, 0, 0, 0, 0)], series: ['nuisance', 'prank', 'ghost', 'real'].map((name) => series(name, 'running', name === 'real' ? null : ratio('indistinct', -3.4, -13, 7), null, null)) };
const view = (campaign_id, of, state, effect, cancelled = null) => ({ campaign_id, version: 2, campaign: of, state, cancelled, effect });

const rows = (start) => [
  view('k4', campaign('Siaga masuk pesantren', 'community_meeting', 20270110, 20270124, { audience: 'Santri dan pengasuh', organiser: { other: 'Diskominfo dan PWI' }, window: 56 }), 'planned', null),
  view('k3', campaign('Spanduk di 112 sekolah', 'banners', 20261116, 20261215), 'ongoing', RUNNING),
  view('k1', campaign('Kunjungan sekolah Kecamatan Serang', 'school_visit', 20260803, 20260815, { villages: ['3673011001', '3673011002'], reached: { people: 1_284, counted_how: 'daftar hadir sekolah' }, notes: 'Poster "112 bukan mainan", video 4 menit, satu mobil Damkar.\nGuru kelas meneruskan lembar untuk orang tua.' }), 'ended', FELL),
  view('k2', campaign('Siaran radio pagi', 'radio', 20260901, 20260907, { audience: 'Pendengar radio', organiser: { other: 'Diskominfo' } }), 'ended', INDISTINCT),
  view('k5', campaign('Lomba poster', 'other', 20260501, 20260502), 'cancelled', null, { at: start - 9_000_000_000, by: 'Dewi Lestari', reason: 'dana dialihkan' }),
  // In the months of the made-up report.
  view('k6', campaign('Siaran radio 2020', 'radio', 20200518, 20200614), 'ended', INDISTINCT),
];

/** Nuisance that goes up and down, and falls a little from 16 August 2026 on. 20 August has no record. */
function points(from, to) {
  const days = [];
  for (let at = Date.UTC(2026, 6, 6); at <= Date.UTC(2026, 8, 12); at += 86_400_000) {
    const date = new Date(at);
    const day = Number(date.toISOString().slice(0, 10).replaceAll('-', ''));
    if (day < from || day > to || day === 20260820) continue;
    const wave = Math.sin(at / 86_400_000) * 9 + ((at / 86_400_000) % 7 < 2 ? 14 : 0);
    days.push({ day, nuisance: Math.round((day > 20260815 ? 41 : 50) + wave), real: day % 3 === 0 ? 2 : 1 });
  }
  return days;
}

/** An answer of `/api/campaigns`, null for other addresses. */
export function campaignReply(method, path, body, { start, scene }) {
  if (!path.startsWith('/api/campaigns')) return null;
  const ok = (value) => ({ status: 200, body: value });
  if (scene === 'degraded') return { status: 503, body: { type: 'unavailable', title: 'Basis data sedang tidak menjawab', status: 503, detail: 'Coba lagi sebentar. Panggilan tetap masuk dan direkam.' } };
  const all = scene === 'idle' ? [] : rows(start);
  if (path === '/api/campaigns' && method === 'GET') return ok(all);
  if (method === 'POST' && path === '/api/campaigns') return { status: 422, body: { type: 'invalid', title: 'Catatan kegiatan belum benar', status: 422, detail: 'Beri nama: 1 sampai 120 huruf.', fields: { name: 'Beri nama: 1 sampai 120 huruf.', last: 'Hari terakhir sebelum hari pertama: tukar keduanya.' } } };
  const one = all.find((row) => row.campaign_id === path.split('/')[3]) ?? all[2];
  const others = one.campaign_id === 'k1' ? [{ campaign_id: 'k2', name: 'Siaran radio pagi', first: 20260901, last: 20260907 }] : [];
  if (path.endsWith('/effect')) return ok({ effect: one.effect, days: points(20260706, 20260912), others });
  const versions = [{ version: 2, at: start - 80_000_000, by: 'Dewi Lestari', reason: 'hari terakhir diundur', campaign: one.campaign }, { version: 1, at: start - 900_000_000, by: 'Dewi Lestari', reason: '', campaign: one.campaign }];
  return ok({ view: one, versions });
}
