// Quality by keyboard: a real call over SIP is classed prank and recorded; a reviewer replays it with its course, codes it again
// without knowing anything of it, and the figures show it. A real call found that way is loud.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, hearsTone, openBrowser, PHONE } from './lib/browser.mjs';
import { answer, choosePlace, holdKey, liveCall, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.PICTURES_DIR;
if (pictures) mkdirSync(pictures, { recursive: true });
const CALLER_HZ = 440, MICROPHONE_HZ = 1000;
const NUMBER = '081211120001', SECOND_NUMBER = '081211120002';
/** A draw looks every twenty seconds at what has settled for fifteen. */
const DRAWN_WITHIN = { deadlineMs: 120_000 };

let server, desk, office, console_, page, lead;
before(async () => {
  server = await startServer();
  desk = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  office = await openBrowser();
  console_ = await desk.context.newPage();
  page = await office.context.newPage();
  lead = await signIn(server, 'shift_lead');
});
after(async () => {
  await desk?.close();
  await office?.close();
  assert.equal(await server?.stop(), 0, 'the server drains and exits with 0');
});

const day = (from) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);

/** What the page's player plays: level and strongest frequency of both voices together. */
const played = () => page.evaluate(async () => {
  const element = document.querySelector('audio[src]');
  if (!element) return null;
  // short recordings end before a slow machine has measured: from the beginning again
  if (element.ended) { element.currentTime = 0; await element.play(); }
  if (element.paused) return null;
  const ear = (window.__player ??= new WeakMap());
  if (!ear.has(element)) {
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    context.createMediaStreamSource(element.captureStream()).connect(analyser);
    ear.set(element, { context, analyser });
    await new Promise((done) => setTimeout(done, 300));
  }
  const { context, analyser } = ear.get(element);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(spectrum);
  const at = (hz) => Math.max(...spectrum.slice(Math.floor((hz - 12) * analyser.fftSize / context.sampleRate), Math.ceil((hz + 12) * analyser.fftSize / context.sampleRate) + 1));
  return { caller: at(440), desk: at(1000), between: at(700) };
});
/** Both tones stand out of what lies between them. */
const hearsBoth = (what) => until(what, async () => {
  const heard = await played();
  return heard && heard.caller > heard.between + 15 && heard.desk > heard.between + 15 ? heard : null;
});

async function isClean(name) {
  for (const [view, viewport, colorScheme] of [['', DESK, 'dark'], ['-terang', DESK, 'light'], ['-hp', PHONE, 'dark'], ['-hp-terang', PHONE, 'light']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => document.fonts.ready);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}${view}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name}${view} scrolls sideways by ${wide} px`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
    assert.deepEqual(found, [], `${name}${view}`);
  }
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'dark' });
}

async function prank(number, { typed = false } = {}) {
  const caller = startCaller(server, ['--tone', String(CALLER_HZ), '--number', number, '--talk', '600', '--patience', '120']);
  await answer(console_);
  await hearsTone(console_, CALLER_HZ);
  await caller.hears('the microphone', (heard) => Math.abs(heard.hz - MICROPHONE_HZ) <= 20);
  if (typed) {
    await console_.keyboard.press('F8');
    await choosePlace(console_, 'cipare', 'Cipare');
    await until('the sheet is saved', async () => {
      const [call] = (await lead('GET', 'calls?limit=1')).json;
      return (await lead('GET', `calls/${call.call_id}/draft`)).json.revision > 0;
    });
  }
  await holdKey(console_, 'F2');
  await caller.seen('ended');
  await until('the desk is clear', async () => (await liveCall(console_).count()) === 0);
  caller.stop();
}

test('a call is answered, its sheet begun, classed prank and recorded', async () => {
  await takeSeat(console_, server);
  await prank(NUMBER, { typed: true });
  await until('the recording is there', async () => (await lead('GET', 'calls?limit=5')).json?.find?.((call) => call.class === 'prank' && call.recorded));
});

test('a shift lead replays it by keyboard: sound, course, sheet and map follow one play head', async (t) => {
  await signInByKeyboard(page, server, 'shift_lead');
  await page.goto(`${server.http}/rekaman`);
  await page.locator('.pick').first().waitFor();
  await tabTo(page, /^\d\d\.\d\d\.\d\d/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Alasan mendengarkan/);
  await page.keyboard.type('penilaian mutu');
  await page.keyboard.press('Enter');
  await page.getByText('Jalannya panggilan').waitFor();
  const lines = page.locator('ol > li > button');
  const texts = await lines.allTextContents();
  for (const part of ['Panggilan masuk', 'Dijawab di meja', 'Kelurahan', 'Kelas: Prank', 'Berakhir']) assert.ok(texts.some((text) => text.includes(part)), `${part} in ${texts.join('\n')}`);
  assert.equal(await page.getByText('belum ada isian').count(), 1, 'at the beginning the sheet was empty');
  await tabTo(page, /^Posisi/);
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  const heard = await hearsBoth('the player plays both voices');
  t.diagnostic(`caller ${heard.caller.toFixed(0)} dB, desk ${heard.desk.toFixed(0)} dB, between ${heard.between.toFixed(0)} dB`);
  await page.keyboard.press(' ');
  // the line with the kelurahan: the sound goes there, the sheet and the map with it
  await tabTo(page, /Kelurahan: /);
  await page.keyboard.press('Enter');
  await page.locator('dl dd', { hasText: 'Cipare' }).waitFor();
  const head = await page.evaluate(() => document.querySelector('audio[src]').currentTime);
  assert.ok(head > 0.5, `the play head went to the line: ${head}`);
  for (const rate of ['1.5', '2', '1']) {
    await page.getByLabel(/^Kecepatan/).selectOption(rate);
    assert.equal(await page.evaluate(() => String(document.querySelector('audio[src]').playbackRate)), rate);
  }
  await isClean('putar');
});

test('the call is drawn by itself and coded again by its sound alone', async () => {
  await page.goto(`${server.http}/mutu`);
  await page.getByRole('heading', { name: 'Penilaian ganda' }).waitFor();
  await page.getByRole('button', { name: 'Mulai mendengarkan' }).waitFor({ timeout: DRAWN_WITHIN.deadlineMs });
  await isClean('mutu');
  const told = (await lead('GET', 'codings')).json;
  assert.equal(JSON.stringify(told).includes(NUMBER.slice(1)), false, 'no number');
  await tabTo(page, /^Mulai mendengarkan/);
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: 'Panggilan yang dinilai' }).waitFor();
  assert.equal(await page.getByText('0812-1112').count(), 0, 'nothing of the call is shown');
  await hearsBoth('the coder hears both voices');
  await isClean('mutu-dengar');
  await page.keyboard.press('F2');
  await page.getByRole('button', { name: /^Simpan Prank/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Tersimpan: Prank.').waitFor();
  const row = page.locator('tbody tr').filter({ hasText: 'berjalan' });
  await until('the figures have it', async () => /1 \/ 1/.test((await row.textContent()) ?? ''));
  const week = (await lead('GET', `codings/figures?from=${day(-14)}&to=${day(1)}`)).json.weeks.at(-1);
  assert.deepEqual([week.closed, week.count.coded, week.count.alike, week.count.real, week.count.few], [false, 1, 1, 0, true]);
});

test('a real call among them is loud on every page of a shift lead until it is settled', async () => {
  await prank(SECOND_NUMBER);
  await page.getByRole('button', { name: 'Mulai mendengarkan' }).waitFor({ timeout: DRAWN_WITHIN.deadlineMs });
  await tabTo(page, /^Mulai mendengarkan/);
  await page.keyboard.press('Enter');
  await hearsBoth('the second call is heard');
  await page.keyboard.press('F8');
  await page.keyboard.press('Enter');
  await page.getByText('Panggilan nyata yang dikira gangguan').first().waitFor();
  await until('the caller stands on the call-back list', async () => (await lead('GET', 'desk')).json.callbacks.some((one) => one.reason === 'found_real'));
  await isClean('mutu-nyata');
  await page.goto(`${server.http}/rekaman`);
  await page.getByText(/yang dikira gangguan ternyata nyata/).waitFor();
  await page.goto(`${server.http}/mutu`);
  await page.getByText('Panggilan nyata yang dikira gangguan').first().waitFor();
  await tabTo(page, /^Apa yang ditemukan/);
  await page.keyboard.type('ditelepon kembali, sudah tertolong');
  await page.keyboard.press('Enter');
  await until('it is settled', async () => (await lead('GET', 'codings/found')).json.length === 0);
  await until('the page says so', async () => (await page.getByText('Panggilan nyata yang dikira gangguan').count()) === 0);
});

test('who may not hear may not code', async () => {
  for (const role of ['call_taker', 'viewer', 'administrator']) {
    const person = await signIn(server, role);
    for (const path of ['codings', 'codings/found', 'reviews']) assert.equal((await person('GET', path)).status, 403, `${role} ${path}`);
  }
});
