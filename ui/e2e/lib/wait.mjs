// Waiting for an outcome, never for a time: polls until it holds or the deadline says what was seen instead.
export async function until(what, check, { deadlineMs = 30_000, everyMs = 100 } = {}) {
  const end = Date.now() + deadlineMs;
  let last;
  for (;;) {
    try {
      last = await check();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${deadlineMs} ms; last seen: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
