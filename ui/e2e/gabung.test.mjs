// Many calls about one thing: F10 attaches and is taken back, incidents are merged and separated by keyboard, two people at
// one incident lose nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { answer, choosePlace, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let server, desk, second, console_, board, caller, taker, dispatcher, fire, short;

async function clean(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
  assert.deepEqual(found, []);
}

/** A call that is over, by somebody who did not wait. */
async function gone(number) {
  const caller = startCaller(server, ['--number', number, '--patience', '1', '--tone', '440']);
  await caller.seen('ended');
  return until(`the call of ${number} is written down`, async () => (await dispatcher('GET', 'calls')).json?.find((row) => row.number?.endsWith(number.slice(1)) && row.ended_at)?.call_id);
}

async function opened(call, fields) {
  assert.equal((await taker('PUT', `calls/${call}/draft`, { base_revision: 0, fields })).status, 200);
  const sent = await taker('POST', 'incidents', { call_id: call, draft_revision: 1 });
  assert.equal(sent.status, 201, JSON.stringify(sent.json));
  return sent.json;
}

const now = async (incident) => (await dispatcher('GET', `incidents/${incident.incident_id}`)).json;

before(async () => {
  server = await startServer();
  desk = await openBrowser();
  second = await openBrowser();
  taker = await signIn(server, 'call_taker');
  dispatcher = await signIn(server, 'dispatcher');
  fire = await opened(await gone('081211120011'), { landmark: 'Masjid Agung', village_code: '36.73.01.1002', incident_type: 'fire' });
  short = await opened(await gone('081211120012'), { landmark: 'gardu Masjid Agung', village_code: '36.73.01.1002', incident_type: 'electrical' });
});
after(async () => {
  caller?.stop();
  await desk?.close();
  await second?.close();
  await server?.stop();
});

test('the list says why, F10 attaches, the undo key takes it back', async () => {
  console_ = await desk.context.newPage();
  await takeSeat(console_, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120013', '--talk', '600']);
  await answer(console_);
  await console_.keyboard.press('F8');
  await choosePlace(console_, 'cipare', 'Cipare');
  await tabTo(console_, /^Jenis kejadian/);
  await console_.keyboard.type('KB');
  await console_.keyboard.press('Enter');
  const row = console_.locator(`[data-similar="${fire.incident_id}"]`);
  await row.getByText(/jenis sama · kelurahan sama/).waitFor();
  assert.equal((await now(fire)).calls.length, 1, 'a suggestion attaches nothing');
  await console_.keyboard.press('F10');
  await console_.getByText(`Digabung ke kejadian ${fire.number}: urungkan`).waitFor();
  await until('the call is attached', async () => (await now(fire)).calls.length === 2);
  await console_.keyboard.press('Alt+z');
  await until('the call is off again', async () => (await now(fire)).calls.length === 1);
  // and for good, to be taken off later by the button on the sheet
  await row.getByRole('button', { name: /^Gabungkan/ }).waitFor();
  await console_.keyboard.press('F10');
  await until('the call is attached again', async () => (await now(fire)).calls.length === 2);
  await console_.getByRole('button', { name: 'Lepas dari kejadian ini' }).waitFor();
  await clean(console_);
});

test('two incidents are merged, taken back and linked, by keyboard', async () => {
  board = await second.context.newPage();
  await signInByKeyboard(board, server, 'dispatcher');
  await board.goto(`${server.http}/satuan`);
  await board.locator(`#incident-${short.incident_id}`).focus();
  await board.keyboard.press('Enter');
  const pick = async () => {
    await tabTo(board, /^Pilih kejadian lain/);
    await board.keyboard.type(String(fire.number));
  };
  await pick();
  await tabTo(board, /^Gabungkan ke sana/);
  await board.keyboard.press('Enter');
  await board.getByText(`Kejadian ${short.number} digabung ke ${fire.number}`, { exact: false }).first().waitFor();
  const merged = await until('the other holds all of it', async () => {
    const one = await now(fire);
    return one.merged.length === 1 ? one : null;
  });
  assert.equal(merged.calls.length, 3);
  assert.deepEqual(new Set(merged.assignments.map((task) => task.assignment_id)), new Set([...fire.assignments, ...short.assignments].map((task) => task.assignment_id)));
  assert.equal((await now(short)).merged_into.number, fire.number);
  await board.getByText(`Menerima kejadian ${short.number}`).first().waitFor();
  await clean(board);
  await board.keyboard.press('Alt+z');
  await until('both stand again', async () => (await now(short)).status === 'open' && (await now(fire)).merged.length === 0);
  await board.locator(`#incident-${short.incident_id}`).focus();
  await board.keyboard.press('Enter');
  await pick();
  await tabTo(board, /^Tautkan/);
  await board.keyboard.press('Enter');
  await board.getByText(`Berhubungan dengan kejadian ${fire.number}`).first().waitFor();
  assert.equal((await now(fire)).links[0].number, short.number);
});

test('a major incident stands on top of both screens, with who and why', async () => {
  await board.locator(`#incident-${fire.incident_id}`).focus();
  await board.keyboard.press('Enter');
  await tabTo(board, /^Alasan menetapkan kejadian besar/);
  await board.keyboard.type('api merambat ke pasar');
  await board.keyboard.press('Enter');
  await board.getByRole('status', { name: '1 kejadian besar berlangsung' }).getByText('api merambat ke pasar').waitFor();
  await console_.locator('[data-notice^=major]').getByText('api merambat ke pasar').waitFor();
  await clean(board);
  await clean(console_);
});

test('two people at one incident lose nothing', async () => {
  const other = await desk.context.newPage();
  await other.goto(`${server.http}/satuan`);
  const notes = ['dari meja satu', 'dari meja dua'];
  for (const page of [board, other]) {
    await page.locator(`#incident-${fire.incident_id}`).focus();
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Tulis catatan, lalu Enter').waitFor();
  }
  // a note is being typed in one window while the other writes, and neither loses a letter
  const [one, two] = [board, other].map((page) => page.getByPlaceholder('Tulis catatan, lalu Enter'));
  await one.focus();
  await board.keyboard.type('dari meja');
  await two.focus();
  await other.keyboard.type(notes[1]);
  await other.keyboard.press('Enter');
  await board.getByText(notes[1]).waitFor();
  assert.equal(await one.inputValue(), 'dari meja');
  assert.ok(await one.evaluate((field) => field === document.activeElement), 'the cursor did not move');
  await board.keyboard.type(' satu');
  await board.keyboard.press('Enter');
  const texts = await until('both lines are there', async () => {
    const lines = (await now(fire)).notes.map((line) => line.text);
    return lines.length >= 2 ? lines : null;
  });
  for (const note of notes) assert.ok(texts.includes(note), texts.join('|'));
  // both merge the same one at once: one merge, no error for the second
  const answers = await Promise.all([taker, dispatcher].map((person) => person('POST', `incidents/${short.incident_id}/merge`, { incident_id: fire.incident_id })));
  assert.deepEqual(answers.map((one) => one.status).sort(), [200, 200]);
  assert.equal((await now(fire)).merged.length, 1);
  // each in the other's place: told in words
  const refused = await dispatcher('POST', `incidents/${fire.incident_id}/merge`, { incident_id: short.incident_id });
  assert.deepEqual([refused.status, refused.json.type], [409, 'merged']);
  await other.close();
});
