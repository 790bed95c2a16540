// One seat, two tabs: the sound moves to the tab that a person says, in mid-call, and the other one falls quiet and says so.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsNothing, hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, takeSeat } from './lib/console.mjs';
import { startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';

const CALLER_HZ = 440, MICROPHONE_HZ = 1000;
const isMicrophone = (heard) => Math.abs(heard.hz - MICROPHONE_HZ) <= 20 && heard.rms_dbfs > -45;
const elsewhere = (page) => page.getByText('Meja ini dipakai di tab lain');

let server, browser, first, second, caller;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  first = await browser.context.newPage();
});
after(async () => {
  caller?.stop();
  await browser?.close();
  assert.equal(await server?.stop(), 0, 'the server drains and exits with 0');
});

test('a second tab leaves the sound where it is and says why its buttons do nothing', async () => {
  await takeSeat(first, server);
  caller = startCaller(server, ['--tone', String(CALLER_HZ), '--number', '081211120001', '--talk', '600', '--patience', '120']);
  await caller.seen('ringing');
  await answer(first);
  await hearsTone(first, CALLER_HZ);
  second = await browser.context.newPage();
  await second.goto(first.url());
  await elsewhere(second).first().waitFor();
  const buttons = second.locator('[data-live-call] button');
  await buttons.first().waitFor();
  for (const button of await buttons.all()) assert.equal(await button.isDisabled(), true, await button.innerText());
  await second.keyboard.press('Alt+m');
  await elsewhere(second).nth(1).waitFor();
  await hearsTone(first, CALLER_HZ);
  await caller.hears('the microphone of the first tab', isMicrophone);
});

test('moved in mid-call: the new tab hears and is heard, the old one is quiet', async (t) => {
  const from = Date.now();
  await second.getByRole('button', { name: 'Pindahkan meja ke sini' }).click();
  assert.equal(await second.evaluate(() => document.activeElement?.id), 'isi', 'the button went, the focus stays on the page');
  await hearsTone(second, CALLER_HZ);
  t.diagnostic(`the new tab hears the caller ${Date.now() - from} ms after the click, measuring included`);
  await caller.hears('the microphone of the second tab', isMicrophone);
  await hearsNothing(first);
  await elsewhere(first).first().waitFor();
  assert.equal(await second.locator('[data-live-call] button').first().isEnabled(), true);
  assert.equal(await first.locator('[data-live-call] button').first().isDisabled(), true);
  assert.equal(caller.lines.some((line) => line.event === 'ended'), false, 'the caller was never dropped');
});

test('a reload of the tab with the seat gives it to nobody else', async () => {
  await second.reload();
  await hearsTone(second, CALLER_HZ);
  await caller.hears('the microphone after the reload', isMicrophone);
  assert.equal(await elsewhere(second).count(), 0);
  await hearsNothing(first);
});

test('and back', async () => {
  await first.bringToFront();
  await first.getByRole('button', { name: 'Pindahkan meja ke sini' }).click();
  await hearsTone(first, CALLER_HZ);
  await caller.hears('the microphone of the first tab again', isMicrophone);
  await hearsNothing(second);
  assert.equal(caller.lines.some((line) => line.event === 'ended'), false, 'the caller was never dropped');
});
