// Typing through a storm: while a hundred events a second come in, nothing moves the cursor, the focus, the selection, a value, the
// scrolling of the sheet, or the row under the pointer. Looked at after every change of the page and before every picture of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { watch } from './lib/calm.mjs';
import { answer, tabTo, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

/** What a loaded machine makes of it is printed; the storm lasts until its events have come. */
const EVENTS_A_SECOND = 100;
const WRITERS = 10, VISITORS = 2;
const EVENTS_MIN = 1_500;
const HEAD = 'Api dari dapur. ', TAIL = ' Warga memadamkan dengan air.';
const TEXT = 'dua orang masih di dalam, asap tebal, gang sempit, mobil besar tidak bisa masuk, tiang listrik miring, anak kecil sudah di luar, ibu pingsan, ';

let server, browser, page, rival, other, wind;
const callers = [];
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
  rival = await signIn(server, 'dispatcher');
});
after(async () => {
  await wind?.stop().catch(() => undefined);
  for (const caller of callers) caller.close();
  await browser?.close();
  await server?.stop();
});

let nth = 0;
const pause = (ms) => new Promise((next) => setTimeout(next, Math.max(0, ms)));
const call_ = () => callForeign(server, { from: `<sip:0899000${6_000 + (nth++ % 1_000)}@127.0.0.1>`, tone: 440 });
async function ring() {
  const caller = await call_();
  callers.push(caller);
  await caller.ringing();
  return caller;
}
/** Hangs up, whoever has answered meanwhile. */
const leave = (caller) => (caller.state.finals.includes(200) ? caller.hangUp() : caller.cancel());
const cards = () => page.locator('section.calls [data-call]').count();

/** A hundred events a second of two kinds, each told to every console: another seat's sheet, and callers who come and go. */
function storm(call) {
  const wind = { events: 0, over: false };
  let revision = 0;
  const writer = async () => {
    while (!wind.over) {
      const from = performance.now();
      const { status } = await rival('PUT', `calls/${call}/draft`, { base_revision: 1_000_000, fields: { situation: `perubahan ${revision++}` } });
      if (status === 200) wind.events += 1;
      await pause((1_000 * WRITERS) / EVENTS_A_SECOND - (performance.now() - from));
    }
  };
  const visitor = async () => {
    while (!wind.over) {
      const caller = await call_();
      await until('it is on its way', () => caller.state.provisionals.length > 0 || caller.state.finals.length > 0 || wind.over, { deadlineMs: 300_000 });
      await pause(200);
      leave(caller);
      wind.events += 2;
      await pause(100);
      caller.close();
    }
  };
  const all = [...Array.from({ length: WRITERS }, writer), ...Array.from({ length: VISITORS }, visitor)];
  wind.stop = async () => { wind.over = true; await Promise.all(all); };
  return wind;
}

test('a person types while a hundred events a second come in', async (t) => {
  await takeSeat(page, server);
  // A report whose caller has gone: its sheet is still written, and the cards of who waits stand at the top of an unscrolled list,
  // where the browser's own scroll anchoring does nothing.
  const reporter = await ring();
  await answer(page);
  await page.keyboard.press('F8');
  await page.locator('#sheet-situation').waitFor();
  reporter.hangUp();
  await page.locator('[data-live-call].wrap').waitFor();
  // Ready by another way than the key, which would put the ended sheet away.
  assert.equal(await page.evaluate(() => fetch('/api/seat/ready', { method: 'POST' }).then((reply) => reply.ok)), true);
  await until('the seat is free', async () => (await page.locator('[data-live-call]').count()) === 0);
  // Another sheet, which somebody else writes all the time: that of the first caller who waits.
  const waiting = [];
  for (let n = 0; n < 5; n += 1) waiting.push(await ring());

  await until('five wait', async () => (await cards()) >= 5);
  other = await page.locator('section.calls [data-call]').first().getAttribute('data-call');
  await tabTo(page, /^Keadaan/);
  await page.keyboard.type(HEAD + TAIL);
  for (let presses = 0; presses < TAIL.length; presses += 1) await page.keyboard.press('ArrowLeft');
  // The pointer lies on the third card; two stand above it.
  const third = page.locator('section.calls [data-call]').nth(2);
  const box = await third.boundingBox();
  const spot = { x: Math.round(box.x + box.width / 3), y: Math.round(box.y + Math.min(box.height / 2, 20)) };
  await page.mouse.move(spot.x, spot.y);
  // From here on nothing moves: what came before the pointer lay there has come to rest.
  await page.waitForFunction(({ x, y }) => {
    const top = document.elementFromPoint(x, y)?.closest('[data-row]')?.getBoundingClientRect().top;
    const rests = top !== undefined && top === window.__top;
    window.__top = top;
    return rests;
  }, spot, { polling: 500 });
  await page.evaluate(watch, { head: HEAD, tail: TAIL, ...spot });
  wind = storm(other);
  const from = performance.now();
  let halfway = false;
  let typed = 0;
  for (; typed < TEXT.length || wind.events < EVENTS_MIN; typed += 1) {
    const key = TEXT[typed % TEXT.length];
    await page.keyboard.press(key === ' ' ? 'Space' : key === ',' ? 'Comma' : key);
    if (typed === 40) { leave(waiting[0]); leave(waiting[1]); halfway = true; }
    if (typed === 80) leave(waiting[2]);
  }
  assert.ok(halfway);
  const seconds = (performance.now() - from) / 1_000;
  t.diagnostic(`${typed} keys typed through ${wind.events} events in ${seconds.toFixed(1)} s (${(wind.events / seconds).toFixed(0)} a second)`);

  // A word that is marked stays marked.
  const end = await page.evaluate(() => { const field = document.getElementById('sheet-situation'); return field.value.length; });
  await page.evaluate(() => { window.__calm.selection = 'later'; });
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.evaluate(() => { const field = document.getElementById('sheet-situation'); window.__calm.faults.delete('selection'); window.__calm.selection = [field.selectionStart, field.selectionEnd]; });
  const more = wind.events + 300;
  await until('three hundred more', () => wind.events >= more, { deadlineMs: 60_000 });
  await wind.stop();

  const calm = await page.evaluate(() => ({ looks: window.__calm.looks, start: window.__calm.start, faults: [...window.__calm.faults], value: document.getElementById('sheet-situation').value }));
  t.diagnostic(`looked ${calm.looks} times`);
  const said = Array.from({ length: typed }, (_, at) => TEXT[at % TEXT.length]).join('');
  assert.equal(calm.value, HEAD + said + TAIL, 'every key is there, in its place');
  assert.equal(calm.value.length, end);
  assert.ok(calm.start.row, 'the pointer was on a row');
  assert.ok(calm.looks > typed, 'it was looked at more often than typed');
  assert.deepEqual(calm.faults, []);
  await until('it is saved', async () => {
    const told = await page.locator('.mark[role=status]').innerText();
    if (!/tersimpan \d\d\.\d\d\.\d\d/.test(told)) throw new Error(`the sheet says “${told}”`);
    return true;
  }, { deadlineMs: 120_000 });
});

test('the row goes when the pointer has left it', async () => {
  const gone = await page.evaluate(() => window.__calm.start.row);
  assert.equal(await page.locator(`[data-call="${gone}"].gone`).count(), 1, 'its caller hung up in the storm');
  await page.mouse.move(700, 10);
  await until('it is gone', async () => (await page.locator(`[data-call="${gone}"]`).count()) === 0);
});
