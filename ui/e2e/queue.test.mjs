// Promises of the queue over real SIP, with headless seats: no delay, a block is a slower door, a sign moves a caller, who gives up
// is called back. Figures are printed; only outcomes are asserted.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { callForeign } from './lib/foreign-caller.mjs';
import { openTrunk } from './lib/foreign-trunk.mjs';
import { freePort } from './lib/ports.mjs';
import { binary, signIn, startServer } from './lib/server.mjs';
import { alawEncode, measure } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const SEAT_HZ = 880;
const LONG = { deadlineMs: 300_000, everyMs: 50 };
const at = (nth) => `<sip:0899000${String(nth).padStart(4, '0')}@127.0.0.1>`;
const bare = (number) => number.replace(/\D/g, '').replace(/^(62|0)/, '');
const rank = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

/** A server, people at seats (each says 880 Hz), and the far side of its trunk. */
async function house(seats, seatArguments = []) {
  const port = await freePort();
  process.env.SIAGA_SIP_TRUNK = `127.0.0.1:${port}`;
  const server = await startServer();
  const trunk = await openTrunk(port);
  const people = seats === 0 ? null : spawn(binary, ['sim', 'seats', '--url', server.http, '--count', String(seats), '--tone', String(SEAT_HZ), ...seatArguments], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (people) {
    let seated = 0;
    createInterface({ input: people.stdout }).on('line', (line) => { seated += JSON.parse(line).event === 'seated' ? 1 : 0; });
    await until('everybody sits', () => seated === seats, LONG);
  }
  const lead = await signIn(server, 'shift_lead');
  return {
    server, trunk, lead,
    desk: async () => (await lead('GET', 'desk')).json,
    async close() {
      people?.kill('SIGTERM');
      trunk.close();
      await server.stop();
    },
  };
}

/** The bytes of a sound that is no tone. */
const alaw = (milliseconds, level) => Buffer.from(Array.from({ length: milliseconds * 8 }, (_, n) => alawEncode(Math.round(level(n) * (Math.random() * 2 - 1)))));
const TAP = Buffer.concat([0, 1, 2].flatMap(() => [alaw(25, (n) => 22_000 * Math.exp(-n / 60)), alaw(180, () => 8)]));
const COUGH = alaw(320, (n) => 14_000 * Math.exp(-Math.abs(n - 500) / 700));
const SPEECH = readFileSync(fileURLToPath(new URL('../../crates/siaga-sim/voices/fire.al', import.meta.url)));
const SIGNS = {
  speech: (caller) => caller.say(SPEECH),
  key: (caller) => caller.press('5'),
  tap: (caller) => caller.say(TAP),
  cough: (caller) => caller.say(COUGH),
};
/** Milliseconds until half a second of what this caller hears is a person at a seat, looked at five times a second. */
async function hearsPerson(caller, from) {
  await until('a person is heard', () => {
    assert.equal(caller.state.bye, false, 'ended before a person was heard');
    const { hz, dbfs } = measure(caller.state.heard.slice(-4_000));
    return Math.abs(hz - SEAT_HZ) <= 20 && dbfs > -40;
  }, { ...LONG, everyMs: 200 });
  return performance.now() - from;
}

test('with a free seat screening delays nobody: 200 calls ring', async (t) => {
  const scene = await house(3, ['--answer-after', '600000']);
  try {
    const took = [];
    for (let nth = 0; nth < 200; nth += 1) {
      const caller = await callForeign(scene.server, { from: at(nth), tone: 0 });
      await until('180', () => caller.state.ringingAfterMs !== null, { everyMs: 5 });
      took.push(caller.state.ringingAfterMs);
      if (nth % 50 === 0) await until('it rings at a seat', async () => (await scene.desk()).calls.some((card) => card.phase === 'ringing' && card.seat !== null));
      caller.cancel();
      await until('taken back', () => caller.state.finals.includes(487), { everyMs: 5 });
      assert.equal(caller.state.finals.includes(200), false, 'no machine answered');
      caller.close();
    }
    const all = sorted(took);
    t.diagnostic(`INVITE to 180 over ${all.length} calls: p50 ${rank(all, 0.5).toFixed(1)} ms, p99 ${rank(all, 0.99).toFixed(1)} ms, longest ${all.at(-1).toFixed(1)} ms`);
    assert.equal(all.length, 200);
  } finally {
    await scene.close();
  }
});

test('a blocked number that speaks, presses, taps or coughs reaches a human: 20 calls', async (t) => {
  const scene = await house(4, ['--talk', '6', '--class', 'information']);
  const open = [];
  try {
    const kinds = Object.keys(SIGNS);
    for (const nth of kinds.keys()) {
      const asked = await scene.lead('POST', 'sanctions', { number: `0899000${900 + nth}0`, step: 'block_temporarily', hours: 24, reason: 'uji pintu lambat' });
      assert.ok(asked.status < 300, `${asked.status} ${asked.raw}`);
      if (asked.json.sanction.state === 'proposed') {
        const done = await scene.lead('POST', `sanctions/${asked.json.sanction.sanction_id}/approve`, { reason: 'uji pintu lambat' });
        assert.ok(done.status < 300, `${done.status} ${done.raw}`);
      }
    }
    const took = Object.fromEntries(kinds.map((kind) => [kind, []]));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(kinds.map(async (kind, nth) => {
        const from = performance.now();
        const caller = await callForeign(scene.server, { from: `<sip:0899000${900 + nth}0@127.0.0.1>`, tone: 0 });
        open.push(caller);
        await until('the machine answers a blocked number', () => caller.state.finals.includes(200), LONG);
        await until('it says the notice', () => measure(caller.state.heard.slice(-4_000)).dbfs > -40, LONG);
        SIGNS[kind](caller);
        took[kind].push((await hearsPerson(caller, from)) / 1_000);
        // They were heard; who hangs up is no part of this.
        caller.hangUp();
        await until('the line is down', async () => !(await scene.desk()).calls.some((card) => card.phase === 'talking' && card.number?.replaceAll(/\D/g, '') === `0899000${900 + nth}0`), LONG);
      }));
    }
    for (const kind of kinds) t.diagnostic(`${kind}: ${took[kind].map((s) => s.toFixed(1)).join(' ')} s`);
    const all = sorted(Object.values(took).flat());
    t.diagnostic(`INVITE to half a second of a human's voice over ${all.length} blocked calls: p50 ${rank(all, 0.5).toFixed(1)} s, p95 ${rank(all, 0.95).toFixed(1)} s`);
    assert.equal(all.length, 20, 'everybody with a sign reached a human');
  } finally {
    for (const caller of open) caller.close();
    await scene.close();
  }
});

test('a key, a tap or a voice moves a waiting caller to the head', async (t) => {
  const scene = await house(1, ['--class', 'information']);
  const open = [];
  const call = async (nth, tone) => {
    const caller = await callForeign(scene.server, { from: at(nth), tone });
    open.push(caller);
    return caller;
  };
  try {
    let nth = 5_000;
    for (const kind of ['key', 'tap', 'speech']) {
      const talks = await call((nth += 1), 440);
      await hearsPerson(talks, 0);
      const first = await call((nth += 1), 0);
      await first.ringing();
      const second = await call((nth += 1), 0);
      const card = async (n) => (await scene.desk()).calls.find((one) => one.number && bare(one.number) === `899000${String(n).padStart(4, '0')}`);
      for (const n of [nth - 1, nth]) await until('the machine listens, and hears nothing', async () => (await card(n))?.phase === 'listening' && (await card(n)).speech.kind === 'silent', LONG);
      const from = performance.now();
      SIGNS[kind](second);
      await until('the desk knows of the sign', async () => {
        const now = await card(nth);
        return now.keys !== '' || now.speech.kind !== 'silent';
      }, LONG);
      t.diagnostic(`${kind}: at the desk ${(performance.now() - from).toFixed(0)} ms after it was given`);
      talks.hangUp();
      await hearsPerson(second, 0);
      assert.equal((await card(nth - 1)).phase, 'listening', 'who called before and gave no sign still waits');
      second.hangUp();
      await hearsPerson(first, 0);
      first.hangUp();
      await until('the desk is clear', async () => (await scene.desk()).calls.every((one) => one.phase === 'wrap'), LONG);
    }
  } finally {
    for (const caller of open) caller.close();
    await scene.close();
  }
});

test('20 callers who give up are called back, every one', async (t) => {
  const scene = await house(0);
  const callers = [];
  try {
    const gone = new Map();
    for (let nth = 0; nth < 20; nth += 1) {
      const caller = await callForeign(scene.server, { from: at(7_000 + nth), tone: 0 });
      callers.push(caller);
      await caller.ringing();
      caller.cancel();
      await until('taken back', () => caller.state.finals.includes(487), { everyMs: 20 });
      gone.set(`899000${7_000 + nth}`, performance.now());
    }
    const called = () => [...gone].map(([number, at]) => scene.trunk.invites.find((one) => bare(one.number) === number && one.at > at));
    await until('everybody is called back', () => called().every(Boolean), LONG);
    const took = sorted([...gone.values()].map((at, nth) => (called()[nth].at - at) / 1_000));
    t.diagnostic(`call-back begun after: p50 ${rank(took, 0.5).toFixed(1)} s, p95 ${rank(took, 0.95).toFixed(1)} s, longest ${took.at(-1).toFixed(1)} s, ${took.length} of 20`);
    assert.equal(took.length, 20);
    assert.ok(called().every((one) => one.priority === 'psap-callback'), 'the far network is told what it is (RFC 7090)');
  } finally {
    for (const caller of callers) caller.close();
    await scene.close();
  }
});
