// A drill in real Chromium over real SIP: marked everywhere, and over at once when a real caller waits, who is heard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsTone, loudspeaker, openBrowser } from './lib/browser.mjs';
import { answer, liveCall, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const REAL_HZ = 440;
let server, browser, page, lead, real;
const drills = async () => (await lead('GET', 'drills')).json;

before(async () => {
  server = await startServer();
  lead = await signIn(server, 'shift_lead');
  browser = await openBrowser({ microphoneHz: 1000 });
  page = await browser.context.newPage();
  await takeSeat(page, server);
});
after(async () => {
  real?.close();
  await browser?.close();
  await server?.stop();
});

test('a drill is ordered and its call rings, marked', async () => {
  const made = await lead('POST', 'drills', { scenario: 'first_day', calls: 2, minutes: 4 });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  await page.locator('[data-call]', { hasText: 'LATIHAN' }).waitFor();
});

test('it is answered and heard like any other', async () => {
  await answer(page);
  await page.locator('[data-live-call]', { hasText: 'LATIHAN' }).waitFor();
  await until('the simulated caller is heard', async () => (await loudspeaker(page)).dbfs > -50, { everyMs: 250 });
});

test('a real caller who waits ends the drill: the simulated ones hang up, and the seat rings though nothing is classed', async () => {
  real = await callForeign(server, { tone: REAL_HZ, from: '<sip:081211120062@127.0.0.1>' });
  await until('the drill is over', async () => (await drills()).running === null);
  assert.equal((await drills()).past[0].ended, 'real_call');
  await until('the real call rings at the seat', async () => {
    const desk = (await lead('GET', 'desk')).json;
    return desk.calls.some((call) => call.direction === 'incoming' && call.seat !== null);
  });
  await page.keyboard.press('Alt+j');
  await until('the live call is the real one', async () => (await liveCall(page).filter({ hasNotText: 'LATIHAN' }).count()) === 1);
  await hearsTone(page, REAL_HZ);
});

test('the simulated call is a row of its own direction, and nobody calls it back', async () => {
  const rows = await until('both rows', async () => {
    const list = (await lead('GET', 'calls?limit=5&drills=beside')).json;
    return list.length >= 2 ? list : null;
  });
  assert.deepEqual(rows.map((row) => row.direction).sort(), ['drill', 'incoming']);
  assert.deepEqual((await lead('GET', 'calls?limit=5')).json.map((row) => row.direction), ['incoming'], 'a list is of real calls unless asked');
  assert.deepEqual((await lead('GET', 'desk')).json.callbacks, []);
});
