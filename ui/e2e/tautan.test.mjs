// The location link in real Chromium, from the call to the caller's telephone and back: place, words, a photo; by keyboard at the desk, and never over a person's own words.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { PHONE, hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, holdKey, liveCall, takeSeat } from './lib/console.mjs';
import { callForeign } from './lib/foreign-caller.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const CALLER_HZ = 440, MICROPHONE_HZ = 1000;
const PLACE = { latitude: -6.1204, longitude: 106.1503 };
/** A dot: the smallest PNG. */
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let server, browser, page, lead, caller, telephone, phone, cdp, url, callId;
before(async () => {
  server = await startServer();
  lead = await signIn(server, 'shift_lead');
  browser = await openBrowser({ microphoneHz: MICROPHONE_HZ });
  page = await browser.context.newPage();
  await takeSeat(page, server);
  telephone = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});
after(async () => {
  caller?.close();
  await telephone?.close();
  await browser?.close();
  await server?.stop();
});

const at = () => page.evaluate(() => document.activeElement?.id);
const locate = (accuracy) => cdp.send('Emulation.setGeolocationOverride', { ...PLACE, accuracy });
const draft = async () => (await lead('GET', `calls/${callId}/draft`)).json.fields;
const hint = (text) => page.locator('.hint', { hasText: text }).waitFor();

const steps = [
  ['the key sends a link while the caller talks, and the cursor stays', async () => {
    caller = await callForeign(server, { tone: CALLER_HZ, from: '<sip:081234567801@127.0.0.1>' });
    await answer(page);
    await hearsTone(page, CALLER_HZ);
    callId = await liveCall(page).getAttribute('data-live-call');
    await page.keyboard.press('F8');
    await until('the cursor is in the place field', async () => (await at()) === 'sheet-place');
    await page.keyboard.press('Alt+o');
    url = await until('the message is in the outbox', async () => (await lead('GET', 'outbox')).json.find((one) => /lokasi/.test(one.task_url ?? ''))?.task_url);
    await liveCall(page).getByText('Pesan keluar').waitFor();
    assert.equal(await at(), 'sheet-place', 'the cursor was not moved');
  }],
  ['the telephone opens it, says where it is, and the desk sees a suggestion with radius and age', async () => {
    const context = await telephone.newContext({ viewport: PHONE, hasTouch: true, isMobile: true, locale: 'id-ID', permissions: ['geolocation'] });
    phone = await context.newPage();
    cdp = await context.newCDPSession(phone);
    await locate(18);
    await phone.goto(url);
    await liveCall(page).getByText(/dibuka .* lalu/).waitFor();
    await phone.getByRole('button', { name: /Kirim lokasi saya/ }).tap();
    await phone.getByText('Lokasi terkirim, ketepatan ± 18 m').waitFor();
    await hint(/tautan lokasi ± 18 m, \d+ dtk lalu/);
    assert.equal(await at(), 'sheet-place', 'the cursor was not moved');
    assert.deepEqual([(await draft()).lat, (await draft()).lng], [null, null], 'the sheet is a person\'s');
  }],
  ['one key takes it into the sheet, and a better one later changes nothing by itself', async () => {
    await page.keyboard.press('Alt+g');
    await until('the point is saved', async () => (await draft()).lat !== null);
    assert.deepEqual([(await draft()).lat, (await draft()).lng], [PLACE.latitude, PLACE.longitude]);
    assert.ok((await draft()).village_code, 'the nearest kelurahan is named, as an estimate');
    PLACE.latitude = -6.1206;
    await locate(5);
    await hint('± 5 m');
    assert.equal((await draft()).lat, -6.1204, 'what a person took stays');
    await page.keyboard.press('Alt+g');
    await until('the better point is saved', async () => (await draft()).lat === -6.1206);
  }],
  ['a ready answer is told at the desk without moving the cursor, and answered', async () => {
    await phone.getByRole('button', { name: 'Saya tidak bisa bicara' }).tap();
    await page.locator('[data-chat] li.unread', { hasText: 'Saya tidak bisa bicara' }).waitFor();
    await until('it was announced', () => page.evaluate(() => [...document.querySelectorAll('[aria-live]')].some((one) => /Pesan dari .*Saya tidak bisa bicara/.test(one.textContent))));
    assert.equal(await at(), 'sheet-place', 'the cursor was not moved');
    await page.keyboard.press('Alt+c');
    await page.keyboard.type('Kami datang. Tetap diam.');
    await page.keyboard.press('Enter');
    await phone.locator('#lines li.theirs', { hasText: 'Kami datang. Tetap diam.' }).waitFor();
    await phone.locator('#lines li.mine', { hasText: 'dibaca petugas' }).waitFor();
  }],
  ['what is tapped without a network waits, is kept, and arrives once', async () => {
    await phone.context().setOffline(true);
    await phone.getByRole('button', { name: 'Saya butuh bantuan' }).tap();
    await phone.locator('#lines li.waits', { hasText: 'Saya butuh bantuan' }).waitFor();
    await phone.context().setOffline(false);
    await page.locator('[data-chat] li', { hasText: 'Saya butuh bantuan' }).waitFor();
    await until('nothing waits', async () => (await phone.locator('#lines li.waits').count()) === 0);
    const [thread] = (await lead('GET', 'links')).json;
    assert.equal(thread.lines.filter((line) => line.text === 'Saya butuh bantuan').length, 1);
  }],
  ['a photo is seen at the desk', async () => {
    await phone.locator('#photo').setInputFiles({ name: 'rumah.png', mimeType: 'image/png', buffer: PHOTO });
    await phone.getByText('Foto terkirim').waitFor();
    await until('the picture is drawn', () => page.evaluate(() => (document.querySelector('[data-chat] img')?.naturalWidth ?? 0) > 0));
    await hearsTone(page, CALLER_HZ);
  }],
  ['the page is clean for axe, and works without the permission', async () => {
    const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const check = async (what) => {
      await what.evaluate(source);
      const { violations } = await what.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`), []);
    };
    await check(phone);
    const context = await telephone.newContext({ viewport: PHONE, permissions: [] });
    const refused = await context.newPage();
    await refused.goto(url);
    await refused.getByRole('button', { name: /Kirim lokasi saya/ }).click();
    await refused.getByText(/Izin lokasi ditolak/).waitFor();
    await check(refused);
    await refused.goto(`${server.http}/lokasi/AAAAAAAAAAAAAAAAAAAAAA`);
    await refused.getByRole('heading', { name: 'Tautan ini tidak berlaku lagi' }).waitFor();
    await context.close();
  }],
  ['who writes when the line is down stands first on the call-back list, and the machine leaves them in peace', async () => {
    await holdKey(page, 'F7');
    await until('the desk is clear', async () => (await liveCall(page).count()) === 0);
    await phone.locator('#text').fill('Saya masih di rumah');
    await phone.getByRole('button', { name: 'Kirim', exact: true }).tap();
    const entry = await until('the entry is there', async () => (await lead('GET', 'desk')).json.callbacks.find((one) => one.reason === 'wrote'));
    assert.deepEqual([entry.call_id, entry.next_attempt_at], [callId, null]);
    await page.locator('.senders', { hasText: 'Saya masih di rumah' }).waitFor();
    await page.locator('.missed li', { hasText: 'Menulis lewat tautan' }).first().waitFor();
  }],
];
for (const [name, step] of steps) test(name, step);
