// Dev only: photographs the pages that need no account (`/`, `/keberatan`, `/sertifikat`, `/lokasi/TOKEN`) from a real server of
// its own, and runs axe over each. node dev/public.mjs OUT; needs the built target/debug/siaga.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { callForeign } from '../e2e/lib/foreign-caller.mjs';
import { signIn, startServer } from '../e2e/lib/server.mjs';
import { until } from '../e2e/lib/wait.mjs';

const [out = '/tmp/look-public'] = process.argv.slice(2);
const SIZES = [['', { width: 1366, height: 768 }, 'light'], ['-tablet', { width: 1024, height: 768 }, 'dark'], ['-telepon', { width: 390, height: 844 }, 'light'], ['-telepon-gelap', { width: 390, height: 844 }, 'dark'], ['-besar', { width: 195, height: 422 }, 'light']];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(out, { recursive: true });
const server = await startServer();
const taker = await signIn(server, 'shift_lead');
const caller = await callForeign(server, { from: '<sip:081234567801@127.0.0.1>' });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
let bad = 0;
try {
  const card = await until('the call is on the desk', async () => (await taker('GET', 'desk')).json?.calls[0]);
  const asked = await taker('POST', `calls/${card.call_id}/link`, {});
  if (asked.status >= 400) console.log(`link: ${asked.status} ${asked.raw}`);
  const url = await until('the link is in the outbox', async () => (await taker('GET', 'outbox')).json.find((one) => /lokasi/.test(one.task_url ?? ''))?.task_url);
  const share = (page) => page.getByRole('button', { name: /Kirim lokasi saya/ }).click();
  const pages = [
    ['publik', '/'], ['keberatan', '/keberatan'], ['sertifikat', '/sertifikat'], ['tiada', '/lokasi/AAAAAAAAAAAAAAAAAAAAAA'],
    ['lokasi', url],
    ['lokasi-terkirim', url, { permissions: ['geolocation'], geolocation: { latitude: -6.1204, longitude: 106.1503, accuracy: 18 } }, async (page) => {
      await share(page);
      await page.locator('#place', { hasText: 'Lokasi terkirim' }).waitFor();
      await page.getByRole('button', { name: 'Saya tidak bisa bicara' }).click();
      await page.locator('#lines li').first().waitFor();
    }],
    ['lokasi-ditolak', url, { permissions: [] }, async (page) => {
      await share(page);
      await page.getByText(/Izin lokasi ditolak/).waitFor();
    }],
    ['lokasi-tanpa-jaringan', url, {}, async (page, context) => {
      await context.setOffline(true);
      await page.getByRole('button', { name: 'Saya butuh bantuan' }).click();
      await page.locator('#lines li.waits').waitFor();
    }],
  ];
  for (const [name, path, how = {}, act] of pages) {
    for (const [end, viewport, colorScheme] of SIZES) {
      const context = await browser.newContext({ viewport, colorScheme, locale: 'id-ID', deviceScaleFactor: end === '-besar' ? 2 : 1, bypassCSP: true, ...how });
      const page = await context.newPage();
      page.on('pageerror', (error) => (console.log(`${name}${end}: ${error}`), (bad += 1)));
      await page.goto(new URL(path, server.http).href);
      if (act) await act(page, context).catch((error) => (console.log(`${name}${end}: ${String(error).split('\n')[0]}`), (bad += 1)));
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${out}/${name}${end}.png`, fullPage: true });
      await page.evaluate(axe);
      for (const one of (await page.evaluate(() => globalThis.axe.run())).violations) console.log(`${name}${end}: axe ${one.id} ${one.nodes[0]?.html}`), (bad += 1);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${name}${end}: scrolls sideways by ${wide} px`), (bad += 1);
      await context.close();
    }
  }
} finally {
  caller.close();
  await browser.close();
  await server.stop();
}
console.log(bad === 0 ? 'all clean' : `${bad} remarks`);
process.exitCode = bad === 0 ? 0 : 1;
