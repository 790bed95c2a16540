// Dev only: takes the pictures of docs/panduan anew, with made-up data. npm run build, then node dev/pictures.mjs [ONLY], a regular expression of names.
// Light, because a handbook is printed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const [only = ''] = process.argv.slice(2);
const wanted = new RegExp(only);
const OUT = new URL('../../docs/pictures/', import.meta.url).pathname;
const MOCK = new URL('mock.mjs', import.meta.url).pathname;
/** Letters look as in the page, and no picture is larger than 100 kB. */
const QUALITY = 78;
const PORT = Number(process.env.PORT ?? 8377);
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
/** Around a part of a page, px. */
const EDGE = 10;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required'] });

/** The made-up server has no sound: the page believes that it is connected. */
function silence() {
  window.RTCPeerConnection = class extends EventTarget {
    connectionState = 'connected';
    addTransceiver() {}
    getTransceivers() { return []; }
    createOffer() { return Promise.resolve({ type: 'offer', sdp: '' }); }
    setLocalDescription() { return Promise.resolve(); }
    setRemoteDescription() { return Promise.resolve(); }
    close() {}
  };
}

/** Nothing on the page still says that it is coming. */
const drawn = () => {
  const words = document.querySelector('main')?.innerText ?? '';
  return words !== '' && !words.includes('Memuat') && !document.querySelector('[aria-busy=true]');
};

let running = null;
process.once('exit', () => running?.kill());

/** One picture of one page, as one role sees it; `of`: of that part of it alone. */
async function picture(name, role, path, { size = DESK, scene = '', act, of } = {}) {
  if (!wanted.test(name)) return;
  const mock = spawn(process.execPath, [MOCK], { env: { ...process.env, PORT: String(PORT), ROLE: role } });
  running = mock;
  await Promise.race([once(mock.stdout, 'data'), once(mock, 'exit').then(() => Promise.reject(new Error(`port ${PORT} is taken: choose another with PORT=`)))]);
  const base = `http://localhost:${PORT}`;
  await fetch(`${base}/api/dev/scene`, { method: 'POST', body: JSON.stringify({ scene }) });
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', permissions: ['microphone'] });
  await context.addInitScript(silence);
  const page = await context.newPage();
  await page.goto(base + path);
  // A busy machine draws later; what never settles is taken as it stands.
  await page.waitForFunction(drawn, null, { timeout: 12_000 }).catch(() => undefined);
  await page.waitForTimeout(900);
  if (act) await act(page, context);
  await page.waitForTimeout(act ? 150 : 400);
  const session = await context.newCDPSession(page);
  const box = of ? await page.locator(of).evaluate((part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return { x: x + scrollX, y: y + scrollY, width, height };
  }) : null;
  const clip = box && { captureBeyondViewport: true, clip: { x: box.x - EDGE, y: box.y - EDGE, width: box.width + 2 * EDGE, height: box.height + 2 * EDGE, scale: 1 } };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, ...clip });
  const bytes = Buffer.from(data, 'base64');
  await writeFile(`${OUT}${name}.webp`, bytes);
  console.log(`${name}.webp ${Math.round(bytes.length / 1_024)} kB`);
  await context.close();
  mock.kill();
  await once(mock, 'exit');
}

async function fillSheet(page) {
  await page.keyboard.press('F8');
  await page.waitForTimeout(400);
  await page.keyboard.type('masjid');
  await page.getByRole('option', { name: /Masjid Agung/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await page.locator('#sheet-type').focus();
  await page.keyboard.type('kb');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  // The cursor is in the question card now: a digit answers.
  await page.keyboard.press('1');
  await page.waitForTimeout(1_200);
}

/** The made-up report is one of nine months; the wall shows a day. */
async function quietDay(page) {
  const body = await page.evaluate(async () => (await fetch('/api/report?from=2020-01-01&to=2020-09-30')).json());
  const all = { ...body.detail.answer_times[0], key: 'all', answered: 81, left: 3, within_10_s: 79 };
  const day = { ...body, offered: 84, nuisance: 76, classes: { ...body.classes, emergency: 1 }, detail: { ...body.detail, answer_times: [all] } };
  await page.route('**/api/report?*', (route) => route.fulfill({ json: day }));
  await page.reload();
  await page.waitForFunction(drawn, null, { timeout: 12_000 }).catch(() => undefined);
  await page.waitForTimeout(900);
}

await picture('panduan-mikrofon', 'call_taker', '/konsol', {
  scene: 'empty',
  act: async (page) => {
    await page.getByRole('button', { name: 'Ambil meja' }).first().click();
    await page.waitForFunction(() => parseFloat(document.querySelector('.meter .bar')?.style.width ?? '0') > 60);
  },
});
await picture('panduan-panggilan', 'call_taker', '/konsol', { scene: 'talking', act: fillSheet });
await picture('panduan-satuan', 'dispatcher', '/satuan');
await picture('panduan-papan', 'shift_lead', '/papan', { scene: 'contention', act: quietDay });
await picture('panduan-sanksi', 'shift_lead', '/sanksi', {
  act: async (page) => {
    await page.getByRole('button', { name: /^Usulan/ }).click();
    await page.locator('.item').first().click();
    await page.waitForTimeout(400);
  },
});
await picture('panduan-tugas', 'call_taker', '/tugas/abc', { size: PHONE });
await picture('panduan-tugas-tanpa-sinyal', 'call_taker', '/tugas/abc', {
  size: PHONE,
  act: async (page, context) => {
    await page.locator('[data-step=acknowledged]').click();
    await page.waitForTimeout(500);
    await context.setOffline(true);
    await page.locator('[data-step=en_route]').click();
    await page.waitForTimeout(500);
  },
});
const YEAR = '/laporan?dari=2020-01-01&sampai=2020-09-30';
await picture('panduan-laporan', 'viewer', YEAR);
await picture('panduan-dokumen', 'viewer', YEAR, {
  act: async (page) => {
    await page.getByRole('button', { name: 'Apa yang berubah?' }).first().click();
    await page.waitForTimeout(400);
  },
  of: '[aria-labelledby=documents-title]',
});
await picture('panduan-pengaturan', 'administrator', '/pengaturan', { size: { ...DESK, height: 1_290 } });
await browser.close();
