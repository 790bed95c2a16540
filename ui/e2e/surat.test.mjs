// Who sets up the reports by e-mail does it by keyboard, on the page and against a real mail server (SMTP over a socket): what is
// typed wrongly is told in words a clerk understands and nothing of it is lost, a trial arrives with its files, and a server that says
// no stands on the page with what to do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, openBrowser, PHONE } from './lib/browser.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A mail server (RFC 5321) that keeps what it took; `answer` is what it says to a recipient. */
function mailServer() {
  const taken = [];
  const state = { answer: '250 ok', taken, port: 0, close: () => undefined };
  const server = createServer((socket) => {
    let text = '', to = '', body = null;
    const say = (words) => socket.write(`${words}\r\n`);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (body) {
          if (line !== '.') { body.push(line); continue; }
          taken.push({ to, text: body.join('\n') });
          body = null;
          say('250 taken');
        } else if (/^RCPT TO:/i.test(line)) {
          to = line.slice(8).replace(/[<> ]/g, '');
          say(state.answer);
        } else if (/^DATA/i.test(line)) {
          body = [];
          say('354 go');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
    say('220 mail');
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => {
    state.port = server.address().port;
    state.close = () => server.close();
    done(state);
  }));
}

let mail, server, browser, page;
before(async () => {
  mail = await mailServer();
  Object.assign(process.env, { SIAGA_SMTP_SERVER: `127.0.0.1:${mail.port}`, SIAGA_SMTP_SECURITY: 'none', SIAGA_SMTP_FROM: 'Siaga 112 <siaga@serang.example>' });
  server = await startServer();
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.addInitScript(() => addEventListener('pointerdown', () => { window.__pointer = true; }, { capture: true }));
  const account = server.account('administrator');
  await page.goto(server.http + '/masuk');
  await page.locator('input[name=user]').waitFor();
  await page.keyboard.type(account.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(account.password);
  await page.keyboard.press('Enter');
  await until('signed in', () => new URL(page.url()).pathname !== '/masuk');
  await page.goto(server.http + '/pengaturan');
  await form().waitFor();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  mail?.close();
});

const form = () => page.locator('form', { hasText: 'Mingguan (Senin s.d. Minggu yang lalu)' });
const told = (role) => form().getByRole(role).innerText();

/** Tab, or backwards, until the field of the weekly form with this label has the focus. */
async function reach(label, key = 'Tab') {
  for (let presses = 0; presses < 120; presses++) {
    const at = await page.evaluate(() => {
      const at = document.activeElement;
      const form = at?.closest('form')?.querySelector('h3')?.textContent ?? '';
      return { form, name: (at?.labels?.[0]?.textContent ?? at?.textContent ?? '').trim() };
    });
    if (/^Mingguan/.test(at.form) && label.test(at.name)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${label} is more than 120 presses of ${key} away`);
}

async function write(label, text, key = 'Tab') {
  await reach(label, key);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

test('a schedule is set up by keyboard, and each mistake is told with what to do', async () => {
  await reach(/^Kirim menurut jadwal/);
  await page.keyboard.press('Space');
  await write(/^Penerima/, 'kepala@serang.example\nsekda');
  await reach(/^Simpan jadwal/);
  await page.keyboard.press('Enter');
  await form().getByRole('alert').waitFor();
  // Nothing that was typed is gone, and nothing is sent to half a list.
  await until('the confirmation is asked for first', async () => /ketik: kirim ke 2 alamat/.test(await told('alert')) || /"sekda" bukan alamat surel/.test(await told('alert')));
  await write(/ketik: kirim ke 2 alamat/, 'kirim ke 2 alamat', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await until('the wrong address is named', async () => /"sekda" bukan alamat surel: tulis seperti nama@instansi\.go\.id/.test(await told('alert')));
  assert.equal(await form().getByLabel(/^Penerima/).inputValue(), 'kepala@serang.example\nsekda');

  await write(/^Penerima/, 'kepala@serang.example\nsekda@serang.example', 'Shift+Tab');
  await write(/ketik: kirim ke 2 alamat/, 'kirim ke 1 alamat');
  await page.keyboard.press('Enter');
  await until('to how many it goes is asked again', async () => /Periksa alamatnya satu per satu, lalu ketik: kirim ke 2 alamat/.test(await told('alert')));
  await write(/ketik: kirim ke 2 alamat/, 'kirim ke 2 alamat');
  await page.keyboard.press('Enter');
  await until('it is saved', async () => (await form().getByRole('status').count()) && (await told('status')) === 'Jadwal disimpan.');
  assert.match(await form().innerText(), /Berikutnya .+, untuk .+ s\.d\. .+/);
  assert.equal(await form().getByRole('alert').count(), 0);
});

/** Presses "Perbarui" until the list says so; a person does the same. */
async function shows(words) {
  await until(`the page says ${words}`, async () => {
    await page.getByRole('button', { name: 'Perbarui' }).focus();
    await page.keyboard.press('Enter');
    return words.test(await form().innerText());
  });
}

test('a trial arrives with its files, which say that they are a demo\'s', async () => {
  await write(/^Alamat untuk uji coba/, 'kepala@serang.example');
  await reach(/^Kirim uji coba/);
  await page.keyboard.press('Enter');
  await until('it arrived', () => mail.taken.length === 1);
  await shows(/✓ terkirim/);
  const [{ to, text }] = mail.taken;
  assert.equal(to, 'kepala@serang.example');
  // RFC 2231 parts a long name: filename*0="CONTOH-...".
  const files = [...text.matchAll(/filename(?:\*0)?\*?="?([^";\s]+)/g)].map((found) => found[1]);
  assert.equal(files.length, 3, text.slice(0, 3_000));
  assert.deepEqual(files.map((name) => name.split('.').pop()), ['pdf', 'xlsx', 'json']);
  assert.ok(files.every((name) => name.startsWith('CONTOH-laporan-')), String(files));
  // Quoted-printable or base64, as the letter's writer chose (RFC 2045).
  const [head, body] = text.slice(text.indexOf('application/json')).split(/\n\n([\s\S]*)/);
  const json = /base64/.test(text.slice(text.lastIndexOf('\n--', text.indexOf('application/json')), text.indexOf('application/json') + head.length))
    ? Buffer.from(body.split('\n--')[0], 'base64').toString('utf8')
    : body.replaceAll('=\n', '');
  assert.match(json, /"mark": "CONTOH: data demo, bukan laporan resmi"/);
});

test('a mail server that says no stands on the page, and a person tries again', async () => {
  mail.answer = '550 no such person';
  await write(/^Alamat untuk uji coba/, 'salah@serang.example', 'Shift+Tab');
  await reach(/^Kirim uji coba/);
  await page.keyboard.press('Enter');
  await shows(/✕ GAGAL[\s\S]*server surat menolak surat atau alamat ini \(550\)/);
  mail.answer = '250 ok';
  await reach(/^Coba lagi/);
  await page.keyboard.press('Enter');
  await until('it arrived after all', () => mail.taken.some((one) => one.to === 'salah@serang.example'));
  await shows(/salah@serang\.example[\s\S]*✓ terkirim/);
  assert.notEqual(await page.evaluate(() => window.__pointer), true, 'a pointer was used');
});

test('axe finds nothing, by day and by night, at a desk and on a telephone', async () => {
  for (const [theme, size] of [['light', DESK], ['dark', DESK], ['light', PHONE]]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)));
    assert.deepEqual(found, [], theme);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 1, `${theme}: ${wide} px wider than the window`);
    if (process.env.E2E_PICTURES) await page.screenshot({ path: join(process.env.E2E_PICTURES, `surat-${theme}-${size.width}.png`), fullPage: true });
  }
});
