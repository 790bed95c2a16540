// The eight commonest flows of a call-taker, by keyboard alone: answered, classed, sent, attached, called back, closed. Each says how
// many keys it takes and how long by the keystroke-level model (lib/klm.mjs). Asserted are counts, outcomes and the model's seconds;
// never what a clock says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { liveCall, takeSeat, waitingCard } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { openTrunk } from './lib/foreign-trunk.mjs';
import { HOLD_S, Hands, K_S, M_S, median } from './lib/klm.mjs';
import { freePort } from './lib/ports.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const NUISANCE_S_MAX = 1;
const SEND_S_MEDIAN_MAX = 25;
/** Between places that sound alike. */
const ARROWS_MAX = 4;
const TONE_HZ = 440, FAR_HZ = 620;

let server, browser, page, lead, trunk;
const callers = [];
let nth = 0;
const figures = [];

before(async () => {
  const port = await freePort();
  process.env.SIAGA_SIP_TRUNK = `127.0.0.1:${port}`;
  server = await startServer();
  trunk = await openTrunk(port, Object.fromEntries(Array.from({ length: 30 }, (_, n) => [number(n), `+62${number(n).slice(1)}`, `62${number(n).slice(1)}`]).flat().map((one) => [one, FAR_HZ])));
  lead = await signIn(server, 'shift_lead');
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.addInitScript(() => addEventListener('pointerdown', () => { window.__pointer = true; }, { capture: true }));
  await takeSeat(page, server);
});
after(async () => {
  for (const caller of callers) caller.close();
  await browser?.close();
  trunk?.close();
  await server?.stop();
});

function number(n) {
  return `0899000${String(8_000 + n)}`;
}
const bare = (text) => text?.replaceAll(/\D/g, '').replace(/^(62|0)/, '');

async function ring({ tone = TONE_HZ, from = number(nth++) } = {}) {
  const caller = await callForeign(server, { from: `<sip:${from}@127.0.0.1>`, tone });
  callers.push(caller);
  await waitingCard(page).waitFor();
  return { caller, from };
}

const rowOf = async (from) => (await lead('GET', 'calls?limit=50')).json.find((row) => bare(row.number) === bare(from) && row.direction === 'incoming');
const classed = (from, wanted, sub) => until(`${from} is on record as ${wanted}`, async () => {
  const row = await rowOf(from);
  return row?.class === wanted && (sub === undefined || row.sub === sub) ? row : null;
});
const clear = () => until('the seat is free for the next', async () => (await liveCall(page).count()) === 0 || (await page.locator('[data-live-call].wrap').count()) > 0);
const settled = () => until('the desk is clear', async () => (await liveCall(page).count()) === 0, { deadlineMs: 60_000 });
const gone = async () => (await liveCall(page).count()) === 0 || (await page.locator('[data-live-call].wrap').count()) > 0;

async function answered(hands) {
  hands.think();
  await hands.press('Alt+j');
  await page.locator('[data-live-call]:not(.wrap)').waitFor();
}

function say(t, name, hands) {
  const line = `${name}: ${hands.keys} keys, ${hands.seconds.toFixed(1)} s by the model`;
  figures.push(line);
  t.diagnostic(line);
}

test('1. answered, a prank, closed', async (t) => {
  const { caller, from } = await ring();
  const hands = new Hands(page);
  await answered(hands);
  hands.think();
  const before = hands.seconds;
  await hands.hold('F2', 'the held key ended the call', gone);
  assert.ok(hands.seconds - before <= NUISANCE_S_MAX, 'from the key to the end of the call');
  await classed(from, 'prank');
  await until('the line is down', () => caller.state.bye);
  assert.equal(hands.keys, 3);
  say(t, 'answer + prank close', hands);
  await clear();
});

test('2. a ghost: gone by itself, closed', async (t) => {
  const { caller, from } = await ring();
  const hands = new Hands(page);
  await answered(hands);
  caller.hangUp();
  await until('the line is down', gone);
  hands.think();
  const before = hands.seconds;
  await hands.press('F3');
  assert.ok(hands.seconds - before <= NUISANCE_S_MAX);
  await classed(from, 'ghost');
  assert.equal(hands.keys, 3);
  say(t, 'ghost close (caller gone)', hands);
  await settled();
});

test('3. dialled by mistake, then a child: one key, pressed again', async (t) => {
  const { from } = await ring();
  const hands = new Hands(page);
  await answered(hands);
  hands.think();
  await hands.press('F4');
  await classed(from, 'ghost', 'accidental');
  hands.think();
  await hands.press('F4');
  await classed(from, 'prank', 'child');
  const before = hands.seconds;
  await hands.hold('F4', 'the held key ended the call', gone);
  assert.ok(hands.seconds - before <= NUISANCE_S_MAX);
  await classed(from, 'prank', 'child');
  assert.equal(hands.keys, 5);
  say(t, 'mistake, corrected to child, close', hands);
  await settled();
});

test('4. information with its reason', async (t) => {
  const { from } = await ring();
  const hands = new Hands(page);
  await answered(hands);
  hands.think();
  await hands.press('F6');
  await classed(from, 'information');
  hands.think();
  await hands.press('F6');
  const row = await until('it has a reason', async () => ((await rowOf(from))?.sub ? rowOf(from) : null));
  await hands.hold('F6', 'the held key ended the call', gone);
  assert.equal((await classed(from, 'information')).sub, row.sub, 'the reason stays');
  assert.equal(hands.keys, 5);
  say(t, `information + reason (${row.sub}), close`, hands);
  await settled();
});

/** F8, place, type, F9. */
async function send(hands, place, fits, short) {
  hands.think();
  await hands.press('F8');
  await until('the person\'s own key brought the cursor to the place', () => page.evaluate(() => document.activeElement?.id === 'sheet-place'));
  await choose(hands, place, fits);
  hands.think();
  await until('the cursor is at the type, by the person\'s own Enter', () => page.evaluate(() => document.activeElement?.id === 'sheet-type'));
  await hands.type(short);
  await hands.press('Enter');
  hands.think();
  await hands.press('F9');
}

/** Types a place and takes the suggestion that fits. */
async function choose(hands, place, fits) {
  hands.think();
  // The list for all that was typed: what a half word found may still change.
  const answer = page.waitForResponse((response) => new URL(response.url()).searchParams.get('q') === place);
  await hands.type(place);
  await answer;
  const option = page.locator('#sheet-place-list [role=option]', { hasText: fits }).first();
  await hands.wait('it is suggested', async () => (await option.count()) > 0);
  hands.think();
  const chosen = async () => (await option.and(page.locator('[aria-selected=true]')).count()) > 0;
  for (let presses = 0; presses < 8 && !(await chosen()); presses += 1) await hands.press('ArrowDown');
  await hands.press('Enter');
}

/** Place as a caller says it, what must stand in the sheet, type. */
const REPORTS = [
  ['cipare', 'Kel. Cipare', 'KB'],
  ['pasar rau', 'Pasar Induk Rau', 'KR'],
  ['sukawana', 'Kec. Curug', 'PT'],
  ['rsud', 'RSUD', 'AM'],
  ['stadion', 'Stadion Maulana Yusuf', 'LK'],
];
const incidents = async () => (await lead('GET', 'incidents?status=open')).json;
let first;

test('5. an incident: place, type, sent', async (t) => {
  const seconds = [];
  for (const [place, fits, short] of REPORTS) {
    const before = (await incidents()).length;
    const { caller, from } = await ring();
    const taking = new Hands(page);
    await answered(taking);
    const hands = new Hands(page);
    await send(hands, place, fits, short);
    const incident = await until('it is sent', async () => (await incidents()).length > before && (await incidents()).find((one) => `${one.place} ${one.fields.landmark}`.includes(fits.replace(/^Ke[lc]\. /, ''))));
    first ??= incident;
    seconds.push(hands.seconds);
    t.diagnostic(`“${place}” ${short}: ${hands.keys} keys, ${hands.seconds.toFixed(1)} s`);
    assert.ok(incident.assignments.length > 0, 'somebody is sent');
    assert.ok(hands.keys <= place.length + short.length + 4 + ARROWS_MAX, 'F8, what was said, Enter, the type, Enter, F9, and a few arrows among places');
    caller.hangUp();
    await classed(from, 'emergency');
    await settled();
  }
  assert.ok(median(seconds) <= SEND_S_MEDIAN_MAX, `median ${median(seconds)}`);
  const line = `place + type to send, ${seconds.length} reports: median ${median(seconds).toFixed(1)} s, longest ${Math.max(...seconds).toFixed(1)} s by the model`;
  figures.push(line);
  t.diagnostic(line);
});

test('6. the same event again: attached to its incident', async (t) => {
  const { caller, from } = await ring();
  const hands = new Hands(page);
  await answered(hands);
  hands.think();
  await hands.press('F8');
  await until('the cursor is at the place', () => page.evaluate(() => document.activeElement?.id === 'sheet-place'));
  await choose(hands, 'cipare', 'Kel. Cipare');
  await hands.wait('its incident is offered first', async () => (await page.locator('#pane-0 [data-similar]').first().getAttribute('data-similar', { timeout: 500 }).catch(() => null)) === first.incident_id);
  hands.think();
  await hands.press('F10');
  await until('it has two calls', async () => (await lead('GET', `incidents/${first.incident_id}`)).json.calls.length === 2);
  const row = await rowOf(from);
  assert.ok((await lead('GET', `incidents/${first.incident_id}`)).json.calls.includes(row.call_id));
  assert.equal((await incidents()).length, REPORTS.length, 'no new incident');
  assert.ok(hands.keys <= 2 + 1 + 'cipare'.length + ARROWS_MAX + 1 + 1);
  say(t, 'attach to an incident', hands);
  caller.hangUp();
  await settled();
});

test('7. a missed call is called back', async (t) => {
  const { caller, from } = await ring();
  await caller.ringing();
  caller.cancel();
  await page.locator('.missed li').first().waitFor();
  const hands = new Hands(page);
  hands.think();
  await hands.press('Alt+u');
  const far = await until('their telephone rings', () => trunk.invites.find((one) => bare(one.number) === bare(from)));
  await page.locator('[data-live-call]:not(.wrap)').waitFor();
  await until('they are heard', async () => (await trunk.hears(far)).dbfs > -45);
  assert.equal(hands.keys, 2);
  say(t, 'call back a missed call', hands);
  hands.think();
  await hands.hold('F6', 'the held key ended the call', gone);
  await settled();
});

test('8. acknowledged and closed by command', async (t) => {
  const at = (state) => until(`Damkar: ${state}`, async () => (await lead('GET', `incidents/${first.incident_id}`)).json.assignments.some((task) => task.agency === 'damkar' && task.state === state));
  const command = async (hands, text, preview) => {
    hands.think();
    await hands.press('Control+k');
    await hands.type(text);
    await hands.wait('the effect stands there in words', async () => preview.test(await page.locator('#command-preview').textContent()));
    hands.think();
    await hands.press('Enter');
    assert.equal(hands.keys, 2 + text.length + 1, 'Ctrl+K, the words, Enter');
  };
  const one = new Hands(page);
  await command(one, `unit ${first.number} damkar diterima`, /^Enter: Damkar pada kejadian \d+ menjadi Diterima/);
  await at('acknowledged');
  say(t, 'acknowledge by command', one);

  const misspelt = new Hands(page);
  misspelt.think();
  await misspelt.press('Control+k');
  await misspelt.type(`unit ${first.number} damkar tbia`);
  await misspelt.wait('the nearest word is offered', async () => /Maksud Anda \/unit \d+ damkar tiba/.test(await page.locator('#command-preview').textContent()));
  misspelt.think();
  await misspelt.press('Tab');
  await misspelt.press('Enter');
  await at('on_scene');
  say(t, 'a misspelt command, mended', misspelt);

  const close = new Hands(page);
  await command(close, `tutup ${first.number} tertangani api padam`, /^Enter: tutup kejadian \d+ sebagai Tertangani dengan catatan “api padam”/);
  const closed = await until('it is closed', async () => {
    const { json } = await lead('GET', `incidents/${first.incident_id}`);
    return json.status === 'closed' ? json : null;
  });
  assert.equal(closed.outcome, 'resolved');
  say(t, 'close by command', close);
});

test('no pointer was used, and the figures', async (t) => {
  assert.equal(await page.evaluate(() => window.__pointer ?? false), false);
  t.diagnostic(`model: K ${K_S} s per key, M ${M_S} s per decision, a held class key ${HOLD_S} s`);
  for (const line of figures) t.diagnostic(line);
});
