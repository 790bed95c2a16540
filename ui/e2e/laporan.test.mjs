// A head of service's path: open laporan, read January to September beside the year before, by keyboard alone. The page's
// numbers are those of the file, counted here by other means.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { DESK, openBrowser, PHONE } from './lib/browser.mjs';
import { signInByKeyboard, tabTo } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HEAD = 'started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note';
const TAKERS = ['Ani', 'Budi', 'Citra'];
const CLASSES = ['prank', 'ghost', 'ghost', 'information', 'emergency', 'abandoned'];

/** Made-up rows of one year: `calls` of them, from January to September, each class in turn. */
function rows(year, calls) {
  return Array.from({ length: calls }, (_, n) => {
    const month = String((n % 9) + 1).padStart(2, '0');
    const day = `${year}-${month}-${String((n % 28) + 1).padStart(2, '0')}`;
    const at = (seconds) => `${day} ${String((n * 7) % 24).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`;
    const name = CLASSES[n % CLASSES.length];
    const real = name === 'emergency';
    return { started: at(0), class: name, taker: TAKERS[n % 3], line: [at(0), '', name === 'abandoned' ? '' : at(4), at(40), name, '', real ? 'kebakaran' : '', real ? 'Damkar' : '', '', TAKERS[n % 3], ''].join(',') };
  });
}
const now = rows(2020, 433);
const old = rows(2019, 290);
const grouped = (value) => new Intl.NumberFormat('id-ID').format(value);

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
  const admin = server.account('administrator');
  const signed = await fetch(`${server.http}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: server.http }, body: JSON.stringify({ user: admin.user, password: admin.password }) });
  const cookie = signed.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const body = [HEAD, ...now.map((row) => row.line), ...old.map((row) => row.line), ''].join('\n');
  const taken = await fetch(`${server.http}/api/ledger`, { method: 'POST', headers: { cookie, origin: server.http, 'content-type': 'text/csv' }, body });
  assert.equal(taken.status, 200, await taken.text());
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function sound() {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
  assert.deepEqual(found, []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 1, `${wide} px wider than the window`);
}

test('January to September beside the year before, by keyboard', async () => {
  await page.setViewportSize(DESK);
  await signInByKeyboard(page, server, 'viewer');
  await page.goto(`${server.http}/laporan`);
  await page.locator('#ringkasan').waitFor();
  await tabTo(page, /^Masa laporan/);
  for (const _ of Array(7)) await page.keyboard.press('ArrowDown');
  await tabTo(page, /^Dari bulan/);
  await page.keyboard.press('Home');
  await tabTo(page, /^Sampai bulan/);
  await page.keyboard.type('Sep');
  await tabTo(page, /^Tahun/);
  await page.keyboard.type('2020');
  await page.getByRole('heading', { name: 'Januari s.d. September 2020' }).waitFor();
  const summary = await page.locator('#ringkasan').innerText();
  const real = now.filter((row) => row.class === 'emergency').length;
  const nuisance = now.filter((row) => row.class === 'prank' || row.class === 'ghost').length;
  assert.match(summary, new RegExp(`masuk ${grouped(now.length)} panggilan. Yang darurat ${real}, yang prank atau ghost ${grouped(nuisance)}`));
  assert.match(summary, /naik 49,3 persen/, '290 to 433');
  assert.match(summary, /rentang 95 persen/);
  assert.doesNotMatch(summary, /kali lipat/);
  assert.match(page.url(), /dari=2020-01-01&sampai=2020-09-30/, 'the address can be sent to somebody');
});

test('every section has its numbers, and they are those of the file', async () => {
  const taker = page.locator('#petugas tbody tr', { hasText: 'Ani' });
  const mine = now.filter((row) => row.taker === 'Ani' && row.class !== 'abandoned');
  const cells = (await taker.locator('td').allInnerTexts()).slice(0, 5);
  const of = (...names) => String(mine.filter((row) => names.includes(row.class)).length);
  assert.deepEqual(cells, [of('emergency'), of('prank'), of('ghost'), of('information'), String(mine.length)]);
  await page.locator('#jam summary').click();
  const heat = (await page.locator('#jam tbody td').allInnerTexts()).map((text) => Number.parseInt(text.replaceAll('.', ''), 10));
  assert.equal(heat.length, 168);
  assert.equal(heat.reduce((sum, one) => sum + one, 0), now.length);
  const months = await page.locator('#bulan tfoot td').allInnerTexts();
  assert.equal(months.at(-1), grouped(now.length));
  assert.match(await page.locator('#tunggu').innerText(), /Dalam 10 dtk/);
  assert.match(await page.locator('#jumlah-petugas').innerText(), /Agar 99 persen panggilan dijawab dalam 10 detik/);
  assert.equal(await page.locator('#identitas .tag.alarm').count(), 0);
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await sound();
  }
  await page.setViewportSize(DESK);
});

test('a seat less is tried in the simulator, stopped, and tried to its end', async () => {
  const panel = page.getByRole('region', { name: 'Bagaimana bila petugasnya lain?' });
  await panel.getByRole('button', { name: 'Coba di simulator' }).focus();
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Batalkan' }).waitFor();
  await page.keyboard.press('Enter');
  await panel.getByText('Dibatalkan').waitFor();
  await panel.getByRole('button', { name: 'Tambah satu di setiap jam' }).click();
  await panel.getByRole('button', { name: 'Coba di simulator' }).click();
  // A debug build computes this in ten seconds on a free processor.
  await panel.getByText('terlama menunggu').first().waitFor({ timeout: 240_000 });
  const told = await panel.locator('dl').innerText();
  assert.match(told, /Dengan saran[^]*persen \(antara [\d,]+ dan [\d,]+\) terjawab dalam 10 detik[^]*Yang dicoba/);
  await panel.getByText('Lihat per jam').click();
  assert.equal(await panel.locator('tbody tr').count(), 24);
  await panel.getByText('Atur jumlah petugas per jam').click();
  await panel.getByLabel('Petugas pukul 03.00').fill('0');
  await panel.getByRole('alert').filter({ hasText: '1 sampai 64' }).waitFor();
  assert.equal(await panel.getByRole('button', { name: 'Coba di simulator' }).isDisabled(), true);
  await sound();
  await page.setViewportSize(PHONE);
  await sound();
  await page.setViewportSize(DESK);
});

test('a correction after the period is told with its day', async () => {
  const lead = await signIn(server, 'shift_lead');
  const call = await until('an old call is listed', async () => (await lead('GET', 'calls?class=ghost&limit=1')).json?.[0]);
  const changed = await lead('POST', `calls/${call.call_id}/class`, { class: 'information', sub: null });
  assert.ok(changed.status < 300, `${changed.status} ${changed.raw}`);
  await page.reload();
  await page.locator('#koreksi li').first().waitFor();
  assert.match(await page.locator('#koreksi').innerText(), /\d\d\/\d\d\/\d{4}: 1 panggilan dipindahkan dari Ghost ke Informasi/);
});

test('a wrong span is told, and an empty one says so', async () => {
  await page.goto(`${server.http}/laporan?dari=2018-03-05&sampai=2018-03-06`);
  await page.getByText('Tidak ada panggilan pada masa ini').waitFor();
  await page.getByLabel('Dari', { exact: true }).fill('2018-04-01');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /Tanggal awal harus sebelum tanggal akhir/);
  await sound();
});
