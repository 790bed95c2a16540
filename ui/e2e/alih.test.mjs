// Abuse in real Chromium: one key hands the caller off to a recorded sentence on a line that stays open; a key of the caller brings a
// person again, whose voice is heard. Nothing but a person's hand ends it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsNothing, hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, holdKey, liveCall, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const MICROPHONE_HZ = 1000, CALLER_HZ = 440;
let server, browser, page, lead, caller;

const isMicrophone = ({ hz, dbfs }) => Math.abs(hz - MICROPHONE_HZ) <= 20 && dbfs > -45;
const desk = async () => (await lead('GET', 'desk')).json;
const card = async () => (await desk()).calls[0];

before(async () => {
  server = await startServer();
  lead = await signIn(server, 'shift_lead');
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  page = await browser.context.newPage();
  await takeSeat(page, server);
  caller = await callForeign(server, { tone: CALLER_HZ, from: '<sip:081211120061@127.0.0.1>' });
  await answer(page);
  await hearsTone(page, CALLER_HZ);
});
after(async () => {
  caller?.close();
  await browser?.close();
  await server?.stop();
});

test('one key hands the caller off: they hear the sentence, the call-taker hears nothing and is paused', async () => {
  await page.keyboard.press('Alt+x');
  await until('the caller hears the sentence', async () => {
    const heard = await caller.hears();
    return heard.dbfs > -35 && !isMicrophone(heard);
  });
  await hearsNothing(page);
  const seen = await desk();
  assert.deepEqual([seen.calls[0].phase, seen.calls[0].class, seen.seats[0].state], ['handed_off', { class: 'prank', sub: 'abuse' }, 'paused']);
  assert.equal(caller.state.bye, false, 'nobody ended it');
});

test('a key of the caller brings a person, and both are heard again', async () => {
  caller.press('1');
  await until('the caller waits for a person', async () => (await card()).phase === 'waiting');
  assert.equal(caller.state.bye, false);
  await page.keyboard.press('Alt+s');
  await answer(page);
  await hearsTone(page, CALLER_HZ);
  await until('the caller hears the microphone', async () => isMicrophone(await caller.hears()));
  assert.equal((await card()).class, null, 'whoever takes the caller again says anew what the call is');
});

test('a slip is taken back within five seconds', async () => {
  await page.keyboard.press('Alt+x');
  await page.getByText(/Dialihkan ke rekaman: urungkan/).waitFor();
  await page.keyboard.press('Alt+z');
  await liveCall(page).waitFor();
  await hearsTone(page, CALLER_HZ);
  const seen = await desk();
  assert.deepEqual([seen.calls[0].phase, seen.calls[0].class], ['talking', null]);
});

test('only a person ends it, and the row says what they said', async () => {
  assert.equal(caller.state.bye, false);
  await holdKey(page, 'F2');
  await until('the caller is let go', () => caller.state.bye);
  const row = await until('the row', async () => (await lead('GET', 'calls?limit=5')).json?.find?.((one) => one.class === 'prank' && one.outcome));
  assert.deepEqual([row.outcome, row.ended_by], ['answered', 'call_taker']);
});
