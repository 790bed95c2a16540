// A call in real Chromium, by keyboard: both voices heard, hold silent, reload unnoticed, prank in one key, recording of both.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsNothing, hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, holdKey, liveCall, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { measure, readWav } from './lib/sound.mjs';
import { laps, stopwatch } from './lib/stopwatch.mjs';
import { until } from './lib/wait.mjs';

const CALLER_HZ = 440, MICROPHONE_HZ = 1000;
const isMicrophone = (heard) => Math.abs(heard.hz - MICROPHONE_HZ) <= 20 && heard.rms_dbfs > -45;
const isNotMicrophone = (heard) => Math.abs(heard.hz - MICROPHONE_HZ) > 20 || heard.rms_dbfs < -60;

let server, browser, page, caller;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  page = await browser.context.newPage();
});
after(async () => {
  caller?.stop();
  await browser?.close();
  assert.equal(await server?.stop(), 0, 'the server drains and exits with 0');
});

test('a caller and a call-taker hear each other', async (t) => {
  await takeSeat(page, server);
  caller = startCaller(server, ['--tone', String(CALLER_HZ), '--number', '081211120001', '--talk', '600', '--patience', '120']);
  await caller.seen('ringing');
  await answer(page);
  await caller.seen('answered');
  const heard = await hearsTone(page, CALLER_HZ);
  t.diagnostic(`browser heard ${heard.hz.toFixed(0)} Hz at ${heard.dbfs.toFixed(1)} dBFS`);
  const back = await caller.hears('the microphone', isMicrophone);
  t.diagnostic(`caller heard ${back.hz} Hz at ${back.rms_dbfs.toFixed(1)} dBFS`);
});

test('hold is silent both ways, and ends', async () => {
  await page.keyboard.press('Alt+h');
  await page.locator('[data-live-call] [aria-pressed=true]').first().waitFor();
  await hearsNothing(page);
  await caller.hears('no microphone', isNotMicrophone);
  await page.keyboard.press('Alt+h');
  await hearsTone(page, CALLER_HZ);
  await caller.hears('the microphone again', isMicrophone);
});

test('mute keeps the microphone from the caller only', async () => {
  await page.keyboard.press('Alt+m');
  await caller.hears('no microphone', isNotMicrophone);
  await hearsTone(page, CALLER_HZ);
  await page.keyboard.press('Alt+m');
  await caller.hears('the microphone again', isMicrophone);
});

test('a reload in mid-call is back in the call and the caller stays', async (t) => {
  await stopwatch(browser.context);
  await page.reload({ waitUntil: 'commit' });
  const lap = (name) => until(`after the reload: ${name}`, async () => (await laps(page)).find(([known]) => known === name));
  t.diagnostic(`live call on screen after ${(await lap('call on screen'))[1]} ms, its sound after ${(await lap('sound'))[1]} ms`);
  await hearsTone(page, CALLER_HZ);
  await caller.hears('the microphone after the reload', isMicrophone);
  assert.equal(caller.lines.some((line) => line.event === 'ended'), false, 'the caller was never dropped');
});

test('one held key makes it a prank and ends it; the undo bar is there', async () => {
  await holdKey(page, 'F2');
  const ended = await caller.seen('ended');
  assert.equal(ended.ended_by, 'siaga');
  assert.equal(ended.answered, true);
  await page.getByText(/Prank: urungkan/).waitFor();
  await until('the call is closed', async () => (await liveCall(page).count()) === 0);
});

test('the sheet of a nuisance goes with its call, and the cursor is nowhere', async () => {
  await page.getByText('Belum ada lembar').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
});

test('the row is a prank, the recording holds both voices, and hearing it is logged with a reason', async (t) => {
  const lead = await signIn(server, 'shift_lead');
  const row = await until('the call is written as prank', async () => (await lead('GET', 'calls?limit=5')).json?.find?.((call) => call.class === 'prank' && call.recorded));
  assert.equal(row.outcome, 'answered');
  assert.equal((await lead('POST', `calls/${row.call_id}/playbacks`, { reason: '' })).status, 422, 'no reason, no sound');
  const playback = await lead('POST', `calls/${row.call_id}/playbacks`, { reason: 'Uji ujung ke ujung' });
  assert.equal(playback.status < 300, true, JSON.stringify(playback.json));
  assert.equal(playback.json.intact, true);
  const wav = readWav((await lead('GET', playback.json.audio_url.replace(/^\/?api\//, ''))).raw);
  const second = (pcm) => measure(pcm.slice(wav.rate, wav.rate * 2), wav.rate);
  const [left, right] = wav.channels.map(second);
  t.diagnostic(`left ${left.hz} Hz ${left.dbfs.toFixed(1)} dBFS, right ${right.hz} Hz ${right.dbfs.toFixed(1)} dBFS`);
  assert.ok(Math.abs(left.hz - CALLER_HZ) <= 20 && left.dbfs > -40);
  assert.ok(Math.abs(right.hz - MICROPHONE_HZ) <= 20 && right.dbfs > -45);
});

test('a wrong role is refused', async () => {
  const viewer = await signIn(server, 'viewer');
  for (const [method, path] of [['GET', 'desk'], ['POST', 'seat'], ['GET', 'calls'], ['GET', 'incidents'], ['GET', 'users'], ['GET', 'outbox']]) {
    assert.equal((await viewer(method, path, method === 'POST' ? { microphone_peak_dbfs: -10 } : undefined)).status, 403, `${method} ${path}`);
  }
});
