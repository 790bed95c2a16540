// Every screen in both themes, at 1366x768, at 200 % zoom and on a phone: axe finds nothing, at night not even below 7:1, nothing
// runs out of the window, no control is cut. PICTURES_DIR=DIR keeps the pictures.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, openBrowser, PHONE } from './lib/browser.mjs';
import { answer, choosePlace, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.PICTURES_DIR;
if (pictures) mkdirSync(pictures, { recursive: true });

let server, browser, page, caller;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
});
after(async () => {
  caller?.stop();
  await browser?.close();
  await server?.stop();
});

const faults = [];

/** A page at 200 % has half the pixels of the screen, each twice as large (WCAG 1.4.4). */
const ZOOMED = { width: DESK.width / 2, height: DESK.height / 2 };
const VIEWS = [['', DESK, 'dark'], ['-terang', DESK, 'light'], ['-200', ZOOMED, 'light'], ['-200-gelap', ZOOMED, 'dark'], ['-hp', PHONE, 'dark'], ['-hp-terang', PHONE, 'light']];

/** Controls whose edge lies outside what their box, or a box around them, shows. What scrolls shows all. */
function cutControls() {
  const cut = [];
  for (const one of document.querySelectorAll('button, kbd, a, input, select, textarea, summary, .tag, .fact, .seat, .link, h1, h2, h3')) {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || getComputedStyle(one).visibility === 'hidden' || one.closest('.hidden, .skip')) continue;
    for (let around = one.parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (['auto', 'scroll'].includes(style.overflowX)) break;
      if (style.overflowX === 'visible') continue;
      const frame = around.getBoundingClientRect();
      if (box.right > frame.right + 1 || box.left < frame.left - 1) cut.push(`${one.tagName.toLowerCase()} “${one.textContent.trim().slice(0, 30)}”`);
      break;
    }
  }
  return [...new Set(cut)];
}

async function look(name) {
  for (const [view, viewport, colorScheme] of VIEWS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => document.fonts.ready);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}${view}.png`) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) faults.push(`${name}${view} is ${wide} px wider than the window`);
    faults.push(...(await page.evaluate(cutControls)).map((one) => `${name}${view}: cut: ${one}`));
    // evaluate runs past the page's own content policy, which forbids foreign scripts.
    await page.evaluate(axe);
    const found = await page.evaluate((night) => window.axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast-enhanced': { enabled: night } } })
      .then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} ${n.any[0]?.data?.contrastRatio ?? ''}`).slice(0, 3).join(' | ')}`)), colorScheme === 'dark');
    faults.push(...found.map((one) => `${name}${view}: ${one}`));
  }
  await page.setViewportSize(DESK);
}

test('publik, masuk, sertifikat', async () => {
  for (const [path, name] of [['/', 'publik'], ['/masuk', 'masuk'], ['/sertifikat', 'sertifikat'], ['/keberatan', 'keberatan']]) {
    const response = await page.goto(server.http + path, { waitUntil: 'networkidle' });
    assert.equal(response.status(), 200, path);
    if (path === '/') assert.ok((await response.body()).length < 50_000, 'the public page stays under 50 kB');
    await look(name);
  }
});

test('konsol: before and during a call, with a sheet', async () => {
  await takeSeat(page, server);
  await look('konsol-siap');
  await page.keyboard.press('Alt+p');
  await page.getByRole('dialog').waitFor();
  await look('konsol-tombol');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('timer 15 periksa lagi');
  await page.keyboard.press('Enter');
  caller = startCaller(server, ['--kind', 'fire', '--number', '081211120003', '--talk', '600']);
  await answer(page);
  await page.keyboard.press('F8');
  await choosePlace(page, 'cipare', 'Cipare');
  await page.locator('#sheet-type').focus();
  await page.keyboard.type('KB');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Keadaan/);
  await page.keyboard.type('Api dari dapur, dua rumah, warga membantu memadamkan');
  await page.getByText(/tersimpan \d\d\.\d\d\.\d\d/).waitFor();
  await look('konsol');
  await page.keyboard.press('F9');
  const dispatcher = await signIn(server, 'dispatcher');
  await until('an incident is open', async () => (await dispatcher('GET', 'incidents?status=open')).json?.length === 1);
  await look('konsol-terkirim');
});

test('panggil-balik: nobody waits', async (t) => {
  const lead = await signIn(server, 'shift_lead');
  if ((await lead('GET', 'callbacks')).status !== 200) return t.skip('this server does not know /api/callbacks yet');
  await page.goto(`${server.http}/panggil-balik`);
  await page.getByText('Tidak ada yang perlu dipanggil balik').waitFor();
  await look('panggil-balik');
});

test('satuan, pesan keluar, tugas', async () => {
  await page.goto(`${server.http}/satuan`);
  await page.getByText(/Kebakaran/).first().waitFor();
  await page.getByText(/Kebakaran/).first().click();
  await look('satuan');
  await page.goto(`${server.http}/pesan-keluar`);
  const link = page.locator('a[href*="/tugas/"]').first();
  await link.waitFor();
  const url = await link.getAttribute('href');
  await look('pesan-keluar');
  await page.goto(url);
  await page.locator('[data-step=acknowledged]').waitFor();
  await look('tugas');
});

test('laporan, rekaman, sanksi, papan, pengaturan', async () => {
  for (const [role, path, name] of [['shift_lead', '/laporan', 'laporan'], ['shift_lead', '/rekaman', 'rekaman'], ['shift_lead', '/sanksi', 'sanksi'], ['shift_lead', '/papan', 'papan'], ['administrator', '/pengaturan', 'pengaturan']]) {
    await page.goto('about:blank');
    await browser.context.clearCookies();
    await signInByKeyboard(page, server, role);
    await page.goto(server.http + path, { waitUntil: 'load' });
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await look(name);
  }
});

test('axe finds nothing, and nothing runs out of the window', () => assert.deepEqual(faults, []));
