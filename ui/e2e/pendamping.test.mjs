// A shift lead beside a call-taker, both in real Chromium, and a caller on real SIP: the caller says 440 Hz, the call-taker 1000, the
// lead 700. Listening is heard by nobody, a whisper by the call-taker alone, speaking together by all; the call-taker is always told;
// and a lead whose browser is killed ends nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { answer, holdKey, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { measure, readWav } from './lib/sound.mjs';
import { share, spectrumAt } from './lib/tones.mjs';
import { until } from './lib/wait.mjs';

const CALLER_HZ = 440, TAKER_HZ = 1000, LEAD_HZ = 700;
const ALL = [CALLER_HZ, TAKER_HZ, LEAD_HZ];
/** Of the energy, of a tone that nobody may hear here. */
const LEAK_MAX = 0.01;
let server, takerBrowser, leadBrowser, taker, coach, desk, caller;

before(async () => {
  server = await startServer();
  desk = await signIn(server, 'shift_lead');
  takerBrowser = await openBrowser({ microphoneHz: TAKER_HZ });
  taker = await takerBrowser.context.newPage();
  await takeSeat(taker, server);
  caller = await callForeign(server, { tone: CALLER_HZ, from: '<sip:081211120071@127.0.0.1>' });
  await answer(taker);
  leadBrowser = await openBrowser({ microphoneHz: LEAD_HZ });
  coach = await leadBrowser.context.newPage();
  await coach.addInitScript(() => {
    window.__asked = 0;
    const ask = navigator.mediaDevices?.getUserMedia?.bind(navigator.mediaDevices);
    if (ask) navigator.mediaDevices.getUserMedia = (...wanted) => { window.__asked += 1; return ask(...wanted); };
  });
  await signInByKeyboard(coach, server, 'shift_lead');
  await coach.goto(`${server.http}/papan?uji`);
});
after(async () => {
  caller?.close();
  await takerBrowser?.close();
  await leadBrowser?.close().catch(() => undefined);
  assert.equal(await server?.stop(), 0, 'the server drains and exits with 0');
});

/** A second of what the caller hears from now on. */
async function callerHears() {
  const from = caller.state.heard.length;
  await until('a second of sound', () => caller.state.heard.length - from >= 8000);
  return caller.state.heard.slice(from, from + 8000);
}

/** These tones and none of the other two, in a second of the caller's. */
async function onlyForCaller(wanted, t) {
  const shares = await until(`the caller hears ${wanted}`, async () => {
    const pcm = await callerHears(), found = ALL.map((hz) => share(hz, pcm));
    return ALL.every((hz, n) => !wanted.includes(hz) || found[n] > 0.5 / wanted.length) && found;
  });
  t.diagnostic(`caller: ${ALL.map((hz, n) => `${hz} Hz ${(shares[n] * 100).toFixed(2)} %`).join(', ')}`);
  ALL.forEach((hz, n) => assert.ok(wanted.includes(hz) || shares[n] < LEAK_MAX, `${(shares[n] * 100).toFixed(2)} % at ${hz} Hz, which the caller may not hear`));
}

/** The same for an ear in a browser: what is not there lies far below what is. */
async function onlyForPage(page, selector, wanted, t, who) {
  const found = await until(`${who} hears ${wanted}`, async () => {
    const dbs = await spectrumAt(page, selector, ALL);
    const there = dbs.filter((_, n) => wanted.includes(ALL[n])), rest = dbs.filter((_, n) => !wanted.includes(ALL[n]));
    return Math.min(...there) > -60 && Math.min(...there) - Math.max(...rest) > 20 && dbs;
  });
  t.diagnostic(`${who}: ${ALL.map((hz, n) => `${hz} Hz ${found[n].toFixed(0)} dB`).join(', ')}`);
}

const leadEar = (wanted, t) => onlyForPage(coach, 'audio[data-line=beside]', wanted, t, 'lead');
const takerEar = (wanted, t) => onlyForPage(taker, 'audio[data-line="0"]', wanted, t, 'call-taker');
const told = () => taker.locator('[data-beside]');
const way = async (name) => {
  await tabTo(coach, new RegExp(name));
  await coach.keyboard.press('Enter');
};
const card = async () => (await desk('GET', 'desk')).json.calls[0];
const goesOn = async () => assert.deepEqual([(await card()).phase, caller.state.bye], ['talking', false], 'the call is as it was');

test('listening: the lead hears both, nobody hears the lead, the microphone is not asked for, the call-taker is told', async (t) => {
  await onlyForCaller([TAKER_HZ], t);
  const focus = () => taker.evaluate(() => document.activeElement?.id ?? '');
  const before = await focus();
  await way('Dengarkan');
  await told().getByText(/Koordinator .+ mendengarkan/).waitFor();
  assert.equal(await told().getAttribute('role'), 'status');
  assert.equal(await focus(), before, 'the focus did not move');
  await leadEar([CALLER_HZ, TAKER_HZ], t);
  await onlyForCaller([TAKER_HZ], t);
  await takerEar([CALLER_HZ], t);
  assert.equal(await coach.evaluate(() => window.__asked), 0, 'who only listens is not asked for a microphone');
  await coach.locator('[aria-pressed=true]', { hasText: 'Dengarkan' }).waitFor();
  await goesOn();
});

test('a whisper reaches the call-taker and not the caller', async (t) => {
  await way('Bisikkan');
  await told().getByText(/berbisik kepada Anda/).waitFor();
  await takerEar([CALLER_HZ, LEAD_HZ], t);
  await leadEar([CALLER_HZ, TAKER_HZ], t);
  await onlyForCaller([TAKER_HZ], t);
  // With the call-taker muted the caller hears nothing at all: not a sample of the whisper.
  await taker.keyboard.press('Alt+m');
  await until('the caller hears nothing', async () => measure(await callerHears()).dbfs < -60);
  await takerEar([CALLER_HZ, LEAD_HZ], t);
  const { dbfs } = measure(await callerHears());
  t.diagnostic(`caller, while the lead whispers and the call-taker is muted: ${dbfs.toFixed(1)} dBFS`);
  assert.ok(dbfs < -60);
  await taker.keyboard.press('Alt+m');
  await onlyForCaller([TAKER_HZ], t);
});

test('speaking together: all three hear each other', async (t) => {
  await way('Bicara bersama');
  await told().getByText(/berbicara dengan penelepon/).waitFor();
  await onlyForCaller([TAKER_HZ, LEAD_HZ], t);
  await takerEar([CALLER_HZ, LEAD_HZ], t);
  await leadEar([CALLER_HZ, TAKER_HZ], t);
  await goesOn();
});

test('the lead stops, and it is as before', async (t) => {
  await way('Berhenti mendampingi');
  assert.match(await coach.evaluate(() => document.activeElement?.textContent ?? ''), /Dengar/, 'the button went, the focus stays beside it');
  await until('nothing is told any more', async () => (await told().innerText()).trim() === '');
  await onlyForCaller([TAKER_HZ], t);
  await takerEar([CALLER_HZ], t);
  assert.equal((await card()).supervision, null);
});

test('the lead\'s browser is killed while all speak: the call goes on, the call-taker sees the lead gone', async (t) => {
  await way('Bicara bersama');
  await told().getByText(/berbicara dengan penelepon/).waitFor();
  await onlyForCaller([TAKER_HZ, LEAD_HZ], t);
  process.kill(leadBrowser.process, 'SIGKILL');
  await until('the call-taker sees it', async () => (await told().innerText()).trim() === '');
  await onlyForCaller([TAKER_HZ], t);
  await takerEar([CALLER_HZ], t);
  await goesOn();
});

test('all of it is on the record, and the recording has who spoke with the caller and no whisper', async (t) => {
  await holdKey(taker, 'F7');
  const row = await until('the row', async () => (await desk('GET', 'calls?limit=5')).json?.find?.((one) => one.outcome && one.recorded));
  assert.deepEqual([row.outcome, row.ended_by, row.class], ['answered', 'call_taker', 'test'], 'no lead changes what a call is');
  const playback = await desk('POST', `calls/${row.call_id}/playbacks`, { reason: 'Uji ujung ke ujung' });
  const ways = playback.json.timeline.filter((line) => line.what.kind.startsWith('supervis'));
  assert.deepEqual(ways.map((line) => line.what.how ?? 'ended'), ['listen', 'whisper', 'barge', 'ended', 'barge', 'ended']);
  assert.ok(ways.every((line) => line.by), 'each says who');
  const wav = readWav((await desk('GET', playback.json.audio_url.replace(/^\/?api\//, ''))).raw);
  // Each second between a line of the replay and the next; on a busy machine the lead is heard some seconds after it began.
  const shares = (channel, nth) => {
    const [from, to] = [ways[nth].audio_ms, ways[nth + 1].audio_ms];
    const seconds = Array.from({ length: Math.max(1, Math.floor((to - from) / 1000)) }, (_, n) => from + n * 1000);
    return Math.max(...seconds.map((ms) => share(LEAD_HZ, wav.channels[channel].slice((ms * wav.rate) / 1000, ((ms + 1000) * wav.rate) / 1000), wav.rate)));
  };
  const [right, left, whisper] = [shares(1, 2), shares(0, 2), shares(1, 1)];
  t.diagnostic(`700 Hz: right while all speak ${(right * 100).toFixed(1)} %, left ${(left * 100).toFixed(2)} %, right during the whisper ${(whisper * 100).toFixed(2)} %`);
  assert.ok(right > 0.2 && left < LEAK_MAX && whisper < LEAK_MAX);
});
