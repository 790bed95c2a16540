// Dev only: serves ui/dist and answers by the JSON contract with made-up data, to look at pages without the server.
// Usage: npm run build && npm run mock, then http://localhost:8199/konsol. Nothing here is part of the product.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { reply } from './answers.mjs';

const PORT = Number(process.env.PORT ?? 8199);
const DIST = new URL('../dist/', import.meta.url).pathname;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json' };
// The same policy as the product's, so that a page that breaks it breaks here.
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

async function file(path, response) {
  const name = extname(path) ? path : '/index.html';
  try {
    const body = await readFile(join(DIST, name));
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** `POST /api/dev/cut`: the stream breaks and does not come back, until a scene is set. */
let cut = false;
const streams = new Set();

createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://mock');
  if (!url.pathname.startsWith('/api/')) return file(url.pathname, response);
  let text = '';
  for await (const piece of request) text += piece;
  if (url.pathname === '/api/dev/scene') cut = false;
  if (url.pathname === '/api/dev/cut') {
    cut = true;
    for (const stream of streams) stream.destroy();
    return response.writeHead(204).end();
  }
  if (cut) return response.destroy();
  if (url.pathname === '/api/live') {
    streams.add(response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = () => response.write(`event: desk\ndata: ${JSON.stringify(reply('GET', '/api/desk', url, '').body)}\n\n`);
    send();
    const timer = setInterval(send, 500);
    return request.on('close', () => (clearInterval(timer), streams.delete(response)));
  }
  const answer = reply(request.method ?? 'GET', url.pathname, url, text);
  if (answer.raw) return response.writeHead(200, { 'content-type': answer.type ?? 'audio/wav' }).end(answer.raw);
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
}).listen(PORT, () => console.log(`mock on http://localhost:${PORT}`));
