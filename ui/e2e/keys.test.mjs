// A person's own keys, set by keyboard alone: a clash is named and swapped, keycaps follow, a reload keeps them, single keys can be
// switched off, everything comes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { signInByKeyboard, tabTo } from './lib/console.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
  await signInByKeyboard(page, server, 'call_taker');
  await page.goto(`${server.http}/konsol`);
  await page.locator('.empty .keys').waitFor();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The key that stands beside this word in the list of the empty sheet; '' for none. */
const keycap = (word) => page.locator('.empty .keys li', { hasText: word }).first().evaluate((row) => row.querySelector('kbd')?.textContent ?? '');
const shows = (word, key) => until(`${word} shows ${key || 'no key'}`, async () => (await keycap(word)) === key);
const dialog = () => page.getByRole('dialog');
async function openList() {
  await page.keyboard.press('Alt+p');
  await dialog().waitFor();
}
async function closeList() {
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
}

test('a key that another has is named, swapped, and drawn everywhere', async () => {
  await openList();
  await tabTo(page, /^Ubah\s*Prank/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F3');
  await dialog().getByText('F3 sudah dipakai untuk Ghost').waitFor();
  await tabTo(page, /^Tukar keduanya/);
  await page.keyboard.press('Enter');
  await closeList();
  await shows('Prank', 'F3');
  await shows('Ghost', 'F2');
  await page.reload();
  await page.locator('.empty .keys').waitFor();
  await shows('Prank', 'F3');
  await shows('Ghost', 'F2');
});

test('what the browser needs, and a bare letter, are refused in words', async () => {
  await openList();
  await tabTo(page, /^Ubah\s*Bisukan/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('q');
  await dialog().getByText(/Q tanpa Alt atau Ctrl dipakai untuk menulis/).waitFor();
  await page.keyboard.press('Delete');
  await dialog().getByText(/Delete milik peramban/).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await dialog().count(), 1, 'Esc stepped back once: the list is still there');
  await closeList();
  await shows('Bisukan', 'Alt+M');
});

test('keys without Ctrl or Alt are switched off, and on again', async () => {
  await openList();
  await tabTo(page, /^Tombol tanpa Ctrl atau Alt/);
  await page.keyboard.press('Enter');
  await closeList();
  await shows('Prank', '');
  await shows('Jawab', 'Alt+J');
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('/');
  assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'command-line');
  await page.keyboard.press('Control+k');
  await until('the other way still goes', () => page.evaluate(() => document.activeElement?.id === 'command-line'));
  await page.keyboard.press('Escape');
  await openList();
  await tabTo(page, /^Kembalikan semua/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Tombol tanpa Ctrl atau Alt/);
  await page.keyboard.press('Enter');
  await closeList();
  await shows('Prank', 'F2');
  await shows('Ghost', 'F3');
});

test('a timer that a person sets is there after a reload', async () => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('timer 15 tanya Damkar');
  await page.getByText('Enter: ingatkan saya 15 menit lagi tentang tanya Damkar').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.timer', { hasText: 'tanya Damkar' }).waitFor();
  await page.reload();
  const timer = page.locator('.timer', { hasText: 'tanya Damkar' });
  await timer.waitFor();
  assert.match(await timer.textContent(), /Pewaktu.*tanya Damkar.*\d:\d\d \/ 15:00.*Anda/s);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('timer hapus');
  await page.keyboard.press('Enter');
  await until('it is gone', async () => (await timer.count()) === 0);
});
