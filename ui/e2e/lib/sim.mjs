// `siaga sim callers` as a child: real SIP and RTP, one JSON line per step.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { binary } from './server.mjs';
import { until } from './wait.mjs';

export function startCaller(server, args = []) {
  const child = spawn(binary, ['sim', 'callers', '--target', `${server.sip.host}:${server.sip.port}`, '--count', '1', '--meter', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  const find = (event) => lines.find((line) => line.event === event);
  return {
    lines,
    seen: (event, options) => until(`caller sees ${event}`, () => find(event), options),
    /** What the caller hears from now on: waits until `wanted` holds for one half-second window that began after the call. */
    hears: (what, wanted, options) => {
      const from = lines.length + 1;
      return until(`caller hears ${what}`, () => {
        return lines.slice(from).find((line) => line.event === 'heard' && wanted(line));
      }, options);
    },
    stop() {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    },
  };
}
