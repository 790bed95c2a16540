// A real server in its own process on a fresh folder, ports picked by the system.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const binary = process.env.E2E_BINARY ?? join(process.env.CARGO_TARGET_DIR ?? join(repository, 'target'), 'debug', 'siaga');

export async function startServer({ data = mkdtempSync(join(tmpdir(), 'siaga-e2e-')), args = [] } = {}) {
  // An address that the test wants itself is given once: the program takes no flag twice.
  const addresses = ['--http', '--sip'].flatMap((flag) => (args.includes(flag) ? [] : [flag, '127.0.0.1:0']));
  const process_ = spawn(binary, ['serve', '--demo', '--data', data, ...addresses, '--ready-json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Another test's server may hold the usual one.
    env: { SIAGA_MEDIA_BROWSER_PORT: '0', ...process.env },
  });
  const log = [];
  process_.stderr.on('data', (chunk) => { log.push(String(chunk)); if (process.env.E2E_LOG) process.stderr.write(chunk); });
  const ready = await new Promise((done, fail) => {
    let text = '';
    const timer = setTimeout(() => fail(new Error(`server not ready within 60 s:\n${log.join('')}`)), 60_000);
    process_.stdout.on('data', (chunk) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      try { done(JSON.parse(text.slice(0, end))); } catch (error) { fail(new Error(`first line is not JSON: ${text}`, { cause: error })); }
    });
    process_.once('exit', (code) => fail(new Error(`server ended with ${code}:\n${log.join('')}`)));
  });
  const [sipHost, sipPort] = ready.sip_udp.split(':');
  return {
    ...ready,
    data,
    log,
    sip: { host: sipHost, port: Number(sipPort) },
    account: (role) => ready.accounts.find((account) => account.role === role),
    kill: (signal = 'SIGKILL') => new Promise((done) => { if (process_.exitCode !== null || process_.signalCode !== null) return done(process_.exitCode); process_.once('exit', done); process_.kill(signal); }),
    /** Alive, and answers nothing until it goes on. */
    pause: () => process_.kill('SIGSTOP'),
    goOn: () => process_.kill('SIGCONT'),
    async stop() {
      const code = await this.kill('SIGTERM');
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

/** A signed-in person without a browser. */
export async function signIn(server, role) {
  const account = server.account(role);
  const answer = await fetch(`${server.http}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: server.http }, body: JSON.stringify({ user: account.user, password: account.password }) });
  if (!answer.ok) throw new Error(`sign-in as ${role}: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  return async (method, path, body) => {
    const response = await fetch(`${server.http}/api/${path}`, { method, headers: { cookie, origin: server.http, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: body === undefined ? undefined : JSON.stringify(body) });
    const raw = Buffer.from(await response.arrayBuffer());
    let json;
    try { json = JSON.parse(String(raw)); } catch { json = undefined; }
    return { status: response.status, json, raw };
  };
}
