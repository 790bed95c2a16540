// What must be known comes and goes, and lists grow above the pointer, while a person types: nothing of theirs moves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { watch } from './lib/calm.mjs';
import { answer, tabTo, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

const HEAD = 'Pohon tumbang. ', TAIL = ' Jalan tertutup.';
const TYPED = 'dahan besar di atas kabel, ';

let server, browser, page, caller, taker, dispatcher, typed = '';
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
  taker = await signIn(server, 'call_taker');
  dispatcher = await signIn(server, 'dispatcher');
  await takeSeat(page, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120021', '--talk', '900']);
  await answer(page);
  await page.keyboard.press('F8');
  await tabTo(page, /^Keadaan/);
  await page.keyboard.type(HEAD + TAIL);
  for (let presses = 0; presses < TAIL.length; presses += 1) await page.keyboard.press('ArrowLeft');
});
after(async () => {
  caller?.stop();
  await browser?.close();
  await server?.stop();
});

/** The pointer rests on the map, below a list that grows; from here on everything is watched. */
async function restOnMap() {
  const box = await page.locator('#pane-1').boundingBox();
  const spot = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  await page.mouse.move(spot.x, spot.y);
  await page.evaluate(watch, { head: HEAD, tail: TAIL, ...spot });
}

async function typeUntil(done) {
  do {
    for (const letter of TYPED) await page.keyboard.type(letter);
    typed += TYPED;
  } while (!(await done()));
}

async function nothingMoved() {
  const { looks, start, faults, value } = await page.evaluate(() => ({ looks: window.__calm.looks, start: window.__calm.start, faults: [...window.__calm.faults], value: document.getElementById('sheet-situation').value }));
  assert.equal(start.row, 'pane 1', 'the pointer was on the map');
  assert.ok(looks > 2, `looked ${looks} times`);
  assert.equal(value, HEAD + typed + TAIL, 'every key is there, in its place');
  assert.deepEqual(faults, []);
}

test('a server that does not answer is told, and moves nothing, nor when it goes on', async () => {
  await restOnMap();
  server.pause();
  const stale = page.locator('[data-notice=stale]');
  try {
    await typeUntil(() => stale.count());
    assert.match(await stale.innerText(), /Data di layar ini berumur/);
  } finally {
    server.goOn();
  }
  await typeUntil(async () => (await stale.count()) === 0);
  await nothingMoved();
  await page.getByText(/tersimpan \d\d\.\d\d\.\d\d/).waitFor();
});

test('incidents that others open above the map move no map', async () => {
  const rows = page.locator('#pane-0 [data-row]');
  const before = await rows.count();
  await restOnMap();
  for (const [number, landmark] of [['081211120022', 'Masjid Agung'], ['081211120023', 'Pasar Rau'], ['081211120024', 'Alun-alun']]) {
    const other = startCaller(server, ['--number', number, '--patience', '1', '--tone', '440']);
    await other.seen('ended');
    const call = await until(`the call of ${number} is written down`, async () => (await dispatcher('GET', 'calls')).json?.find((row) => row.number?.endsWith(number.slice(1)) && row.ended_at)?.call_id);
    assert.equal((await taker('PUT', `calls/${call}/draft`, { base_revision: 0, fields: { landmark, village_code: '36.73.01.1002', incident_type: 'fire' } })).status, 200);
    assert.equal((await taker('POST', 'incidents', { call_id: call, draft_revision: 1 })).status, 201);
  }
  await typeUntil(async () => (await rows.count()) >= before + 3);
  await nothingMoved();
});
