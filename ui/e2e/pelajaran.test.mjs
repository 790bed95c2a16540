// The first-run lessons in real Chromium by keyboard alone: offered once, taught by the person's own keys, kept with the person
// on another machine, no seat and no call meanwhile.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openBrowser, PHONE } from './lib/browser.mjs';
import { signInByKeyboard, tabTo } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PLACE = 'Cipare';
let server, browser, page, taker;
before(async () => {
  server = await startServer();
  taker = await signIn(server, 'call_taker');
  browser = await openBrowser();
  page = await browser.context.newPage();
  await signInByKeyboard(page, server, 'call_taker');
  await page.goto(`${server.http}/konsol`);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const stands = (lesson, step) => page.locator(`[data-lesson=${lesson}][data-step="${step}"]`).waitFor();
const told = async () => (await taker('GET', 'me/lessons')).json;
const press = (key) => page.keyboard.press(key);
/** Held for longer than the second, until the step is over. */
async function hold(key, lesson, step) {
  await page.keyboard.down(key);
  await stands(lesson, step);
  await page.keyboard.up(key);
}
/** On with the next lesson: its button has the focus. */
async function onward() {
  await until('the next lesson has the focus', () => page.evaluate(() => /^Berikutnya/.test(document.activeElement?.textContent ?? '')));
  await press('Enter');
}

async function isClean() {
  await page.evaluate(axe);
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate((night) => window.axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast-enhanced': { enabled: night } } })
      .then((result) => result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`)), colorScheme === 'dark');
    assert.deepEqual(found, [], colorScheme);
  }
  const narrow = page.viewportSize();
  await page.setViewportSize(PHONE);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1), 'a phone shows it whole');
  await page.setViewportSize(narrow);
}

test('offered on the first sign-in, and begun by keyboard', async () => {
  await page.getByText('Baru di konsol ini?').waitFor();
  await tabTo(page, /^Mulai pelajaran/);
  await press('Enter');
  await stands('seat', 1);
  await until('the answer is kept', async () => (await told()).answered);
  await isClean();
});

test('a seat, with a key that is not asked for named by its own word', async () => {
  await press('Alt+h');
  await page.getByText('Alt+H adalah Tahan', { exact: false }).waitFor();
  await press('Alt+s');
  await stands('seat', 3);
  await press('Enter');
  await stands('seat', 'over');
  await until('it is kept', async () => (await told()).done.includes('seat'));
  assert.ok((await taker('GET', 'desk')).json.seats.length === 0, 'who learns is at no seat');
  await onward();
});

test('answer, mute and hold, the last minute', async () => {
  await stands('answer', 1);
  await press('Insert');
  await onward();
  for (const [index, key] of ['Alt+m', 'Alt+m', 'Alt+h', 'Alt+h'].entries()) {
    await stands('voice', index + 1);
    await press(key);
  }
  await onward();
  await press('Alt+r');
  await page.locator('[data-practice=recall]').waitFor();
  await press('Alt+r');
  await onward();
});

test('a nuisance: let go too soon, held, taken back, given again', async () => {
  await press('F2');
  await page.getByText('F2 dilepas terlalu cepat', { exact: false }).waitFor();
  await hold('F2', 'nuisance', 2);
  await press('Alt+z');
  await stands('nuisance', 3);
  await press('F2');
  await onward();
});

test('a silent caller is asked, gives a sign and is answered', async () => {
  await press('Alt+j');
  await press('Alt+t');
  await page.locator('[data-practice=silent]').waitFor();
  await stands('silent', 4);
  await press('Alt+j');
  await onward();
});

test('an incident, with the sheet; then all are done', async () => {
  await press('Alt+j');
  await press('F8');
  await until('the cursor is in the place', () => page.evaluate(() => document.activeElement?.id === 'practice-place'));
  await page.keyboard.type(PLACE.slice(0, 3));
  await press('ArrowDown');
  await press('Enter');
  await until('the cursor is in the type', () => page.evaluate(() => document.activeElement?.id === 'practice-type'));
  await isClean();
  await page.keyboard.type('KB');
  await press('Enter');
  await stands('incident', 5);
  await press('F9');
  await stands('incident', 6);
  await hold('F8', 'incident', 7);
  await press('Alt+s');
  await page.getByText('Semua pelajaran selesai.').waitFor();
  await until('all are kept', async () => (await told()).done.length === 7);
});

test('nothing of it is a call, a sheet or an incident', async () => {
  const lead = await signIn(server, 'shift_lead');
  for (const list of ['calls?limit=10&drills=beside', 'incidents?status=open', 'outbox']) assert.deepEqual((await lead('GET', list)).json, [], list);
});

test('on another machine it is known, and not offered again; the menu and the list of keys lead there', async () => {
  const other = await openBrowser();
  try {
    page = await other.context.newPage();
    await signInByKeyboard(page, server, 'call_taker');
    await page.goto(`${server.http}/konsol`);
    await page.locator('.empty .keys').waitFor();
    assert.equal(await page.getByText('Baru di konsol ini?').count(), 0);
    await press('Alt+p');
    await tabTo(page, /^Pelajaran konsol/);
    await press('Enter');
    await page.getByText('7 dari 7 selesai').waitFor();
  } finally {
    await other.close();
  }
});
