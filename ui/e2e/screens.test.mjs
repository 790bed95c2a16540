// Every screen, wide and on a phone: axe finds nothing, nothing runs out of the window. PICTURES_DIR=DIR keeps the pictures.
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

async function look(name) {
  for (const [size, viewport] of [['', DESK], ['-hp', PHONE]]) {
    await page.setViewportSize(viewport);
    await page.evaluate(() => document.fonts.ready);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}${size}.png`) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) faults.push(`${name}${size} is ${wide} px wider than the window`);
    // evaluate runs past the page's own content policy, which forbids foreign scripts.
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
    faults.push(...found.map((one) => `${name}${size}: ${one}`));
  }
  await page.setViewportSize(DESK);
}

test('publik, masuk, sertifikat', async () => {
  for (const [path, name] of [['/', 'publik'], ['/masuk', 'masuk'], ['/sertifikat', 'sertifikat']]) {
    const response = await page.goto(server.http + path, { waitUntil: 'networkidle' });
    assert.equal(response.status(), 200, path);
    if (path === '/') assert.ok((await response.body()).length < 50_000, 'the public page stays under 50 kB');
    await look(name);
  }
});

test('konsol: before and during a call, with a sheet', async () => {
  await takeSeat(page, server);
  await look('konsol-siap');
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

test('laporan, rekaman, pengaturan', async () => {
  for (const [role, path, name] of [['shift_lead', '/laporan', 'laporan'], ['shift_lead', '/rekaman', 'rekaman'], ['administrator', '/pengaturan', 'pengaturan']]) {
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
