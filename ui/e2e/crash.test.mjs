// The server is killed in mid-call: the call-taker is told, has the seat again, and finds the sheet of the call that was cut.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearsTone, openBrowser } from './lib/browser.mjs';
import { answer, choosePlace, takeSeat } from './lib/console.mjs';
import { freePort } from './lib/ports.mjs';
import { startServer } from './lib/server.mjs';
import { startCaller } from './lib/sim.mjs';
import { until } from './lib/wait.mjs';

let server, desk, page, caller, args;
before(async () => {
  args = ['--http', `127.0.0.1:${await freePort()}`];
  server = await startServer({ args });
  desk = await openBrowser();
  page = await desk.context.newPage();
});
after(async () => {
  caller?.stop();
  await desk?.close();
  await server?.stop();
});

test('the page says that the seat was cut off, takes it again and keeps the sheet', async () => {
  await takeSeat(page, server);
  caller = startCaller(server, ['--tone', '440', '--number', '081211120003', '--talk', '600']);
  await answer(page);
  await hearsTone(page, 440);
  await page.keyboard.press('F8');
  await choosePlace(page, 'cipare', 'Cipare');
  await page.getByText(/tersimpan \d\d\.\d\d\.\d\d/).waitFor();
  await server.kill('SIGKILL');
  server = await startServer({ data: server.data, args });
  await page.getByText(/meja Anda sudah diambil lagi/).waitFor({ timeout: 60_000 });
  await page.getByText(/Panggilan terakhir \(0812-1112-0003\) terputus/).waitFor();
  await until('the seat is there again', () => page.evaluate(async () => {
    const desk = await (await fetch('/api/desk')).json();
    const me = await (await fetch('/api/session')).json();
    return desk.seats.some((seat) => seat.user_id === me.user_id && seat.state !== 'gone');
  }));
  await page.reload();
  await page.locator('.missed').getByRole('button', { name: /^Buka lembar/ }).click();
  await page.locator('.village', { hasText: 'Kel. Cipare' }).waitFor();
  assert.equal(await page.locator('#sheet-place').isEditable(), true);
});
