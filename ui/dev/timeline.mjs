// The course of a made-up call, for dev/mock.mjs. Names belong to nobody.
const line = (start, s, by, what) => ({ at: start + s * 1_000_000, audio_ms: s * 1_000, by, what });
const field = (name, value, before = null) => ({ kind: 'field', field: name, value, before });

export const timeline = (start) => [
  line(start, 0, null, { kind: 'offered', lane: 'b', suspicion: 72, reasons: ['17 panggilan, 16 tanpa suara', '1 kebakaran nyata 3 Mei'] }),
  line(start, 1, null, { kind: 'rang', seat: 1, why: 'meja 1 paling lama siap' }),
  line(start, 3, 'Siti Aminah', { kind: 'answered', seat: 1 }),
  line(start, 4, null, { kind: 'silence', ms: 6_000 }),
  line(start, 11, null, { kind: 'key', digit: '1' }),
  line(start, 12, null, { kind: 'position', source: 'aml', lat: -6.1201, lng: 106.1611, radius_m: 35 }),
  line(start, 15, 'Siti Aminah', field('landmark', 'pasar')),
  line(start, 18, 'Siti Aminah', field('landmark', 'Pasar Lama, pintu selatan', 'pasar')),
  line(start, 19, 'Siti Aminah', field('village_code', '3673011002')),
  line(start, 21, 'Siti Aminah', field('incident_type', 'kebakaran')),
  line(start, 24, 'Siti Aminah', { kind: 'card', asked: 'Apa yang terbakar?', choice: { kind: 'answered', digit: 1, say: 'rumah' } }),
  line(start, 28, 'Siti Aminah', { kind: 'incident', number: 231 }),
  line(start, 40, 'Siti Aminah', { kind: 'classed', class: 'emergency', sub: null }),
  line(start, 42, null, { kind: 'ended', outcome: 'answered', by: 'caller' }),
];
