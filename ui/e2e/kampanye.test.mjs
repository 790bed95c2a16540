// A head of service enters a campaign, reads what it did to the calls of an imported ledger, corrects it and cancels it, by keyboard
// alone. The change on the page is that of the file, counted here by other means.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { DESK, PHONE, openBrowser } from './lib/browser.mjs';
import { signInByKeyboard, tabTo } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HEAD = 'started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note';
const DAY_MS = 86_400_000;
const utc = (text) => Date.parse(`${text}T00:00:00Z`);
const iso = (at) => new Date(at).toISOString().slice(0, 10);

/** Nuisance of a day: up and down by itself, and half as much from 8 July 2020 on. The year before it stays. */
function nuisanceOf(at) {
  const base = iso(at) >= '2020-07-08' ? 6 : 12;
  return base + ((Math.floor(at / DAY_MS) * 7) % 5) - 2;
}
function rows(from, to) {
  const lines = [];
  for (let at = utc(from); at <= utc(to); at += DAY_MS) {
    const nuisance = nuisanceOf(at);
    for (let n = 0; n <= nuisance; n += 1) {
      const start = at + (7 * 60 + n * 17) * 60_000;
      const time = (seconds) => new Date(start + seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
      const real = n === nuisance;
      const name = real ? 'emergency' : n % 3 === 0 ? 'prank' : 'ghost';
      lines.push([time(0), '', time(4), time(40), name, '', real ? 'kebakaran' : '', real ? 'Damkar' : '', '', 'Ani', ''].join(','));
    }
  }
  return lines;
}
const sum = (from, days) => Array.from({ length: days }, (_, n) => nuisanceOf(utc(from) + n * DAY_MS)).reduce((a, b) => a + b, 0);

let server, browser, page, head;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.setViewportSize(DESK);
  const admin = server.account('administrator');
  const signed = await fetch(`${server.http}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: server.http }, body: JSON.stringify({ user: admin.user, password: admin.password }) });
  const cookie = signed.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const body = [HEAD, ...rows('2019-05-01', '2019-08-15'), ...rows('2020-05-01', '2020-08-15'), ''].join('\n');
  const taken = await fetch(`${server.http}/api/ledger`, { method: 'POST', headers: { cookie, origin: server.http, 'content-type': 'text/csv' }, body });
  assert.equal(taken.status, 200, await taken.text());
  head = await signIn(server, 'viewer');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function sound() {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    for (const viewport of [DESK, PHONE]) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
      assert.deepEqual(found, [], colorScheme);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 1, `${wide} px wider than the window`);
    }
  }
  await page.setViewportSize(DESK);
}
const press = async (what) => {
  await tabTo(page, what);
  await page.keyboard.press('Enter');
};

test('an empty page says what a campaign is for, and an empty form what is missing', async () => {
  await signInByKeyboard(page, server, 'viewer');
  await page.goto(`${server.http}/laporan`);
  await press(/^Kampanye$/);
  await page.getByRole('heading', { name: 'Belum ada kegiatan yang dicatat' }).waitFor();
  await sound();
  await press(/^Catat kegiatan/);
  await page.getByRole('heading', { name: 'Kegiatan baru' }).waitFor();
  await tabTo(page, /^Jenis/);
  await page.keyboard.type('Siaran');
  await press(/^Simpan/);
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /5 isian perlu diperbaiki/);
  assert.equal(await page.evaluate(() => document.activeElement?.labels?.[0]?.textContent), 'Nama kegiatan', 'the first wrong field has the focus');
  assert.equal((await head('GET', 'campaigns')).json.length, 0, 'nothing was kept');
  await sound();
});

test('it is entered by keyboard, and its effect is that of the file', async () => {
  await tabTo(page, /^Nama kegiatan/);
  await page.keyboard.type('Siaran radio pagi');
  await tabTo(page, /^Hari pertama/);
  await page.keyboard.type('6-6-2020');
  await tabTo(page, /^Hari terakhir/);
  await page.keyboard.type('7 jul 2020');
  await tabTo(page, /^Sasaran/);
  await page.keyboard.type('Pendengar radio');
  await tabTo(page, /^Penyelenggara/);
  await page.keyboard.type('Lainnya');
  await tabTo(page, /^Nama penyelenggara/);
  await page.keyboard.type('Diskominfo');
  await press(/^Simpan/);
  await page.locator('.verdict').waitFor();
  const change = sum('2020-07-08', 28) / sum('2020-05-09', 28) / (sum('2019-07-08', 28) / sum('2019-05-09', 28));
  const pct = (Math.abs(change - 1) * 100).toFixed(1).replace('.', ',');
  const said = await page.locator('.verdict').innerText();
  assert.match(said, new RegExp(`^Panggilan gangguan turun ${pct} persen \\(antara \\d+,\\d dan \\d+,\\d\\)\\.$`));
  const [, low, high] = /antara ([\d,]+) dan ([\d,]+)/.exec(said).map((text) => Number(text.replace(',', '.')));
  assert.ok(low < (1 - change) * 100 && (1 - change) * 100 < high, said);
  const spans = await page.locator('article table').first().locator('tbody tr').allInnerTexts();
  assert.match(spans[0], new RegExp(`Sebelum\\s+09/05/2020 s\\.d\\. 05/06/2020\\s+28 dari 28 hari\\s+${sum('2020-05-09', 28)}\\s`));
  assert.match(spans[2], new RegExp(`Sesudah\\s+08/07/2020 s\\.d\\. 04/08/2020\\s+28 dari 28 hari\\s+${sum('2020-07-08', 28)}\\s`));
  assert.equal(spans.length, 5, 'the year before stands beside it');
  assert.match(await page.locator('article').innerText(), /di luar perubahan pada hari yang sama tahun sebelumnya/);
  assert.match(await page.locator('section[aria-label="Daftar kegiatan"]').innerText(), new RegExp(`turun ${pct} persen`));
  await sound();
});

test('another span says that it was not the chosen one', async () => {
  await press(/^56 hari/);
  await page.getByText('Ini bukan masa banding yang dipilih').waitFor();
  await press(/^Tampilkan sebagai tabel/);
  const weeks = await page.locator('figure tbody tr').allInnerTexts();
  assert.ok(weeks.some((week) => /\s0\s+–/.test(week)), 'weeks without a record are no zero');
});

test('a correction keeps what was there, and a cancelled one is not counted', async () => {
  await press(/^Perbaiki/);
  await page.getByRole('heading', { name: 'Perbaiki catatan' }).waitFor();
  await tabTo(page, /^Nama kegiatan/);
  await page.keyboard.press('End');
  await page.keyboard.type(' dan sore');
  await press(/^Simpan/);
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /Alasan perbaikan/);
  await page.keyboard.type('siaran kedua pukul lima');
  await press(/^Simpan/);
  await page.getByRole('heading', { name: 'Siaran radio pagi dan sore' }).waitFor();
  await press(/^Riwayat catatan/);
  const history = await page.locator('article ol').innerText();
  assert.match(history, /Versi 2, .*siaran kedua pukul lima/);
  assert.match(history, /Versi 1, .*dicatat pertama kali/);

  await press(/^Batalkan kegiatan/);
  assert.equal(await page.evaluate(() => document.activeElement?.labels?.[0]?.textContent), 'Alasan pembatalan');
  await page.keyboard.type('salah kota');
  await press(/^Batalkan sekarang/);
  await page.getByText('Dibatalkan oleh').waitFor();
  assert.equal(await page.locator('.verdict').count(), 0);
  const [kept] = (await head('GET', 'campaigns')).json;
  assert.deepEqual([kept.state, kept.version, kept.effect], ['cancelled', 2, null]);
  await sound();
});
