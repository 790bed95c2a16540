// Nobody sits at a seat: the caller also rings at telephones outside, in the order of the city's list, on real SIP legs. The first is
// not taken up; the second hears and is heard. The call's row says who answered, and its class stays a person's to give.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { callForeign } from './lib/foreign-caller.mjs';
import { openTrunk } from './lib/foreign-trunk.mjs';
import { freePort } from './lib/ports.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const CALLER_HZ = 440, OUTSIDE_HZ = 880;
/** Five seconds without a seat, ten at a telephone that nobody takes up: ten times that. */
const LONG = { deadlineMs: 150_000 };
const near = ({ hz, dbfs }, wanted) => Math.abs(hz - wanted) <= 20 && dbfs > -40;

let server, trunk, lead, caller;
before(async () => {
  const data = mkdtempSync(join(tmpdir(), 'siaga-e2e-'));
  writeFileSync(join(data, 'policy.toml'), '[overflow]\nrings_ms = 10000\ntelephones = ["Koordinator jaga: 08990000001", "Pusat tetangga: 08990000002"]\n');
  const port = await freePort();
  process.env.SIAGA_SIP_TRUNK = `127.0.0.1:${port}`;
  trunk = await openTrunk(port, { '08990000001': 'rings', '08990000002': OUTSIDE_HZ });
  server = await startServer({ data });
  lead = await signIn(server, 'shift_lead');
});
after(async () => {
  caller?.close();
  trunk?.close();
  await server?.stop();
});

test('a caller whom no seat takes reaches a telephone outside and both hear each other', async (t) => {
  const from = performance.now();
  caller = await callForeign(server, { tone: CALLER_HZ });
  const first = await trunk.called('08990000001', LONG);
  t.diagnostic(`the first telephone rang ${((first.at - from) / 1_000).toFixed(1)} s after the INVITE`);
  assert.equal(first.priority, 'emergency', 'it is no call-back');
  const shown = (await lead('GET', 'desk')).json.calls[0];
  assert.deepEqual([shown.telephone, shown.phase], ['Koordinator jaga', 'listening']);
  await until('the first is let go', () => first.cancelled, LONG);
  const second = await trunk.called('08990000002', LONG);
  await until('the caller hears the telephone', async () => near(await caller.hears(), OUTSIDE_HZ), LONG);
  await until('the telephone hears the caller', async () => near(await trunk.hears(second), CALLER_HZ), LONG);
  const card = (await lead('GET', 'desk')).json.calls[0];
  assert.deepEqual([card.telephone, card.phase], ['Pusat tetangga', 'at_telephone']);
  assert.equal(caller.state.bye, false, 'nobody ended the caller');
  caller.hangUp();
  await until('the telephone is let go', () => second.over, LONG);
});

test('its row says who answered, and a person must still say what it was', async () => {
  const row = await until('the row is closed', async () => (await lead('GET', 'calls?limit=10')).json?.find?.((one) => one.outcome && one.recorded), LONG);
  assert.deepEqual([row.outcome, row.telephone, row.call_taker, row.class, row.ended_by], ['answered', 'Pusat tetangga', null, null, 'caller']);
  const [card] = (await lead('GET', 'desk')).json.calls;
  assert.deepEqual([card.phase, card.seat, card.class], ['wrap', null, null], 'it stands among those that nobody has rated');
  assert.equal(trunk.invites.length, 2, 'nobody is called back: a person spoke with them');
});
