// A telephone that shares no code with Siaga: plain datagrams, so that every odd INVITE of the field can be sent as it is.
import { createSocket } from 'node:dgram';
import { alawDecode, alawEncode, measure } from './sound.mjs';
import { until } from './wait.mjs';

const bind = (socket) => new Promise((done) => socket.bind(0, '127.0.0.1', () => done(socket.address().port)));
const random = () => Math.random().toString(36).slice(2, 12);

/**
 * Calls 112 with a tone (0: silence).
 * @param shape { from, lateOffer, contentLength, extraHeaders, to } - what is odd about this INVITE; `from` is the raw From value (Buffer or string, latin1).
 */
export async function callForeign(server, { from, tone = 440, lateOffer = false, contentLength = true, extraHeaders = '' } = {}) {
  const sip = createSocket('udp4'), rtp = createSocket('udp4');
  const sipPort = await bind(sip), rtpPort = await bind(rtp);
  const callId = `${random()}@foreign`, fromTag = random(), branch = () => `z9hG4bK${random()}`;
  const uri = `sip:112@${server.sip.host}:${server.sip.port}`;
  const sdp = `v=0\r\no=foreign 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtpPort} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n`;
  const fromValue = (from ?? `<sip:08123456789@127.0.0.1>`) + `;tag=${fromTag}`;
  const inviteBranch = branch();
  let began;
  const state = { ringingAfterMs: null, finals: [], provisionals: [], bye: false, tone, alaw: null, heard: [], remote: undefined, toValue: `<${uri}>`, target: uri };

  const send = (text) => sip.send(Buffer.from(text, 'latin1'), server.sip.port, server.sip.host);
  const head = (method, requestUri, cseq, to, viaBranch) =>
    `${method} ${requestUri} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${sipPort};rport;branch=${viaBranch}\r\nMax-Forwards: 70\r\nFrom: ${fromValue}\r\nTo: ${to}\r\nCall-ID: ${callId}\r\nCSeq: ${cseq} ${method}\r\nContact: <sip:foreign@127.0.0.1:${sipPort}>\r\n`;
  const withBody = (start, body) => `${start}${body ? 'Content-Type: application/sdp\r\n' : ''}${contentLength ? `Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n` : ''}\r\n${body}`;

  const invite = withBody(head('INVITE', uri, 1, `<${uri}>`, inviteBranch) + extraHeaders, lateOffer ? '' : sdp);
  const retransmit = setInterval(() => { if (state.provisionals.length + state.finals.length === 0) send(invite); }, 500);

  const readSdp = (text) => {
    const address = /c=IN IP4 ([\d.]+)/.exec(text)?.[1], port = /m=audio (\d+)/.exec(text)?.[1];
    if (address && port) state.remote = { address, port: Number(port) };
  };
  sip.on('message', (datagram) => {
    const text = datagram.toString('latin1');
    const header = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(text)?.[1]?.trim();
    if (text.startsWith('SIP/2.0')) {
      const code = Number(text.slice(8, 11)), cseq = header('CSeq') ?? '';
      if (!cseq.endsWith('INVITE')) return;
      if (code === 180) state.ringingAfterMs ??= performance.now() - began;
      if (code < 200) { state.provisionals.push(code); return; }
      state.toValue = header('To');
      state.target = /<([^>]+)>/.exec(header('Contact') ?? '')?.[1] ?? uri;
      if (code < 300) {
        readSdp(text);
        send(withBody(head('ACK', state.target, 1, state.toValue, branch()), lateOffer ? sdp : ''));
      } else send(withBody(head('ACK', uri, 1, state.toValue, inviteBranch), ''));
      if (!state.finals.includes(code)) state.finals.push(code);
    } else {
      const via = [...text.matchAll(/^Via:.*$/gim)].map((m) => m[0]).join('\r\n');
      if (text.startsWith('BYE')) state.bye = true;
      send(`SIP/2.0 200 OK\r\n${via}\r\nFrom: ${header('From')}\r\nTo: ${header('To')}\r\nCall-ID: ${header('Call-ID')}\r\nCSeq: ${header('CSeq')}\r\nContent-Length: 0\r\n\r\n`);
    }
  });
  rtp.on('message', (packet) => {
    if (packet.length < 12 || (packet[1] & 0x7f) !== 8) return;
    for (const byte of packet.subarray(12 + (packet[0] & 0x0f) * 4)) state.heard.push(alawDecode(byte));
  });
  let sequence = 1, timestamp = 160, position = 0;
  const speak = setInterval(() => {
    if (!state.remote) return;
    const packet = Buffer.alloc(12 + 160);
    packet[0] = 0x80; packet[1] = 8; packet.writeUInt16BE(sequence++ & 0xffff, 2); packet.writeUInt32BE(timestamp >>> 0, 4); packet.writeUInt32BE(0x11200112, 8);
    if (state.alaw) {
      packet.fill(0xd5, 12);
      state.alaw.copy(packet, 12, 0, 160);
      state.alaw = state.alaw.length > 160 ? state.alaw.subarray(160) : null;
    } else for (let n = 0; n < 160; n++) packet[12 + n] = alawEncode(state.tone === 0 ? 0 : Math.round(9000 * Math.sin((2 * Math.PI * state.tone * position++) / 8000)));
    timestamp += 160;
    rtp.send(packet, state.remote.port, state.remote.address);
  }, 20);
  began = performance.now();
  send(invite);

  return {
    state,
    ringing: () => until('ringing', () => state.provisionals.includes(180)),
    answered: () => until('answered', () => state.finals.includes(200)),
    /** Measures one second that begins now. */
    async hears() {
      const from = state.heard.length;
      await until('a second of sound', () => state.heard.length - from >= 8000);
      return measure(state.heard.slice(from, from + 8000));
    },
    /** Presses a digit for 100 ms as RFC 4733 events: five updates of one event, and its end three times (section 2.5.1.4). */
    press(digit) {
      const at = timestamp >>> 0;
      for (let n = 0; n < 8; n++) {
        const packet = Buffer.alloc(16);
        packet[0] = 0x80; packet[1] = (n === 0 ? 0x80 : 0) | 101; packet.writeUInt16BE(sequence++ & 0xffff, 2); packet.writeUInt32BE(at, 4); packet.writeUInt32BE(0x11200112, 8);
        packet[12] = '0123456789*#'.indexOf(digit); packet[13] = (n >= 5 ? 0x80 : 0) | 10; packet.writeUInt16BE(160 * Math.min(n + 1, 5), 14);
        rtp.send(packet, state.remote.port, state.remote.address);
      }
    },
    /** Says this once (A-law, 8 kHz) in place of the tone. */
    say(alaw) { state.alaw = alaw; },
    /** Takes the call back before anybody answered (RFC 3261 9.1). */
    cancel() { send(withBody(head('CANCEL', uri, 1, `<${uri}>`, inviteBranch), '')); },
    hangUp() { send(withBody(head('BYE', state.target, 2, state.toValue, branch()), '')); },
    close() { clearInterval(retransmit); clearInterval(speak); sip.close(); rtp.close(); },
  };
}
