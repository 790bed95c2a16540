// A real report: sheet by keyboard, F9, message, responder on a phone, closed with an outcome, counted once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsTone, openBrowser, PHONE } from './lib/browser.mjs';
import { answer, choosePlace, holdKey, liveCall, signInByKeyboard, tabTo, takeSeat } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

let server, desk, phone, console_, board, caller, dispatcher, incident;
before(async () => {
  server = await startServer();
  desk = await openBrowser();
  phone = await openBrowser({ viewport: PHONE });
  console_ = await desk.context.newPage();
  dispatcher = await signIn(server, 'dispatcher');
});
after(async () => {
  caller?.stop();
  await desk?.close();
  await phone?.close();
  await server?.stop();
});

test('a report becomes an incident that is sent to Damkar', async () => {
  await takeSeat(console_, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120002', '--talk', '600']);
  await answer(console_);
  await hearsTone(console_, 440);
  await console_.keyboard.press('F8');
  await choosePlace(console_, 'cipare', 'Cipare');
  await tabTo(console_, /^Jenis kejadian/);
  await console_.keyboard.type('KB');
  await console_.keyboard.press('Enter');
  await tabTo(console_, /^Keadaan/);
  await console_.keyboard.type('Api dari dapur, dua rumah');
  await console_.getByText(/tersimpan \d\d\.\d\d\.\d\d/).waitFor();
  await console_.keyboard.press('F9');
  incident = await until('the incident is open', async () => (await dispatcher('GET', 'incidents?status=open')).json?.[0]);
  assert.equal(incident.incident_type, 'fire');
  assert.ok(incident.assignments.some((assignment) => assignment.agency === 'damkar'), JSON.stringify(incident.assignments));
  await holdKey(console_, 'F8');
  await caller.seen('ended');
  await until('the desk is clear', async () => (await liveCall(console_).count()) === 0);
});

test('sending twice makes one incident', async () => {
  const taker = await signIn(server, 'call_taker');
  const again = await taker('POST', 'incidents', { call_id: incident.calls[0], draft_revision: 99 });
  assert.notEqual(again.status, 500);
  assert.equal((await dispatcher('GET', 'incidents?status=open')).json.length, 1);
});

test('the responder follows the link on a phone: diterima, berangkat, tiba, selesai', async () => {
  const message = await until('the message to Damkar is delivered', async () =>
    (await dispatcher('GET', 'outbox')).json?.find((row) => row.task_url && /damkar/i.test(row.target) && row.state === 'delivered'));
  const page = await phone.context.newPage();
  await page.goto(message.task_url);
  for (const step of ['acknowledged', 'en_route', 'on_scene', 'done']) {
    await page.locator(`[data-step=${step}]:not([disabled])`).focus();
    await page.keyboard.press('Enter');
    await until(`${step} is on the record`, async () => {
      const now = (await dispatcher('GET', `incidents/${incident.incident_id}`)).json;
      return now.assignments.find((assignment) => assignment.agency === 'damkar').state === step;
    });
  }
});

test('the board closes it with an outcome, by keyboard', async () => {
  board = await desk.context.newPage();
  await board.goto(`${server.http}/satuan`);
  await board.locator(`#incident-${incident.incident_id}`).waitFor();
  for (const other of (await dispatcher('GET', `incidents/${incident.incident_id}`)).json.assignments.filter((one) => !['done', 'nothing_found', 'cancelled'].includes(one.state))) {
    assert.ok((await dispatcher('POST', `assignments/${other.assignment_id}/steps`, { state: 'cancelled', note: 'tidak diperlukan' })).status < 300);
  }
  await board.locator(`#incident-${incident.incident_id}`).focus();
  await board.keyboard.press('Enter');
  await board.getByRole('heading', { name: 'Tutup kejadian' }).waitFor();
  await tabTo(board, /^Tertangani/);
  await board.keyboard.down('Enter');
  await until('the incident is closed', async () => (await dispatcher('GET', `incidents/${incident.incident_id}`)).json.status === 'closed');
  await board.keyboard.up('Enter');
});

test('the figures of the day add up, with one real call', async () => {
  const viewer = await signIn(server, 'viewer');
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10); // the city's day, WIB
  const report = await until('the call is counted', async () => {
    const { json } = await viewer('GET', `report?from=${today}&to=${today}`);
    return json?.offered === 1 && json.classes.emergency === 1 ? json : null;
  });
  assert.ok(report.identities.length > 0 && report.identities.every((identity) => identity.holds), JSON.stringify(report.identities));
  assert.equal(report.by_type.find((row) => row.key === 'fire').count, 1);
  const page = await phone.context.newPage();
  await signInByKeyboard(page, server, 'viewer');
  await page.goto(`${server.http}/laporan`);
  await page.getByText(/Kebakaran/).first().waitFor();
});
