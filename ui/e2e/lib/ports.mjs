// Ports that are free now, for what must be found again at the same place after a restart.
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';

/** Free for TCP and UDP alike at this moment. */
export async function freePort() {
  for (let tries = 0; tries < 20; tries++) {
    const tcp = createServer();
    const port = await new Promise((done) => tcp.listen(0, '127.0.0.1', () => done(tcp.address().port)));
    const udp = createSocket('udp4');
    const free = await new Promise((done) => { udp.once('error', () => done(false)); udp.bind(port, '127.0.0.1', () => done(true)); });
    await Promise.all([new Promise((done) => tcp.close(done)), free && new Promise((done) => udp.close(done))]);
    if (free) return port;
  }
  throw new Error('no port is free for TCP and UDP');
}
