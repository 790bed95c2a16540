// Foreign callers as the field sends them: baresip, and INVITEs that are odd in one way each. Sound is measured both ways.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, holdKey, liveCall, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { startServer } from './lib/server.mjs';
import { measure, readWav, writeToneWav } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const MICROPHONE_HZ = 1000;
let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  page = await browser.context.newPage();
  await takeSeat(page, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const closed = () => until('the desk is clear', async () => (await liveCall(page).count()) === 0);

const odd = [
  ['a plain INVITE', { tone: 440 }],
  ['no number', { tone: 480, from: '"Anonymous" <sip:anonymous@anonymous.invalid>' }],
  ['a Latin-1 display name', { tone: 520, from: `"Jos\xe9 Mu\xf1oz" <sip:081211122233@127.0.0.1>` }],
  ['no Content-Length', { tone: 560, contentLength: false }],
  ['a late offer', { tone: 600, lateOffer: true }],
  ['an INVITE over 8 kB', { tone: 640, extraHeaders: Array.from({ length: 110 }, (_, n) => `X-Filler-${n}: ${'x'.repeat(70)}\r\n`).join('') }],
];

for (const [name, shape] of odd) {
  test(`${name} becomes a call heard both ways`, async (t) => {
    const caller = await callForeign(server, shape);
    try {
      await caller.ringing();
      await answer(page);
      await caller.answered();
      await hearsTone(page, shape.tone);
      const heard = await until('the caller hears the microphone', async () => {
        const one = await caller.hears();
        return Math.abs(one.hz - MICROPHONE_HZ) <= 20 && one.dbfs > -45 ? one : null;
      });
      t.diagnostic(`caller heard ${heard.hz} Hz at ${heard.dbfs.toFixed(1)} dBFS`);
      await holdKey(page, 'F7');
      await until('BYE reaches the caller', () => caller.state.bye);
      await closed();
    } finally {
      caller.close();
    }
  });
}

test('baresip becomes a call heard both ways', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'siaga-baresip-'));
  const tone = join(folder, 'tone.wav');
  writeToneWav(tone, 700, { rate: 8000, seconds: 120 });
  writeFileSync(join(folder, 'accounts'), '<sip:baresip@127.0.0.1>;regint=0;audio_codecs=PCMA\n');
  writeFileSync(join(folder, 'contacts'), '');
  writeFileSync(join(folder, 'config'), [
    'sip_listen 127.0.0.1:0', 'ausrc_srate 8000', 'auplay_srate 8000', 'ausrc_channels 1', 'auplay_channels 1', 'audio_player aubridge,sink', `snd_path ${folder}`, `audio_source aufile,${tone}`, 'audio_alert aufile,/dev/null',
    'module_path /usr/lib/baresip/modules', 'module stdio.so', 'module g711.so', 'module aufile.so', 'module auconv.so', 'module auresamp.so', 'module aubridge.so', 'module sndfile.so',
    'module_app account.so', 'module_app contact.so', 'module_app menu.so', '',
  ].join('\n'));
  const child = spawn('baresip', ['-4', '-f', folder, '-e', `/dial sip:112@${server.sip.host}:${server.sip.port}`, '-t', '120'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(String(chunk)));
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  try {
    await answer(page).catch((error) => { throw new Error(`${error.message}\n${said.join('')}`); });
    await hearsTone(page, 700).catch((error) => { throw new Error(`${error.message}\n${said.join('')}`); });
    await new Promise((done) => setTimeout(done, 3_000)); // what baresip writes to its file is only read after the call
    await holdKey(page, 'F7');
    await closed();
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
    const heardFile = readdirSync(folder).find((name) => /^dump-.*dec\.wav$/.test(name));
    assert.ok(heardFile, `baresip wrote what it heard: ${readdirSync(folder)}\n${said.join('')}`);
    const wav = readWav(readFileSync(join(folder, heardFile)));
    const pcm = wav.channels[0];
    const heard = measure(pcm.slice(Math.max(0, pcm.length - wav.rate * 2), pcm.length - wav.rate), wav.rate);
    t.diagnostic(`baresip heard ${heard.hz} Hz at ${heard.dbfs.toFixed(1)} dBFS`);
    assert.ok(Math.abs(heard.hz - MICROPHONE_HZ) <= 20 && heard.dbfs > -45, JSON.stringify(heard));
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
