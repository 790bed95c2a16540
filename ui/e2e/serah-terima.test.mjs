// The note of a change of shift in real Chromium: what is begun survives a reload, one gives, another takes by name, and until
// then every page says that it waits.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { signInByKeyboard } from './lib/console.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

let server, browser, page, lead;
before(async () => {
  server = await startServer();
  lead = await signIn(server, 'shift_lead');
  browser = await openBrowser({ microphoneHz: 1000 });
  page = await browser.context.newPage();
  await signInByKeyboard(page, server, 'call_taker');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('what is begun is saved by itself and is there after a reload', async () => {
  await page.goto(`${server.http}/serah-terima`);
  await page.getByLabel(/^Baris baru/).fill('Genset: solar tinggal seperempat');
  await page.getByText(/✓ tersimpan/).waitFor();
  await page.reload();
  await until('the line is there', async () => (await page.getByLabel(/^Baris baru/).inputValue()) === 'Genset: solar tinggal seperempat');
});

test('given, it is loud on every page until somebody else takes it by name', async () => {
  await page.getByLabel(/^Baris baru/).press('Control+Enter');
  await page.locator('li', { hasText: 'Genset: solar tinggal seperempat' }).waitFor();
  const give = page.getByRole('button', { name: /^Serahkan/ });
  await give.focus();
  await page.keyboard.down('Enter');
  await page.getByText('Anda yang menyerahkan', { exact: false }).waitFor();
  await page.keyboard.up('Enter');
  await page.goto(`${server.http}/konsol`);
  await page.getByText(/Catatan serah terima belum diterima/).waitFor();
  const waiting = (await lead('GET', 'handovers')).json.waiting;
  assert.equal((await lead('POST', `handovers/${waiting[0].handover_id}/take`)).status, 200);
  await until('the page is quiet again', async () => (await page.getByText(/Catatan serah terima belum diterima/).count()) === 0);
});
