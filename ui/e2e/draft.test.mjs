// A sheet survives everything: server and browser killed in the middle of a word, a seat that goes, two people in one field.
// What may be missing is what was typed in the last 300 ms, and the page says that something was brought back. Only where one
// write to this disk was itself slower meanwhile, as measured beside it, is it given that time; where a save was, only what the
// server said it has is held.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { answer, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { freePort } from './lib/ports.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

const PROMISED_MS = 300;
/** A key waits for at most the write that runs, then for its own. */
const WRITES = 2;
/** As the page: it saves this long after a key at the latest. */
const SAVE_EVERY_MS = 200;
const TEXT = 'api dari dapur merambat ke rumah sebelah dua orang masih di dalam asap tebal warga memadamkan dengan air sumur gang sempit mobil besar tidak bisa masuk ';

let server, desk, page, caller, args;
before(async () => {
  args = ['--http', `127.0.0.1:${await freePort()}`];
  server = await startServer({ args });
  desk = await openBrowser();
  page = await desk.context.newPage();
});
after(async () => {
  caller?.stop();
  await desk?.close().catch(() => undefined);
  await server?.stop();
});

/** Types without a pause; answers when each key was taken by the page. */
async function type(page, text) {
  const keys = [];
  for (const key of text) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    keys.push({ key, at: Date.now() });
  }
  return keys;
}

/** Writes to this browser's disk as the page does, one after the other, and keeps how long the last ones took. */
const watchDisk = (page) => page.evaluate(() => {
  const disk = (window.disk = { took: [], since: 0 });
  const open = indexedDB.open('ukur', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('s');
  open.onsuccess = () => {
    const once = () => {
      disk.since = performance.now();
      const transaction = open.result.transaction('s', 'readwrite', { durability: 'strict' });
      transaction.objectStore('s').put(disk.since, 'k');
      transaction.oncomplete = () => {
        disk.took = [...disk.took.slice(-4), performance.now() - disk.since];
        disk.since = 0;
        setTimeout(once, 20);
      };
    };
    once();
  };
});

/** What the promise is on this disk: 300 ms, or the writes that were slower than that themselves. */
async function byDisk(page) {
  const slowest = await page.evaluate(() => Math.max(...window.disk.took, window.disk.since ? performance.now() - window.disk.since : 0));
  return Math.max(PROMISED_MS, WRITES * slowest);
}

/** The same for saves at the server, and the text that it last said it has: that is there, however slow the machine. */
function watchSaves(page) {
  const began = new Map();
  let [took, acknowledged] = [[], ''];
  const mine = (request) => request.method() === 'PUT' && request.url().endsWith('/draft');
  page.on('request', (request) => mine(request) && began.set(request, Date.now()));
  page.on('response', (response) => {
    const request = response.request();
    if (!began.has(request)) return;
    took = [...took.slice(-4), Date.now() - began.get(request)];
    began.delete(request);
    const { situation } = request.postDataJSON()?.fields ?? {};
    if (response.ok() && situation) acknowledged = situation;
  });
  return () => {
    const save = Math.max(0, ...took, ...[...began.values()].map((at) => Date.now() - at));
    // A key waits for the next save or for the one that runs, then for its own.
    return { acknowledged, allowed: Math.max(SAVE_EVERY_MS, save) + save <= PROMISED_MS ? PROMISED_MS : Infinity };
  };
}

/** All keys but those of the last 300 ms (or what was measured) are there, in their order, and nothing else is. */
function same(found, keys, killedAt, allowedMs, t) {
  const text = keys.map(({ key }) => key).join('');
  const before = (ms) => keys.filter(({ at }) => at < killedAt - ms).map(({ key }) => key).join('');
  const must = before(allowedMs);
  t.diagnostic(`${text.length} keys typed, ${text.length - found.length} missing, ${text.length - before(PROMISED_MS).length} fell in the last ${PROMISED_MS} ms; held to ${Math.round(allowedMs)} ms`);
  assert.ok(text.startsWith(found), `what is there was typed so: ${JSON.stringify({ found, text })}`);
  assert.ok(found.length >= must.trimEnd().length, `missing beyond the last ${Math.round(allowedMs)} ms: ${JSON.stringify({ found, must })}`);
}

async function killBrowser() {
  process.kill(desk.process, 'SIGKILL');
  await until('the browser is dead', () => { try { process.kill(desk.process, 0); return false; } catch { return true; } });
  await desk.context.close().catch(() => undefined);
}

const situation = (page) => page.locator('#sheet-situation').inputValue();

/** Opens what this machine still holds, by keyboard. */
async function openUnsent() {
  page = await desk.context.newPage();
  await signInByKeyboard(page, server, 'call_taker');
  await page.goto(`${server.http}/konsol?uji`);
  await page.getByRole('button', { name: /Lembar belum dikirim/ }).first().waitFor();
  await tabTo(page, /Lembar belum dikirim/);
  await page.keyboard.press('Enter');
  await page.locator('#sheet-situation').waitFor();
}

test('the server dies, the person types on, the browser dies: the machine still has it and says so', async (t) => {
  await takeSeat(page, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120003', '--talk', '600']);
  await answer(page);
  await page.keyboard.press('F8');
  await page.locator('#sheet-situation').waitFor();
  await tabTo(page, /^Keadaan/);
  await watchDisk(page);
  const keys = await type(page, TEXT.slice(0, 60));
  await server.kill('SIGKILL');
  keys.push(...(await type(page, TEXT.slice(60))));
  const allowed = await byDisk(page);
  const killedAt = Date.now();
  await killBrowser();
  server = await startServer({ data: server.data, args });
  desk = await openBrowser({ profile: desk.profile });
  await openUnsent();
  await page.getByText(/dipulihkan dari komputer ini, sampai ketikan pukul \d\d\.\d\d\.\d\d/).waitFor();
  same(await situation(page), keys, killedAt, allowed, t);
  await page.getByText(/tersimpan \d\d\.\d\d\.\d\d/).waitFor();
});

test('both die in the same moment', async (t) => {
  const before = await situation(page);
  await tabTo(page, /^Keadaan/);
  await page.keyboard.press('Control+End');
  await watchDisk(page);
  const keys = [...[...before].map((key) => ({ key, at: 0 })), ...(await type(page, TEXT.replaceAll(' ', '').slice(0, 80)))];
  const allowed = await byDisk(page);
  const killedAt = Date.now();
  await Promise.all([server.kill('SIGKILL'), killBrowser()]);
  server = await startServer({ data: server.data, args });
  desk = await openBrowser({ profile: desk.profile });
  await openUnsent().catch((error) => { throw new Error(`nothing was left on this machine although keys were on their way: ${error.message}`); });
  same(await situation(page), keys, killedAt, allowed, t);
});

test('a browser that is gone for ever: the next seat has what the server has', async (t) => {
  await takeSeat(page, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120004', '--talk', '600', '--patience', '300']);
  await answer(page);
  await page.keyboard.press('F8');
  await until('the sheet of this call is open and empty', async () => (await situation(page)) === '');
  await tabTo(page, /^Keadaan/);
  const saves = watchSaves(page);
  const keys = await type(page, TEXT);
  const { acknowledged, allowed } = saves();
  const killedAt = Date.now();
  await killBrowser();
  const other = await openBrowser();
  try {
    const second = await other.context.newPage();
    await takeSeat(second, server, 'shift_lead');
    await answer(second);
    await until('the sheet of the caller who was left is open', async () => (await situation(second)).length > 0);
    const found = await situation(second);
    same(found, keys, killedAt, allowed, t);
    assert.ok(found.startsWith(acknowledged.trimEnd()), `what the server said it has is there: ${JSON.stringify({ found, acknowledged })}`);
    await twoInOneField(second);
  } finally {
    await other.close();
  }
});

/** Two people in one field while one of them is cut off: neither is overwritten, and a person chooses by keyboard. */
async function twoInOneField(second) {
  const rival = await signIn(server, 'dispatcher');
  const call = await second.locator('[data-live-call]').getAttribute('data-live-call');
  await second.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
  await tabTo(second, /^Nama pelapor/);
  await second.keyboard.type('Bu Rini');
  const { revision } = (await rival('GET', `calls/${call}/draft`)).json;
  assert.equal((await rival('PUT', `calls/${call}/draft`, { base_revision: revision, fields: { reporter_name: 'Pak Dedi', victims: 2 } })).status, 200);
  await second.locator('[data-clash=reporter_name]').waitFor();
  await second.unroute('**/draft');
  await until('what only one changed is there', () => second.evaluate(() => [...document.querySelectorAll('input')].some((one) => one.value === '2')));
  assert.equal(await second.evaluate(() => document.activeElement.value), 'Bu Rini', 'the cursor and the words under it stay');
  assert.equal((await rival('GET', `calls/${call}/draft`)).json.fields.reporter_name, 'Pak Dedi', 'nobody is overwritten');
  await tabTo(second, /^Pakai punya saya/);
  await second.keyboard.press('Enter');
  await until('the choice is saved', async () => (await rival('GET', `calls/${call}/draft`)).json.fields.reporter_name === 'Bu Rini');
  await until('the notice is gone', async () => (await second.locator('[data-clash]').count()) === 0);
}
