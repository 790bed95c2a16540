// A responder's page opens also where there is no signal: the page itself and its files are kept, never its data (the
// page keeps the last of that by itself). Only /tugas/ is in its reach.
const KEPT = 'siaga-tugas-1';
const PAGE = '/tugas/';
/** A weak network is asked this long before the kept page is shown, ms. */
const WAIT_MS = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The page names its files once it is drawn: the first visit fetched them before this worker was there.
self.addEventListener('message', (event) => {
  const files = Array.isArray(event.data) ? event.data : [];
  event.waitUntil(keep(files.filter((path) => typeof path === 'string' && path.startsWith('/assets/'))));
});

async function keep(files) {
  const cache = await caches.open(KEPT);
  await page(cache);
  await Promise.all(files.map(async (path) => (await cache.match(path)) ?? cache.add(path)));
  // Files of older releases go.
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/assets/') && !files.includes(pathname)) await cache.delete(request);
  }
}

/** Every task has the same page; the token in its address is not kept. */
async function page(cache) {
  const response = await fetch(PAGE, { cache: 'no-cache', signal: AbortSignal.timeout(WAIT_MS) });
  if (response.ok) await cache.put(PAGE, response.clone());
  return response;
}

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET') return;
  if (event.request.mode === 'navigate' && pathname.startsWith(PAGE)) event.respondWith(open());
  else if (pathname.startsWith('/assets/')) event.respondWith(file(event.request));
});

async function open() {
  const cache = await caches.open(KEPT);
  try {
    return await page(cache);
  } catch {
    return (await cache.match(PAGE)) ?? Response.error();
  }
}

async function file(request) {
  const cache = await caches.open(KEPT);
  return (await cache.match(request)) ?? fetch(request);
}
