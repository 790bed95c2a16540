// Many causes, few runs: the first at once, the last never lost.

export function spaced(run: () => void, apartMs: number): { run: () => void; stop: () => void } {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    last = Date.now();
    run();
  };
  return {
    run: () => {
      if (timer !== undefined) return;
      const wait = last + apartMs - Date.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
    stop: () => clearTimeout(timer),
  };
}
