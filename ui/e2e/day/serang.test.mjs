// A day in Serang: the mix of 2020 at 60 times the clock, over real SIP with voices. A browser is killed in the middle of a
// call, later the server. Nobody who needed help may be lost, and the day's totals reconcile.
//
// DAY_SPEED (60): how many times faster the day passes; each call itself lasts as long as a call does.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { holdKey, liveCall, takeSeat } from '../lib/console.mjs';
import { freePort } from '../lib/ports.mjs';
import { binary, signIn, startServer } from '../lib/server.mjs';
import { startCaller } from '../lib/sim.mjs';
import { until } from '../lib/wait.mjs';

const SPEED = Number(process.env.DAY_SPEED ?? 60), SEED = process.env.DAY_SEED ?? '112';
const DAY_MS = 86_400_000 / SPEED;
const BOT_HZ = 880, MICROPHONE_HZ = 1000;
/** Three automatic attempts are 10 minutes apart at most; who picks up does so at the first. */
const SETTLE_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'siaga-day-')), data = join(folder, 'data'), truth = join(folder, 'truth.jsonl');

let server, serverArguments, browser, page, callers, seats, begun;
const lines = [];

/** A child that prints JSON lines. */
function child(args, onLine = () => {}) {
  const process_ = spawn(binary, ['sim', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: process_.stdout }).on('line', (line) => onLine(JSON.parse(line)));
  return process_;
}
/** Headless call-takers; resolves once all of them sit. */
const sitDown = (count) => new Promise((done) => {
  let seated = 0;
  const process_ = child(['seats', '--url', server.http, '--count', String(count), '--tone', String(BOT_HZ), '--class', 'truth', '--truth', truth, '--nuisance-talk', '4', '--answer-after', '500'], (line) => { if (line.event === 'seated' && ++seated === count) done(process_); });
});
const all = (event) => lines.filter((line) => line.event === event);
const of = (event, call) => lines.find((line) => line.event === event && line.call === call);
const near = (line, hz) => Math.abs(line.hz - hz) <= 20 && line.rms_dbfs > -40;
const bare = (number) => number.replace(/\D/g, '').replace(/^(62|0)/, '');
const isReal = (line) => line.truth.class === 'emergency';
const passed = (share) => until(`${share * 100} % of the day have passed`, () => Date.now() - begun >= DAY_MS * share, { deadlineMs: DAY_MS + 60_000, everyMs: 1_000 });

before(async () => {
  const [sip, http, trunk] = [await freePort(), await freePort(), await freePort()];
  process.env.SIAGA_SIP_TRUNK = `127.0.0.1:${trunk}`;
  serverArguments = { data, args: ['--sip', `127.0.0.1:${sip}`, '--http', `127.0.0.1:${http}`] };
  server = await startServer(serverArguments);
  seats = await sitDown(2);
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  page = await browser.context.newPage();
  await takeSeat(page, server, 'shift_lead');
  begun = Date.now();
  callers = child(
    ['day', '--target', `127.0.0.1:${sip}`, '--port', String(trunk), '--speed', String(SPEED), '--seed', SEED, '--real-at-least', '12', '--human', String(BOT_HZ), '--human', String(MICROPHONE_HZ), '--meter', '--truth', truth],
    (line) => lines.push({ ...line, at: Date.now() }),
  );
});
after(async () => {
  for (const process_ of [callers, seats]) process_?.kill('SIGTERM');
  await browser?.close().catch(() => {});
  await server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a browser is killed in mid-call: the caller hears the next person and was never dropped', async (t) => {
  await passed(0.25);
  // For a moment the console is the only seat, so that it is the one that answers.
  await new Promise((gone) => { seats.once('exit', gone); seats.kill('SIGTERM'); });
  const number = '081211120025';
  appendFileSync(truth, `${JSON.stringify({ number, truth: { class: 'emergency', incident_type: 'accident' } })}\n`);
  const caller = startCaller(server, ['--tone', '440', '--number', number, '--talk', '600', '--patience', '300']);
  try {
    // The day goes on: what rings first may be another call, which is ended by this person's will.
    await until('the console answers this caller', async () => {
      if (caller.lines.some((line) => line.event === 'heard' && near(line, MICROPHONE_HZ))) return true;
      // What is already over stays on the screen until the next answer.
      if (await liveCall(page).and(page.locator(':not(.wrap)')).count()) await holdKey(page, 'F2').catch(() => {});
      else await page.keyboard.press('Alt+j');
      return false;
    }, { deadlineMs: 120_000, everyMs: 3_000 });
    seats = await sitDown(2);
    const from = caller.lines.length, killed_at = Date.now();
    execFileSync('pkill', ['-KILL', '-f', browser.profile]);
    await until('the caller hears another seat', () => caller.lines.slice(from).some((line) => line.event === 'heard' && near(line, BOT_HZ)), { deadlineMs: 60_000 });
    t.diagnostic(`the caller heard the next person ${Date.now() - killed_at} ms after the kill, answer and measuring included`);
    assert.equal(caller.lines.some((line) => line.event === 'ended'), false, 'the caller was never dropped');
  } finally {
    caller.stop();
  }
});

test('the server is killed in mid-call and comes back', async (t) => {
  await passed(0.5);
  const talks = await until('somebody who needs help talks with a person', () => all('started').filter(isReal).find((line) => {
    const last = lines.findLast((one) => one.event === 'heard' && one.call === line.call);
    return line.number && !of('ended', line.call) && last && near(last, BOT_HZ);
  }), { deadlineMs: DAY_MS / 2, everyMs: 500 });
  await server.kill('SIGKILL');
  seats.kill('SIGKILL');
  const from = Date.now();
  server = await startServer(serverArguments);
  t.diagnostic(`serves again after ${Date.now() - from} ms`);
  seats = await sitDown(3);
  const back = await until('who was cut off is called back and hears a person', () => lines.find((line) => line.event === 'call_back_ended' && line.human_ms !== null && bare(line.number) === bare(talks.number)), { deadlineMs: 180_000 });
  t.diagnostic(`heard a person ${back.human_ms} ms after picking up`);
});

/** All that was seen of a caller and of that number, in order. */
const life = ({ call, number }) => `lost: ${lines.filter((line) => line.event !== 'heard' && (line.call === call || (number && line.number && bare(line.number) === bare(number)))).map((line) => `${Math.round((line.at - begun) / 1000)}s ${JSON.stringify({ ...line, at: undefined })}`).join(' ')}`;

test('nobody who needed help was lost, and the totals reconcile', async (t) => {
  await passed(1);
  await until('every call is over', () => all('started').length === all('ended').length, { deadlineMs: SETTLE_MS, everyMs: 1_000 });
  const lead = await signIn(server, 'shift_lead');
  const reached = (line) => of('ended', line.call)?.human_ms !== null || lines.some((one) => one.event === 'call_back_ended' && one.human_ms !== null && line.number && bare(one.number) === bare(line.number));
  const real = all('started').filter(isReal);
  await until('every real caller has heard a person', () => real.every(reached), { deadlineMs: SETTLE_MS, everyMs: 1_000 })
    .catch((error) => { throw new Error([error.message, ...real.filter((line) => !reached(line)).map(life)].join('\n')); });
  assert.ok(real.length >= 12);
  assert.deepEqual(all('ended').filter((line) => line.ended_by === 'refused'), [], 'nobody was refused');
  const abandoned = all('ended').filter((line) => line.human_ms === null);
  const answered_ms = real.map((line) => of('ended', line.call).human_ms).filter((ms) => ms !== null).sort((a, b) => a - b);
  t.diagnostic(`${all('started').length} calls, ${real.length} real, ${abandoned.length} gone without a person, ${all('called_back').length} called back`);
  t.diagnostic(`real callers heard a person after ${answered_ms.map((ms) => (ms / 1000).toFixed(1)).join(' ')} s`);

  const day = (at) => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Jakarta' });
  const { json: report } = await lead('GET', `report?from=${day(begun)}&to=${day(Date.now())}`);
  assert.ok(report.identities.length > 0 && report.identities.every((identity) => identity.holds), JSON.stringify(report.identities));
  assert.equal(report.offered, all('started').length + 1, 'every call of the day and the one of the killed browser is one row');
  assert.equal(report.offered, report.answered + report.abandoned + report.deferred + report.failed);
  t.diagnostic(`offered ${report.offered} = answered ${report.answered} + abandoned ${report.abandoned} + deferred ${report.deferred} + failed ${report.failed}`);
  assert.equal(await server.kill('SIGTERM'), 0, 'the server drains and exits with 0');
  execFileSync(binary, ['verify', '--data', data]);
});
