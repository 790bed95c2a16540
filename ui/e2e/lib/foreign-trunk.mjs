// The far side of the trunk, sharing no code with Siaga: every call that Siaga makes arrives here, rings, and is refused, let
// ring, or taken up with a tone.
import { createSocket } from 'node:dgram';
import { alawDecode, alawEncode, measure } from './sound.mjs';
import { until } from './wait.mjs';

const bind = (socket, port = 0) => new Promise((done) => socket.bind(port, '127.0.0.1', () => done(socket.address().port)));

/** @param answers { [number]: tone in Hz } - who takes up; anybody else is not there (480), after a ring. `'rings'`: never taken up. */
export async function openTrunk(port, answers = {}) {
  const sip = createSocket('udp4');
  await bind(sip, port);
  /** Every INVITE, in the order they came. */
  const invites = [];

  async function take(call) {
    const rtp = createSocket('udp4');
    const rtpPort = await bind(rtp);
    const far = { address: /c=IN IP4 ([\d.]+)/.exec(call.text)[1], port: Number(/m=audio (\d+)/.exec(call.text)[1]) };
    rtp.on('message', (packet) => {
      if (packet.length < 12 || (packet[1] & 0x7f) !== 8) return;
      for (const byte of packet.subarray(12 + (packet[0] & 0x0f) * 4)) call.heard.push(alawDecode(byte));
    });
    let sequence = 1, position = 0;
    const speak = setInterval(() => {
      const packet = Buffer.alloc(172);
      packet[0] = 0x80; packet[1] = 8; packet.writeUInt16BE(sequence & 0xffff, 2); packet.writeUInt32BE(sequence * 160, 4); packet.writeUInt32BE(0x33340112, 8);
      for (let n = 0; n < 160; n++) packet[12 + n] = alawEncode(Math.round(9000 * Math.sin((2 * Math.PI * call.tone * position++) / 8000)));
      sequence += 1;
      rtp.send(packet, far.port, far.address);
    }, 20);
    call.close = () => { clearInterval(speak); rtp.close(); call.close = () => {}; };
    const sdp = `v=0\r\no=trunk 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtpPort} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n`;
    call.answer(200, 'OK', sdp);
  }

  sip.on('message', (datagram, from) => {
    const text = datagram.toString('latin1');
    if (text.startsWith('SIP/2.0')) return;
    const header = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(text)?.[1]?.trim();
    const id = header('Call-ID'), method = text.split(' ')[0];
    const known = invites.find((one) => one.id === id);
    const answer = (code, reason, body = '') => {
      const via = [...text.matchAll(/^Via:.*$/gim)].map((m) => m[0]).join('\r\n');
      const to = /;tag=/.test(header('To')) ? header('To') : `${header('To')};tag=trunk`;
      sip.send(`SIP/2.0 ${code} ${reason}\r\n${via}\r\nFrom: ${header('From')}\r\nTo: ${to}\r\nCall-ID: ${id}\r\nCSeq: ${header('CSeq')}\r\nContact: <sip:trunk@127.0.0.1:${port}>\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, from.port, from.address);
    };
    if (method === 'INVITE' && !known) {
      const number = /^INVITE sips?:([^@;>]+)/.exec(text)[1];
      const call = { id, number, at: performance.now(), priority: header('Priority'), text, answer, tone: answers[number], heard: [], over: false, cancelled: false, close: () => {} };
      invites.push(call);
      answer(180, 'Ringing');
      if (typeof call.tone === 'number') void take(call);
      else if (call.tone !== 'rings') answer(480, 'Temporarily Unavailable');
    } else if (method === 'CANCEL') {
      answer(200, 'OK');
      if (known) { known.cancelled = true; known.answer(487, 'Request Terminated'); }
    } else if (method === 'BYE') {
      answer(200, 'OK');
      if (known) { known.over = true; known.close(); }
    }
  });
  return {
    invites,
    /** The nth call to this number, once it comes. */
    called: (number, { nth = 0, ...options } = {}) => until(`${number} is called`, () => invites.filter((one) => one.number === number)[nth], options),
    /** Measures one second that begins now. */
    async hears(call) {
      const from = call.heard.length;
      await until('a second of sound at the far side', () => call.heard.length - from >= 8000);
      return measure(call.heard.slice(from, from + 8000));
    },
    close() { for (const call of invites) call.close(); sip.close(); },
  };
}
