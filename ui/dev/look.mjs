// Dev only: photographs every page at the sizes that matter and runs axe over each. node dev/look.mjs OUT [URL] [ONLY]
// ONLY: a regular expression of names. AXE=0: pictures alone, twice as fast.
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { edges } from './edges.mjs';
import { states } from './states.mjs';

const [out = '/tmp/look', base = 'http://localhost:8199', only = ''] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
await mkdir(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required'] });
let bad = 0;

/** The made-up server has no sound: the page believes that it is connected. */
function silence() {
  window.RTCPeerConnection = class extends EventTarget {
    connectionState = 'connected';
    addTransceiver() {}
    getTransceivers() { return []; }
    createOffer() { return Promise.resolve({ type: 'offer', sdp: '' }); }
    setLocalDescription() { return Promise.resolve(); }
    setRemoteDescription() { return Promise.resolve(); }
    close() {}
  };
}

async function look(name, path, { size = DESK, scheme = 'dark', scene = '', role = 'shift_lead', zoom = 1, full = false, before, act } = {}) {
  if (!new RegExp(only).test(name)) return;
  await fetch(`${base}/api/dev/scene`, { method: 'POST', body: JSON.stringify({ scene, role }) });
  // axe is put in by hand, so the pages' own policy is measured in the other, plain context.
  // A page at 200 % sees half the pixels, each twice as large.
  const viewport = { width: Math.round(size.width / zoom), height: Math.round(size.height / zoom) };
  const context = await browser.newContext({ viewport, deviceScaleFactor: zoom, colorScheme: scheme, permissions: ['microphone'] });
  await context.addInitScript(silence);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/status of (4|503)|AudioContext|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/.test(message.text())) console.log(`${name}: ${message.text()}`), (bad += 1);
  });
  page.on('pageerror', (error) => (console.log(`${name}: ${error}`), (bad += 1)));
  await page.goto(base + path);
  await page.waitForTimeout(700);
  // A busy machine draws later; what never settles is photographed as it stands.
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]') && !/^(Memuat|Loading)/.test(document.querySelector('main')?.innerText ?? 'Memuat'), null, { timeout: 4_000 }).catch(() => undefined);
  if (act) await act(page, context).catch((error) => (console.log(`${name}: ${String(error).split('\n')[0]}`), (bad += 1)));
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: full });
  if (process.env.AXE !== '0') await judge(name, page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) console.log(`${name}: scrolls sideways by ${wide} px`), (bad += 1);
  await context.close();
}

async function judge(name, page) {
  const source = await (await import('node:fs/promises')).readFile(axe, 'utf8');
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const one of violations) {
    bad += 1;
    console.log(`${name}: axe ${one.impact} ${one.id}: ${one.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  }
}

async function seat(page) {
  await page.getByRole('button', { name: 'Ambil meja' }).first().click();
  await page.waitForTimeout(900);
}
async function call(page) {
  await seat(page);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(900);
  await page.keyboard.press('Alt+J');
  await page.waitForTimeout(1300);
  await page.keyboard.press('F8');
  await page.waitForTimeout(400);
  await page.keyboard.type('masjid');
  await page.waitForTimeout(400);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#sheet-type').focus();
  await page.keyboard.type('kb');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(800);
}

/** A call whose sheet is a medical one, its card answered with these keys. */
const card = (...keys) => async (page) => {
  // the made-up call goes on from the picture before
  if (await page.getByRole('button', { name: 'Ambil meja' }).count()) await call(page);
  await page.locator('#sheet-type').fill('am');
  await page.locator('#sheet-type').focus();
  await page.keyboard.press('Enter');
  for (const key of keys) await page.keyboard.press(key);
  await page.locator('.card-box').scrollIntoViewIfNeeded();
  await page.waitForTimeout(900);
};
for (const [name, ...keys] of [['tanya'], ['dibetulkan', '1', '0', '2', 'ArrowRight', '0'], ['rjp', '2', '2', 'm'], ['selesai', '1']]) {
  await look(`kartu-${name}`, '/konsol', { act: card(...keys) });
  await look(`kartu-${name}-terang`, '/konsol', { act: card(...keys), scheme: 'light' });
  await look(`kartu-${name}-telepon`, '/konsol', { act: card(...keys), size: PHONE, scheme: 'light' });
}
const tryCard = async (page) => {
  await page.getByRole('button', { name: /^Coba RJP dewasa/ }).click();
  await page.locator('.cards').scrollIntoViewIfNeeded();
};
await look('kartu-daftar', '/pengaturan', { act: tryCard });
await look('kartu-daftar-terang', '/pengaturan', { act: tryCard, scheme: 'light' });
await look('kartu-daftar-telepon', '/pengaturan', { act: tryCard, size: PHONE });
await look('masuk', '/masuk');
await look('masuk-telepon', '/masuk', { size: PHONE, scheme: 'light' });
await look('konsol-kosong', '/konsol');
await look('konsol-meja', '/konsol', { act: seat });
await look('konsol-kejadian', '/konsol', { act: call });
await look('konsol-terang', '/konsol', { scheme: 'light' });
await look('konsol-telepon', '/konsol', { size: PHONE });
for (const scene of ['idle', 'empty', 'ringing', 'talking', 'told', 'queue', 'script', 'linked', 'wrap', 'unrated', 'contention', 'degraded', 'night']) {
  const act = scene === 'script' ? (page) => page.keyboard.press('Alt+y') : scene === 'linked' ? (page) => page.keyboard.press('F8') : scene === 'contention' ? (page) => page.keyboard.press('Alt+l') : undefined;
  await look(`meja-${scene}`, '/konsol', { scene, act });
  await look(`meja-${scene}-terang`, '/konsol', { scene, act, scheme: 'light' });
  await look(`meja-${scene}-telepon`, '/konsol', { scene, act, size: PHONE });
}
await look('meja-besar', '/konsol', { scene: 'contention', zoom: 2 });
for (const [name, scene] of [['penuh', 'talking'], ['kosong', 'idle'], ['gagal', 'degraded']]) {
  // A failed request is tried again twice before the page says so.
  await look(`panggil-balik-${name}`, '/panggil-balik', { scene, act: scene === 'degraded' ? (page) => page.getByRole('alert').waitFor() : undefined });
  await look(`panggil-balik-${name}-terang`, '/panggil-balik', { scene, scheme: 'light', act: (page) => page.getByRole('button', { name: /^Semua/ }).click() });
  await look(`panggil-balik-${name}-telepon`, '/panggil-balik', { scene, size: PHONE, scheme: 'light' });
}
for (const page of ['panggil-balik', 'satuan', 'laporan', 'pesan-keluar', 'rekaman', 'pengaturan', 'masuk']) await look(`besar-${page}`, `/${page}`, { zoom: 2 });
for (const scene of ['contention', 'idle', 'empty']) {
  await look(`papan-${scene}`, '/papan', { scene });
  await look(`papan-${scene}-terang`, '/papan', { scene, scheme: 'light' });
  await look(`papan-${scene}-telepon`, '/papan', { scene, size: PHONE });
}
for (const scene of ['beside', 'busylead']) {
  await look(`papan-${scene}`, '/papan', { scene });
  await look(`papan-${scene}-terang`, '/papan', { scene, scheme: 'light' });
  await look(`papan-${scene}-telepon`, '/papan', { scene, size: PHONE });
}
for (const scheme of ['dark', 'light']) await look(`satuan-beside-${scheme}`, '/satuan', { scene: 'beside', scheme });
await look('satuan-told', '/satuan', { scene: 'told' });
await look('papan-besar', '/papan', { scene: 'contention', zoom: 2 });
await look('satuan', '/satuan');
await look('satuan-terang', '/satuan', { scheme: 'light' });
await look('satuan-telepon', '/satuan', { size: PHONE });
const row = (n) => async (page) => {
  await page.locator(`#incident-i${n}`).click();
  await page.waitForTimeout(300);
};
const relate = async (page) => {
  await row(231)(page);
  await page.getByLabel('Pilih kejadian lain').selectOption({ index: 1 });
  await page.getByRole('heading', { name: 'Hubungan dengan' }).scrollIntoViewIfNeeded();
};
const shut = (n) => async (page) => {
  await page.getByRole('button', { name: 'Ditutup' }).click();
  await row(n)(page);
};
await look('satuan-gabung', '/satuan', { act: relate });
await look('satuan-gabung-terang', '/satuan', { act: relate, scheme: 'light' });
await look('satuan-gabung-telepon', '/satuan', { act: relate, size: PHONE });
await look('satuan-besar', '/satuan', { act: row(230), scheme: 'light' });
await look('satuan-digabung', '/satuan', { act: shut(232) });
await look('satuan-ditutup', '/satuan', { act: shut(229), scheme: 'light' });
for (const scene of ['talking', 'idle']) {
  await look(`serah-terima-${scene}`, '/serah-terima', { scene, act: scene === 'talking' ? (page) => page.locator('textarea').fill('AC ruang server berbunyi') : undefined });
  await look(`serah-terima-${scene}-terang`, '/serah-terima', { scene, scheme: 'light' });
  await look(`serah-terima-${scene}-telepon`, '/serah-terima', { scene, size: PHONE, scheme: 'light' });
}
await look('serah-terima-besar', '/serah-terima', { scene: 'talking', zoom: 2 });
for (const scene of ['talking', 'idle']) {
  const month = scene === 'talking' ? (page) => page.getByRole('button', { name: 'Bulan' }).click() : undefined;
  await look(`jadwal-${scene}`, '/jadwal', { scene });
  await look(`jadwal-${scene}-terang`, '/jadwal', { scene, scheme: 'light', act: month });
  await look(`jadwal-${scene}-telepon`, '/jadwal', { scene, size: PHONE, scheme: 'light' });
}
const campaign = (name) => async (page) => {
  await page.getByRole('button', { name }).click();
  await page.locator('article').waitFor();
  await page.waitForTimeout(300);
};
const campaignForm = async (page) => {
  await page.getByRole('button', { name: 'Catat kegiatan' }).click();
  await page.getByLabel('Jenis').selectOption('radio');
  await page.getByLabel('Beberapa kelurahan').check();
  await page.getByLabel('Cipare').check();
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.waitForTimeout(400);
};
for (const [name, act, scene] of [['daftar'], ['hasil', campaign(/Kunjungan sekolah/)], ['radio', campaign(/Siaran radio/)], ['berlangsung', campaign(/Spanduk/)], ['batal', campaign(/Lomba/)], ['isian', campaignForm], ['kosong', undefined, 'idle'], ['gagal', (page) => page.getByRole('alert').waitFor(), 'degraded']]) {
  await look(`kampanye-${name}`, '/kampanye', { act, scene });
  await look(`kampanye-${name}-terang`, '/kampanye', { act, scene, scheme: 'light' });
  await look(`kampanye-${name}-telepon`, '/kampanye', { act, scene, size: PHONE, scheme: 'light' });
}
const campaignChart = async (page) => {
  await campaign(/Kunjungan sekolah/)(page);
  await page.locator('figure').scrollIntoViewIfNeeded();
};
await look('kampanye-grafik', '/kampanye', { act: campaignChart });
await look('kampanye-grafik-terang', '/kampanye', { act: campaignChart, scheme: 'light' });
await look('kampanye-besar', '/kampanye', { act: campaign(/Kunjungan sekolah/), zoom: 2 });
for (const scene of ['talking', 'idle', 'contention']) {
  await look(`latihan-${scene}`, '/latihan', { scene });
  await look(`latihan-${scene}-terang`, '/latihan', { scene, scheme: 'light' });
  await look(`latihan-${scene}-telepon`, '/latihan', { scene, size: PHONE, scheme: 'light' });
}
const learning = (page) => page.locator('[data-lesson]').waitFor();
const learn = async (page) => {
  await learning(page);
  await page.keyboard.press('Alt+s');
  await page.locator('[data-step="3"]').waitFor();
  await page.keyboard.press('Enter');
};
/** The lesson of an incident, up to its sheet. */
const learnSheet = async (page) => {
  await learning(page);
  await page.getByRole('button', { name: /Kejadian: tempat/ }).click();
  await page.keyboard.press('Alt+j');
  await page.keyboard.press('F8');
  await page.keyboard.type('ci');
  await page.keyboard.press('ArrowDown');
};
const learnWrong = async (page) => {
  await learning(page);
  await page.getByRole('button', { name: /Tutup gangguan/ }).click();
  await page.keyboard.press('F2');
};
for (const [name, act] of [['awal', learning], ['jadi', learn], ['lembar', learnSheet], ['keliru', learnWrong]]) {
  await look(`pelajaran-${name}`, '/pelajaran', { scene: 'empty', act });
  await look(`pelajaran-${name}-terang`, '/pelajaran', { scene: 'empty', scheme: 'light', act });
  await look(`pelajaran-${name}-telepon`, '/pelajaran', { scene: 'empty', size: PHONE, act });
}
await look('pelajaran-meja', '/pelajaran', { scene: 'talking' });
for (const scheme of ['dark', 'light']) await look(`pelajaran-tawaran-${scheme}`, '/konsol', { scene: 'baru', scheme });
await look('pelajaran-tawaran-telepon', '/konsol', { scene: 'baru', size: PHONE });
const withDrills = (page) => page.getByLabel('Latihan').selectOption('beside');
await look('rekaman-latihan', '/rekaman', { act: withDrills });
await look('rekaman-latihan-telepon', '/rekaman', { act: withDrills, size: PHONE, scheme: 'light' });
await look('pesan', '/pesan-keluar');
await look('tugas', '/tugas/abc', { size: PHONE, scheme: 'light' });
await look('tugas-gelap', '/tugas/abc', { size: PHONE, act: (page) => page.locator('[data-step=acknowledged]').click() });
await look('laporan', '/laporan');
await look('laporan-telepon', '/laporan', { size: PHONE });
await look('laporan-terang', '/laporan', { scheme: 'light' });
for (const night of ['beda', 'ulang']) {
  const act = async (page) => {
    const summary = page.locator('.notice summary').first();
    if (await summary.count()) await summary.click();
  };
  for (const [shape, more] of [['', {}], ['-telepon', { size: PHONE }], ['-terang', { scheme: 'light' }]]) await look(`laporan-angka-${night}${shape}`, '/laporan', { scene: `angka-${night}`, act, ...more });
}
await look('rekaman', '/rekaman', {
  act: async (page) => {
    await page.locator('.pick').first().click();
    await page.locator('aside form input').first().fill('penilaian mutu');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(400);
  },
});
async function replay(page) {
  await page.locator('.pick').first().click();
  await page.locator('aside form input').first().fill('penilaian mutu');
  await page.keyboard.press('Enter');
  await page.getByText('Jalannya panggilan').waitFor();
  await page.locator('ol li button').nth(8).click();
}
await look('putar', '/rekaman', { act: replay, size: { width: 1366, height: 1500 } });
await look('putar-terang', '/rekaman', { act: replay, scheme: 'light' });
await look('putar-telepon', '/rekaman', { act: replay, size: PHONE });
const begin = async (page) => {
  await page.getByRole('button', { name: 'Mulai mendengarkan' }).click();
  await page.keyboard.press('F3');
};
const form = async (page) => page.locator('#sampel ~ ul button').nth(1).click();
await look('mutu-kosong', '/mutu');
await look('mutu', '/mutu', { scene: 'mutu', size: { width: 1366, height: 1600 } });
await look('mutu-terang', '/mutu', { scene: 'mutu', scheme: 'light', act: begin });
await look('mutu-formulir', '/mutu', { scene: 'mutu', act: form, size: { width: 1366, height: 1700 } });
await look('mutu-telepon', '/mutu', { scene: 'mutu', size: { width: 390, height: 2600 }, scheme: 'light' });
await look('pita-nyata', '/papan', { scene: 'mutu' });
const pick = (tab, row) => async (page) => {
  await page.getByRole('button', { name: new RegExp(`^${tab}`) }).click();
  if (row === undefined) return;
  await page.locator('.item').nth(row).click();
  await page.waitForTimeout(400);
};
async function tryRules(page) {
  await pick('Aturan', 0)(page);
  await page.getByRole('button', { name: 'Uji versi ini' }).click();
  await page.getByText('△').waitFor();
  await page.getByText('△').scrollIntoViewIfNeeded();
}
await look('sanksi', '/sanksi');
await look('sanksi-usulan', '/sanksi', { act: pick('Usulan', 0) });
await look('sanksi-kedua', '/sanksi', { scheme: 'light', act: pick('Usulan', 1) });
await look('sanksi-keberatan', '/sanksi', { act: pick('Keberatan', 0) });
await look('sanksi-riwayat', '/sanksi', { scheme: 'light', act: pick('Riwayat', 0) });
await look('sanksi-aturan', '/sanksi', { act: pick('Aturan') });
await look('sanksi-uji', '/sanksi', { scheme: 'light', act: tryRules });
await look('sanksi-telepon', '/sanksi', { size: PHONE });
await look('sanksi-usulan-telepon', '/sanksi', { size: PHONE, scheme: 'light', act: pick('Usulan', 1) });
await look('sanksi-uji-telepon', '/sanksi', { size: PHONE, act: tryRules });
await look('pengaturan', '/pengaturan');
await look('mulai', '/mulai#abc');
await states(look, { DESK, PHONE });
await edges(look, { DESK, PHONE });
await browser.close();
console.log(bad === 0 ? 'all clean' : `${bad} remarks`);
process.exitCode = bad === 0 ? 0 : 1;
