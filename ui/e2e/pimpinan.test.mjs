// The path of a head of service, by keyboard alone: sign in, open laporan, read January to September beside the year before,
// download the PDF that is signed by hand and the file that is signed by the machine, and check it. The old records are in before the
// server starts: the totals that were published for 2019 and 2020. How long it takes is said by the keystroke-level model (lib/klm.mjs).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, openBrowser } from './lib/browser.mjs';
import { Hands } from './lib/klm.mjs';
import { binary, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATH_S_MAX = 60;
const HEAD = 'started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note';
const DAYS = 270;

/** So many calls of each class, spread over January to September. */
function ledger(year, counts) {
  const lines = [HEAD];
  let n = 0;
  for (const [name, calls] of Object.entries(counts)) {
    for (let nth = 0; nth < calls; nth++, n++) {
      const start = Date.UTC(year, 0, 1 + (n % DAYS), (n * 7) % 24, (n * 13) % 60, n % 50);
      const at = (seconds) => new Date(start + seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
      const real = name === 'emergency';
      lines.push([at(0), '', at(4), at(40), name, '', real ? 'kebakaran' : '', real ? 'Damkar' : '', real ? '36.73.01.1002' : '', 'Ani', ''].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

let folder, server, browser, page;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siaga-pimpinan-'));
  const data = join(folder, 'data');
  // Each day of the two years has its calls: what is compared is alike.
  for (const [year, counts] of [[2020, { emergency: 162, prank: 10_100, ghost: 13_472 }], [2019, { emergency: 120, prank: 7_000, ghost: 8_880 }]]) {
    const file = join(folder, `${year}.csv`);
    writeFileSync(file, ledger(year, counts));
    execFileSync(binary, ['import', 'ledger', file, '--data', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  server = await startServer({ data });
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.addInitScript(() => addEventListener('pointerdown', () => { window.__pointer = true; }, { capture: true }));
  await page.setViewportSize(DESK);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const focused = () => page.evaluate(() => {
  const at = document.activeElement;
  return at && at !== document.body ? (at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent ?? '').trim() : '';
});

/** Tab until it has the focus; each press counts. */
async function reach(hands, what) {
  for (let presses = 0; presses < 40; presses++) {
    if (what.test(await focused())) return;
    await hands.press('Tab');
  }
  assert.fail(`${what} is more than 40 presses of Tab away`);
}

async function downloaded(hands, key, ending) {
  hands.think();
  const [file] = await Promise.all([page.waitForEvent('download'), hands.press(key)]);
  assert.match(file.suggestedFilename(), new RegExp(`^CONTOH-laporan-2020-01-01-2020-09-30\\.${ending}$`));
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

test('signed in, chosen, read, downloaded, checked: by keyboard, within a minute', async (t) => {
  const hands = new Hands(page);
  const account = server.account('viewer');
  await page.goto(server.http + '/masuk');
  await page.locator('input[name=user]').waitFor();
  hands.think();
  await hands.type(account.user);
  await hands.press('Tab');
  await hands.type(account.password);
  await hands.press('Enter');
  await hands.wait('the report opens by itself', () => new URL(page.url()).pathname === '/laporan');
  await page.locator('#ringkasan').waitFor();
  const signedIn = { keys: hands.keys, seconds: hands.seconds };

  hands.think();
  await reach(hands, /^Masa laporan/);
  await hands.type('Pilih b');
  hands.think();
  await reach(hands, /^Dari bulan/);
  await hands.press('Home');
  hands.think();
  await reach(hands, /^Sampai bulan/);
  await hands.type('Sep');
  hands.think();
  await reach(hands, /^Tahun/);
  await hands.type('2020');
  await hands.wait('the period stands there', () => page.getByRole('heading', { name: 'Januari s.d. September 2020' }).count());
  const summary = await page.locator('#ringkasan').innerText();
  assert.match(summary, /masuk 23\.734 panggilan\. Yang darurat 162, yang prank atau ghost 23\.572/);
  assert.match(summary, /naik 48,3 persen/);
  assert.match(summary, /rentang 95 persen/);
  // One look at each of the four numbers of the headline.
  for (const _ of Array(4)) hands.think();
  const read = { keys: hands.keys, seconds: hands.seconds };

  hands.think();
  await reach(hands, /^Dokumen$/);
  await hands.press('Enter');
  await reach(hands, /^PDF untuk ditandatangani/);
  const pdf = await downloaded(hands, 'Enter', 'pdf');
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), '%PDF-');
  await until('the next one can be asked for', async () => (await page.getByRole('button', { name: 'JSON bertanda tangan' }).isEnabled()));
  await reach(hands, /^JSON bertanda tangan/);
  const signed = await downloaded(hands, 'Enter', 'json');

  // The signature, by the program without a server; one changed digit, and it says so.
  const told = execFileSync(binary, ['verify', 'report', signed], { encoding: 'utf8' });
  const body = JSON.parse(readFileSync(signed, 'utf8'));
  assert.equal(body.report.offered, 23_734);
  t.diagnostic(told.trim().split('\n').join(' | '));
  const forged = join(folder, 'forged.json');
  writeFileSync(forged, readFileSync(signed, 'utf8').replace('23734', '23735'));
  assert.throws(() => execFileSync(binary, ['verify', 'report', forged], { stdio: 'pipe' }), /failed/i);
  // The paper names the same hash as the signed file.
  let printed = null;
  try { printed = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }); } catch (error) { if (error.code !== 'ENOENT') throw error; t.diagnostic('SKIPPED: pdftotext is not installed, so the hash on the paper was not compared'); }
  if (printed !== null) assert.ok(printed.replaceAll(/\s/g, '').includes(body.sha256), 'the hash on the paper');

  assert.notEqual(await page.evaluate(() => window.__pointer), true, 'a pointer was used');
  assert.ok(hands.seconds <= PATH_S_MAX, `${hands.seconds} s`);
  t.diagnostic(`signed in: ${signedIn.keys} keys, ${signedIn.seconds.toFixed(1)} s; read: ${read.keys} keys, ${read.seconds.toFixed(1)} s; all with both files: ${hands.keys} keys, ${hands.seconds.toFixed(1)} s by the model`);
});

test('axe finds nothing, by day and by night', async () => {
  for (const theme of ['terang', 'gelap']) {
    await page.emulateMedia({ colorScheme: theme === 'gelap' ? 'dark' : 'light' });
    await page.evaluate(() => document.fonts.ready);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
    assert.deepEqual(found, [], theme);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 1, `${theme}: ${wide} px wider than the window`);
    if (process.env.E2E_PICTURES) await page.screenshot({ path: join(process.env.E2E_PICTURES, `pimpinan-${theme}.png`), fullPage: true });
  }
});
