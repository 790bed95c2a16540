// Made-up reviews for dev/mock.mjs. Names and numbers belong to nobody.
const S = 1_000_000;
const DAY = 86_400 * S;
const FORM = { version: '5c1f09ab', items: [['place', 'Tempat ditanyakan lebih dahulu dan dibacakan ulang (kelurahan, RT/RW, patokan; kota atau kabupaten)'], ['number', 'Nomor yang dapat ditelepon balik dipastikan'], ['what', 'Apa yang terjadi ditanyakan'], ['hurt', 'Korban ditanyakan: terluka atau terjebak, berapa orang']].map(([key, label]) => ({ key, label })) };
const count = (more) => ({ calls: 612, unrecorded: 0, drawn: 50, coded: 50, alike: 46, kappa: 0.82, kappa_low: 0.66, kappa_high: 0.98, real: 0, real_at_most_pct: 5.816, real_at_most: 36, few: false, ...more });
const review = (start, more) => ({ review_id: 'v1', call_id: 'r2', offered_at: start - 3 * DAY, due_at: start + 2 * DAY, call_taker: 'Rudi Hartono', reviewer: 'Siti Aminah', form: FORM, marks: { place: 'yes', number: 'no' }, remark: 'Nomor baru ditanyakan di akhir.', revision: 2, saved_at: start - 60 * S, finished_at: null, comment: null, commented_at: null, ...more });
const row = (start, n, more) => ({ review_id: `v${n}`, offered_at: start - n * 1.5 * DAY, due_at: start + (5 - n * 1.5) * DAY, overdue: false, reviewer: 'Siti Aminah', mine: n % 2 === 1, own_call: false, begun: n === 1, finished_at: null, commented: false, ...more });

/** An answer to a request about reviews; undefined: it is none. `busy`: with a found call and something overdue. */
export function quality(method, path, start, busy, playback) {
  const ok = (value) => ({ status: value === undefined ? 204 : 200, body: value });
  if (path === '/api/codings') return ok({ due: busy ? [1, 2, 3].map((n) => ({ coding_id: `k${n}`, week: 20261123 })) : [], for_others: busy ? 2 : 0 });
  if (path === '/api/codings/found') return ok(busy ? [{ coding_id: 'k9', call_id: 'r3', number: '+6285712123434', offered_at: start - 2 * DAY, first_class: 'prank', coded_at: start - 600 * S, coded_by: 'Dewi' }] : []);
  if (path === '/api/codings/figures') {
    const weeks = busy ? [count({ coded: 20, alike: 20, kappa: null, kappa_low: null, kappa_high: null, few: true, real_at_most_pct: 13.91, real_at_most: 86 }), count({ unrecorded: 3, alike: 41, kappa: 0.61, kappa_low: 0.4, kappa_high: 0.82, real: 1, real_at_most_pct: 9.14, real_at_most: 56 }), count({})] : [];
    return ok({ weeks: weeks.map((one, n) => ({ week: 20261109 + n * 7, closed: n < 2, count: one })), all: count({ coded: 70, drawn: 100, calls: 1_224, alike: 61, real: 1, real_at_most_pct: 6.6, real_at_most: 81, kappa: 0.66, kappa_low: 0.5, kappa_high: 0.82 }) });
  }
  if (/^\/api\/codings\/[^/]+\/playbacks$/.test(path)) return ok({ ...playback, timeline: null });
  if (path === '/api/reviews') return ok({ due: busy ? [row(start, 4, { overdue: true, due_at: start - DAY, reviewer: null }), row(start, 3, {}), row(start, 1, {}), row(start, 2, { own_call: true, mine: false, reviewer: 'Dewi' })] : [], done: busy ? [row(start, 6, { finished_at: start - DAY, commented: true })] : [],
    months: busy ? [{ month: 202611, drawn: 19, finished: 14, overdue: 1, late: 2, items: FORM.items.map((item, n) => ({ label: item.label, yes: 12 - n, needed: 13 - n })) }, { month: 202610, drawn: 4, finished: 4, overdue: 0, late: 0, items: [] }] : [] });
  if (path === '/api/reviews/mine') return ok(busy ? [review(start, { finished_at: start - DAY, marks: { place: 'yes', number: 'no', what: 'yes', hurt: 'not_needed' }, reviewer: 'Dewi' })] : []);
  if (/^\/api\/reviews\/[^/]+$/.test(path)) return ok(review(start, method === 'PUT' ? { revision: 3 } : {}));
  if (/^\/api\/(codings|reviews)\//.test(path)) return ok(path.startsWith('/api/reviews') ? review(start, {}) : undefined);
  return undefined;
}
