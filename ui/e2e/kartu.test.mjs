// Question cards by keyboard alone: "not breathing" to CPR in two keys, a beat that is measured, answers that survive a
// reload and a lost network, corrected ones that stay, and an incident that says what was asked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openBrowser, PHONE } from './lib/browser.mjs';
import { answer, choosePlace, liveCall, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let server, desk, lead, page, caller, taker, callId;

/** Put into the page before its own scripts: the times of clicks that reach the loudspeaker, on the sound's own clock. */
function listen() {
  const connect = AudioNode.prototype.connect;
  window.__clicks = [];
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode && !(this instanceof ScriptProcessorNode)) {
      const ear = this.context.createScriptProcessor(1024, 1, 1);
      let last = -1;
      ear.onaudioprocess = ({ inputBuffer, playbackTime }) => {
        const wave = inputBuffer.getChannelData(0);
        for (let i = 0; i < wave.length; i++) {
          const at = playbackTime + i / inputBuffer.sampleRate;
          if (Math.abs(wave[i]) > 0.02 && at - last > 0.2) window.__clicks.push((last = at));
        }
      };
      connect.call(this, ear);
      connect.call(ear, to);
    }
    return connect.call(this, to, ...rest);
  };
}

before(async () => {
  server = await startServer();
  desk = await openBrowser();
  lead = await openBrowser();
  await desk.context.addInitScript(listen);
  page = await desk.context.newPage();
  taker = await signIn(server, 'call_taker');
});
after(async () => {
  caller?.stop();
  await desk?.close();
  await lead?.close();
  await server?.stop();
});

const card = (key) => page.locator(`[data-card="${key}"]`);
const cursor = (on = page) => on.evaluate(() => document.activeElement?.dataset?.card ?? document.activeElement?.id ?? '');
const answers = async () => (await taker('GET', `calls/${callId}/answers`)).json;
const said = ({ lines }) => lines.map((line) => `${line.corrected ? '-' : ''}${line.step}:${line.choice.digit ?? line.choice.kind}`);

async function clean(on, what) {
  for (const viewport of [{ width: 1366, height: 768 }, PHONE]) {
    await on.setViewportSize(viewport);
    await on.evaluate(axe);
    const found = await on.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((all) => all.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`)));
    assert.deepEqual(found, [], `${what}, ${viewport.width} wide`);
  }
  await on.setViewportSize({ width: 1366, height: 768 });
}

test('the key that takes the type brings the card; no and no are CPR', async (t) => {
  await takeSeat(page, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120004', '--talk', '600']);
  await answer(page);
  callId = await liveCall(page).getAttribute('data-live-call') || (await taker('GET', 'desk')).json.calls[0].call_id;
  await page.keyboard.press('F8');
  await choosePlace(page, 'cipare', 'Cipare');
  await tabTo(page, /^Jenis kejadian/);
  await page.keyboard.type('AM');
  await page.keyboard.press('Enter');
  assert.equal(await cursor(), 'medical');
  await page.evaluate(() => {
    window.__clicks.length = 0; // what rang before
    addEventListener('keydown', () => (window.__first ??= performance.now()), true);
    new MutationObserver(() => document.querySelector('[data-card=cpr_adult]') && requestAnimationFrame(() => (window.__shown ??= performance.now()))).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await card('cpr_adult').getByText('Tekan kuat 5 sampai 6 sentimeter').waitFor();
  const took = await until('CPR is drawn', () => page.evaluate(() => window.__shown && Math.round(window.__shown - window.__first)));
  t.diagnostic(`"not breathing" to the CPR card: 2 keys, ${took} ms from the first key to its picture (both keys sent by the test at once)`);
  assert.equal(await cursor(), 'cpr_adult');
  const kept = await until('both answers are on the record', async () => { const all = await answers(); return all.lines.length === 2 && all; });
  assert.deepEqual(said(kept), ['awake:2', 'breathing:2']);
});

test('the beat sounds by a key, 100 to 120 a minute, and stops', async (t) => {
  assert.deepEqual(await page.evaluate(() => window.__clicks), [], 'nothing sounds unasked');
  await page.keyboard.press('m');
  const clicks = await until('eight clicks are heard', () => page.evaluate(() => window.__clicks.length >= 8 && window.__clicks.slice(0, 8)));
  // a busy machine's ear may miss one: the middle interval is the beat
  const between = clicks.slice(1).map((at, n) => at - clicks[n]).sort((a, b) => a - b);
  const bpm = 60 / between[3];
  t.diagnostic(`metronome: ${bpm.toFixed(1)} beats a minute`);
  assert.ok(bpm >= 100 && bpm <= 120, `${bpm}`);
  await page.getByText(/\d+ tekanan/).waitFor();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: /^Bunyikan irama/ }).waitFor();
  const heard = await page.evaluate(() => window.__clicks.length);
  await page.evaluate(() => new Promise((done) => { const from = performance.now(); const look = () => (performance.now() - from > 1_500 ? done() : requestAnimationFrame(look)); look(); }));
  assert.ok((await page.evaluate(() => window.__clicks.length)) <= heard + 1, 'it is silent again');
});

test('one step back corrects; what was said before stays to be seen', async () => {
  for (const key of ['0', 'Backspace', '1', '0', '2', '2']) await page.keyboard.press(key);
  const kept = await until('all answers are on the record', async () => { const all = await answers(); return all.lines.length === 5 && all; });
  assert.deepEqual(said(kept), ['-awake:2', '-breathing:2', '-awake:1', 'awake:2', 'breathing:2']);
  await page.locator('.log s', { hasText: 'Ya' }).waitFor();
  await clean(page, 'the console with a card');
});

test('a reload goes on where the card was, and moves no cursor', async () => {
  await page.reload();
  await card('cpr_adult').waitFor();
  assert.equal(await cursor(), '');
  await page.keyboard.press('Alt+q');
  assert.equal(await cursor(), 'cpr_adult');
});

test('an answer without a network waits, over a reload, and is kept once', async () => {
  const blocked = (route) => (route.request().method() === 'POST' ? route.abort() : route.continue());
  await page.route('**/api/calls/*/answers', blocked);
  await page.keyboard.press('Enter');
  await page.locator('.log', { hasText: '1 jawaban belum tersimpan' }).waitFor();
  assert.equal((await answers()).lines.length, 5);
  await page.reload();
  await card('cpr_adult').and(page.locator('[data-step=aed]')).waitFor();
  await page.unroute('**/api/calls/*/answers', blocked);
  const kept = await until('it is on the record', async () => { const all = await answers(); return all.lines.length === 6 && all; });
  assert.equal(said(kept).at(-1), 'press:told');
  await page.locator('.log', { hasText: 'jawaban belum tersimpan' }).waitFor({ state: 'detached' });
});

test('sent in the middle of the card; the incident says what was asked, and what was not', async () => {
  await page.keyboard.press('Alt+q');
  await page.keyboard.press('ArrowRight');
  await page.locator('.log', { hasText: 'Dilewati' }).waitFor();
  await page.keyboard.press('F9');
  await until('the questions are in sight beside what was sent', () => page.evaluate(() => {
    const [card, sheet] = ['.card-box .top', '.sheet .scroll'].map((one) => document.querySelector(one)?.getBoundingClientRect());
    return !!document.querySelector('.sheet .notice.good') && card && sheet && card.top >= sheet.top - 1 && card.bottom <= Math.min(sheet.bottom, innerHeight) + 1;
  }));
  const incident = await until('the incident is open', async () => (await taker('GET', 'incidents?status=open')).json?.[0]);
  const asked = await until('the skipped question is on the record', async () => { const { json } = await taker('GET', `incidents/${incident.incident_id}/answers`); return json.lines.length === 7 && json; });
  assert.equal(asked.lines.at(-1).choice.kind, 'skipped');
  assert.match(asked.open[0].asked, /^Suruh orang lain mengambil AED/);
  const board = await desk.context.newPage();
  await board.goto(`${server.http}/satuan#${incident.incident_id}`);
  await board.locator(`#incident-${incident.incident_id}`).focus();
  await board.keyboard.press('Enter');
  await board.getByRole('heading', { name: 'Tanya jawab' }).waitFor();
  assert.equal(await board.getByText('dilewati').count(), 1);
  assert.equal(await board.getByText('dibetulkan').count(), 3);
  assert.equal(await board.getByText('belum dibacakan').count(), 1);
  await clean(board, 'the board');
  const crew = await lead.context.newPage();
  await crew.goto(incident.assignments[0].task_url);
  await crew.getByRole('heading', { name: 'Jawaban pelapor' }).waitFor();
  await clean(crew, 'the crew\'s page');
  await crew.close();
});

test('the shift lead tries a card by keyboard and sees who signed', async () => {
  const settings = await lead.context.newPage();
  await signInByKeyboard(settings, server, 'shift_lead');
  await settings.goto(`${server.http}/pengaturan`);
  await settings.getByRole('heading', { name: 'Kartu pertanyaan' }).waitFor();
  assert.ok((await settings.getByText('belum disahkan').count()) > 10, 'nobody signed the demo\'s cards');
  await tabTo(settings, /^Coba\s+Medis/);
  await settings.keyboard.press('Enter');
  await until('the card has the cursor', async () => (await cursor(settings)) === 'medical');
  await settings.keyboard.press('2');
  await settings.keyboard.press('2');
  await until('CPR is shown', async () => (await cursor(settings)) === 'cpr_adult');
  await clean(settings, 'settings');
  assert.equal((await answers()).lines.length, 7, 'a try-out writes nothing');
});
