// Made-up notes of a change of shift, for looking at pages.
const S = 1_000_000;

const things = (start) => {
  const thing = (kind, id, title, more) => ({ kind, id, title, detail: '', since: start - 900 * S, until: null, late: false, ...more });
  return [
    thing('unacknowledged', 'a1', 'PLN 123', { detail: '231 Kebakaran', since: start - 190 * S, late: true }),
    thing('callback', 'b3', '…4545', { since: start - 1_500 * S, late: true }),
    thing('callback', 'b1', '…0000', { since: start - 25 * S, until: start + 20 * S }),
    thing('incident', 'i231', '231 Kebakaran', { detail: 'depan Masjid Agung, Kel. Cipare, Kec. Serang', late: true }),
    thing('incident', 'i230', '230 Pohon tumbang', { detail: 'Jl. Raya, Kel. Sukawana, Kec. Curug' }),
    thing('message', 'o2', 'PSC 119', { detail: 'Tujuan menjawab 500', late: true }),
    thing('seat', '3', '3', { detail: 'Rina Marlina', late: true }),
    thing('equipment', 'recording', 'recording', { since: null, late: true }),
    thing('block', 's5', '…2222', { detail: '6 prank terkonfirmasi dalam 90 hari', until: start + 7_200 * S }),
  ];
};
const line = (start, ago, by, text) => ({ line_id: `l${ago}`, at: start - ago * S, by, text });
const signed = (start, ago, user_id, name) => ({ user_id, name, at: start - ago * S });
const note = (id, start, ago, more) => ({
  handover_id: id, began_at: start - (ago + 20_000) * S, lines: [line(start, ago + 900, 'Budi Santoso', 'Genset: solar tinggal seperempat, pengisian dijanjikan besok jam 8.'), line(start, ago + 300, 'Rina Marlina', 'Ibu di Link. Kaloran akan menelepon lagi soal pohon miring. Belum ada satuan yang dikirim.')],
  given: signed(start, ago, 'u3', 'Budi Santoso'), taken: null, open: things(start).slice(0, 6).map((one, at) => ({ ...one, id: at === 2 ? 'gone' : one.id })), ...more,
});
let draft = { revision: 3, text: '', saved_at: null };

/** An answer of `/api/handovers`, null for other addresses. */
export function handoverReply(method, path, body, { start, now, scene }) {
  if (path === '/api/handovers/draft') return (draft = { revision: draft.revision + 1, text: body.text, saved_at: now() });
  if (!path.startsWith('/api/handovers')) return null;
  const empty = scene === 'idle' || scene === 'empty';
  if (path === '/api/handovers/lines') draft = { revision: draft.revision + 1, text: '', saved_at: now() };
  return {
    open: empty ? [] : things(start), draft,
    writing: empty ? null : { ...note('h3', start, 0), given: null, lines: note('h3', start, 0).lines.slice(0, 1), open: [] },
    waiting: empty || path.endsWith('/take') ? [] : [note('h2', start, 1_260)],
    history: empty ? [] : [1, 2, 3].map((n) => note(`h1${n}`, start, n * 28_800, { taken: signed(start, n * 28_800 - 600, 'u1', 'Siti Aminah') })),
  };
}

const drill = (drill_id, start, ago, more) => ({
  drill_id, scenario: 'storm', calls: 10, minutes: 15, by: 'Dewi', at: start - ago * S, ended_at: start - (ago - 1_000) * S, ended: 'done',
  result: { came: 10, answered: 9, answer_median_ms: 4_200, answer_longest_ms: 31_000, classed: 9, classed_right: 7, real: 6, real_sent: 5, send_median_ms: 38_000 }, ...more,
});

/** An answer of `/api/drills`. */
export function drillReply({ start, scene }) {
  const none = { came: 4, answered: 3, answer_median_ms: 3_900, answer_longest_ms: 9_000, classed: 2, classed_right: 2, real: 1, real_sent: 1, send_median_ms: 29_000 };
  const past = [drill('d3', start, 90_000, { ended: 'real_call', scenario: 'first_day' }), drill('d2', start, 700_000, {}), drill('d1', start, 1_300_000, { ended: 'person', scenario: 'abuse' })];
  return { running: scene === 'talking' ? drill('d4', start, 240, { ended: null, ended_at: null, result: none }) : null, past: scene === 'idle' || scene === 'empty' ? [] : past, calls_max: 40, minutes_max: 60 };
}

const CREWS = [['A', ['Siti Aminah', 'Budi Santoso', 'Rina Marlina']], ['B', ['Ani', 'Dedi', 'Eko']], ['C', ['Fitri', 'Gani', 'Hana']], ['D', ['Indra', 'Joko', 'Kiki']]];
const SLOTS = ['morning', 'afternoon', 'night'];
const plusDays = (day, n) => {
  const at = new Date(Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, (day % 100) + n));
  return at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate();
};

/** An answer of `/api/roster`, null for other addresses. */
export function rosterReply(path, url, { start, scene }) {
  if (path === '/api/roster/advice') return scene === 'talking' ? [{ day: 20261128, hour: 19, advised: 4, rostered: 3 }, { day: 20261128, hour: 20, advised: 4, rostered: 3 }] : [];
  if (path !== '/api/roster') return null;
  if (scene === 'idle' || scene === 'empty') return { version: null, duties: [], swaps: [], on: null, next: null, accounts: ['Budi Santoso', 'Dewi', 'Joko', 'Siti Aminah', 'Wati'] };
  const from = Number(url.searchParams.get('from') ?? 20261128);
  const days = Array.from({ length: Number(url.searchParams.get('days') ?? 7) }, (_, n) => plusDays(from, n));
  const duty = (day, n, nth) => ({ day, slot: SLOTS[nth], from: start - 3_600 * S, to: start + 7_200 * S, crew: CREWS[(Math.floor(n / 2) + 4 - nth) % 4][0], people: CREWS[(Math.floor(n / 2) + 4 - nth) % 4][1] });
  const swap = (swap_id, state, more) => ({ swap_id, swap: { day: plusDays(from, 2), slot: 'night', out: 'Budi Santoso', stand_in: 'Joko' }, state, asked_by: 'Budi Santoso', asked_at: start - 7_200 * S, decided_by: state === 'asked' ? null : 'Dewi', ...more });
  return {
    version: { version: 3, at: start - 900_000 * S, by: 'Dewi', plan: { pattern: 'four_crews', from: 20261101, crews: CREWS.map(([name, people]) => ({ name, people })) } },
    duties: days.flatMap((day, n) => SLOTS.map((_, nth) => duty(day, n, nth))), swaps: [swap('w1', 'asked'), swap('w2', 'agreed')], on: duty(from, 0, 0), next: { ...duty(from, 0, 1), from: start + 7_200 * S },
    accounts: ['Budi Santoso', 'Dewi', 'Joko', 'Siti Aminah', 'Wati'],
  };
}
