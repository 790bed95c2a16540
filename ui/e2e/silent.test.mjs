// Silent lines in real Chromium: who says nothing while all talk stays in front of a person, is listened to, gives a sign, is taken, is ended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, holdKey, liveCall, tabTo, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { readWav } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const MICROPHONE_HZ = 1000, BUSY_HZ = 440, RESCUED_HZ = 620, RING_BACK_HZ = 425;
/** The machine answers after 3 s, greets, and calls a line silent after 20-30 s: ten times that would be tedious, four is plenty. */
const SILENT = { deadlineMs: 120_000 };

let server, browser, page, lead, skip;
const callers = [];
const call = async (shape) => {
  const caller = await callForeign(server, shape);
  callers.push(caller);
  return caller;
};
let silent;
const line = () => page.locator('[data-silent]').first();

before(async () => {
  server = await startServer();
  lead = await signIn(server, 'shift_lead');
  if ((await lead('GET', 'callbacks')).status !== 200) {
    skip = 'this server does not know /api/callbacks yet: it has no machine that listens, so no line can be silent';
    console.error(`SKIPPED: ${skip}`);
    return;
  }
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  page = await browser.context.newPage();
  await takeSeat(page, server);
});
after(async () => {
  for (const caller of callers) caller.close();
  await browser?.close();
  await server?.stop();
});

const steps = [
  ['a silent caller while the seat talks becomes a silent line, and the cursor stays', async () => {
    await call({ tone: BUSY_HZ });
    await answer(page);
    await hearsTone(page, BUSY_HZ);
    await page.keyboard.press('F8');
    await until('the cursor is in the place field', () => page.evaluate(() => document.activeElement?.id === 'sheet-place'));
    await call({ tone: 0, from: '<sip:081211120041@127.0.0.1>' });
    await until('the line is in the panel', async () => (await line().count()) === 1, SILENT);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'sheet-place', 'the cursor was not moved');
    assert.equal(callers[1].state.bye, false, 'nobody ended it');
  }],
  ['its last ten seconds are heard in a loop, fetched anew each round', async (t) => {
    let rounds = 0;
    page.on('response', (response) => { if (response.ok() && /\/recall\?seconds=10$/.test(response.url())) rounds += 1; });
    const id = await line().getAttribute('data-silent');
    await page.keyboard.press('Alt+l');
    await until('two rounds were fetched', () => rounds >= 2, SILENT);
    const bytes = await page.evaluate(async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())], `/api/calls/${id}/recall?seconds=10`);
    const wav = readWav(Buffer.from(bytes));
    const seconds = wav.channels[0].length / wav.rate;
    t.diagnostic(`a round has ${seconds.toFixed(1)} s`);
    assert.ok(seconds > 1 && seconds <= 11, `${seconds} s`);
    await hearsTone(page, BUSY_HZ);
  }],
  ['a key lifts it out of the panel to the waiting cards, with a mark', async () => {
    callers[1].press('1');
    await until('the panel is empty', async () => (await line().count()) === 0);
    await page.locator('[data-call].lifted', { hasText: 'menekan 1' }).waitFor();
    await until('nothing is listened to', async () => (await page.locator('[data-silent].heard').count()) === 0);
  }],
  ['it is answered and heard both ways', async () => {
    await holdKey(page, 'F7');
    await until('the desk is clear', async () => (await liveCall(page).count()) === 0);
    await answer(page);
    callers[1].state.tone = RESCUED_HZ;
    await hearsTone(page, RESCUED_HZ);
    await until('the caller hears the microphone', async () => {
      const heard = await callers[1].hears();
      return Math.abs(heard.hz - MICROPHONE_HZ) <= 20 && heard.dbfs > -45;
    });
  }],
  ['another silent line is asked first: one key, the caller hears the question, the console says how long it waits', async () => {
    silent = await call({ tone: 0, from: '<sip:081211120042@127.0.0.1>' });
    await until('the line is in the panel', async () => (await line().count()) === 1, SILENT);
    await line().locator('[data-asking=unasked]').waitFor();
    assert.match((await line().getByRole('button', { name: /^Akhiri/ }).textContent()) ?? '', /3 dtk/, 'unasked it takes the longer hold');
    await line().getByRole('button', { name: /^▶ Dengar/ }).focus();
    await page.keyboard.press('Alt+t');
    await line().locator('[data-asking=waiting]').waitFor();
    await until('the caller hears the question', async () => {
      const { hz, dbfs } = await silent.hears();
      return dbfs > -35 && Math.abs(hz - RING_BACK_HZ) > 40;
    });
    assert.equal(silent.state.bye, false, 'nobody ended it');
    await until('no answer came', async () => (await line().locator('[data-asking=silent]').count()) === 1, SILENT);
    assert.match((await line().getByRole('button', { name: /^Akhiri/ }).textContent()) ?? '', /1 dtk/);
  }],
  ['then it is ended by a held button, and its row is a ghost', async () => {
    const id = await line().getAttribute('data-silent');
    await line().getByRole('button', { name: /^▶ Dengar/ }).focus();
    await tabTo(page, /^Akhiri/);
    await page.keyboard.down('Enter');
    await until('the caller is let go', () => silent.state.bye);
    await page.keyboard.up('Enter');
    const row = await until('the row is closed', async () => (await lead('GET', 'calls?limit=10')).json?.find?.((one) => one.call_id === id && one.class));
    assert.deepEqual([row.class, row.sub], ['ghost', 'silent']);
    assert.equal(callers[1].state.bye, false, 'the call at the seat goes on');
  }],
  ['who says nothing at a seat is asked and left in one key: the line stays open, the seat takes the next caller', async () => {
    await holdKey(page, 'F7');
    await until('the desk is clear', async () => (await liveCall(page).count()) === 0);
    silent = await call({ tone: 0, from: '<sip:081211120043@127.0.0.1>' });
    await answer(page);
    await liveCall(page).locator('[data-asking=unasked]').waitFor();
    await page.keyboard.press('Alt+t');
    await line().getByText('sudah dijawab petugas').waitFor();
    await until('the seat is free', async () => (await liveCall(page).count()) === 0);
    await until('the caller hears the question', async () => {
      const { hz, dbfs } = await silent.hears();
      return dbfs > -35 && Math.abs(hz - RING_BACK_HZ) > 40 && Math.abs(hz - MICROPHONE_HZ) > 40;
    });
    const next = await call({ tone: BUSY_HZ, from: '<sip:081211120044@127.0.0.1>' });
    await answer(page);
    await hearsTone(page, BUSY_HZ);
    assert.deepEqual([silent.state.bye, next.state.bye], [false, false], 'nobody ended either');
  }],
  ['a key brings them back to a person, both ways, and they are no ghost', async () => {
    const id = await line().getAttribute('data-silent');
    silent.press('1');
    await page.locator('[data-call].lifted', { hasText: 'menekan 1' }).waitFor();
    await holdKey(page, 'F7');
    await until('the caller before them is gone', async () => (await liveCall(page).count()) === 0);
    await answer(page);
    silent.state.tone = RESCUED_HZ;
    await hearsTone(page, RESCUED_HZ);
    await until('the caller hears the microphone', async () => {
      const heard = await silent.hears();
      return Math.abs(heard.hz - MICROPHONE_HZ) <= 20 && heard.dbfs > -45;
    });
    const row = (await lead('GET', 'calls?limit=10')).json.find((one) => one.call_id === id);
    assert.equal(row.class ?? null, null, 'the ghost was taken back');
  }],
];
for (const [name, step] of steps) test(name, (t) => (skip ? t.skip(skip) : step(t)));
