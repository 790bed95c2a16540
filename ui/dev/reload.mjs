// Dev only: reloads the console in mid-call and prints where the time goes, as medians. node dev/reload.mjs [RELOADS]
import { answer, takeSeat } from '../e2e/lib/console.mjs';
import { hearsTone, openBrowser } from '../e2e/lib/browser.mjs';
import { startServer } from '../e2e/lib/server.mjs';
import { startCaller } from '../e2e/lib/sim.mjs';
import { laps, stopwatch } from '../e2e/lib/stopwatch.mjs';
import { until } from '../e2e/lib/wait.mjs';

const reloads = Number(process.argv[2] ?? 10);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const server = await startServer();
const browser = await openBrowser();
const page = await browser.context.newPage();
await takeSeat(page, server);
const caller = startCaller(server, ['--tone', '440', '--number', '081211120001', '--talk', '600', '--patience', '120']);
try {
  await answer(page);
  await hearsTone(page, 440);
  await stopwatch(browser.context);
  const runs = [];
  for (let n = 0; n < reloads; n += 1) {
    const from = Date.now();
    await page.reload({ waitUntil: 'commit' });
    const seen = await until('sound after the reload', async () => {
      const all = await laps(page);
      return all.some(([name]) => name === 'sound') && all.some(([name]) => name === 'call on screen') ? all : null;
    }, { everyMs: 50 });
    runs.push(new Map([...seen, ['(asked to committed)', await page.evaluate((at) => Math.round(performance.timeOrigin - at), from)]]));
    await new Promise((done) => setTimeout(done, 1_500));
  }
  const names = [...new Set(runs.flatMap((run) => [...run.keys()]))];
  const rows = names.map((name) => [name, runs.map((run) => run.get(name)).filter((ms) => ms !== undefined)]);
  for (const [name, ms] of rows.sort((a, b) => median(a[1]) - median(b[1]))) console.log(`${String(median(ms)).padStart(6)} ms  ${name.padEnd(32)} ${ms.join(' ')}`);
} finally {
  caller.stop();
  await browser.close();
  await server.stop();
}
