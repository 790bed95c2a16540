// Where the time of a page's reload goes, measured inside the page from the moment the navigation starts: each step of
// the seat's sound path, and the first sample of the caller that the page's <audio> gets.

/** Put into every page before its own scripts; must not know any of the product's code. */
function watch() {
  const marks = [];
  const mark = (name) => marks.some(([known]) => known === name) || marks.push([name, Math.round(performance.now())]);
  window.__marks = marks;
  mark('document');
  const fetch_ = window.fetch;
  window.fetch = async (path, init) => {
    const name = `${init?.method ?? 'GET'} ${String(path).split('?')[0]}`;
    mark(`> ${name}`);
    const response = await fetch_(path, init);
    mark(`< ${name}`);
    return response;
  };
  const media = navigator.mediaDevices;
  if (media) {
    const getUserMedia = media.getUserMedia.bind(media);
    media.getUserMedia = async (wanted) => {
      mark('> microphone');
      const stream = await getUserMedia(wanted);
      mark('< microphone');
      return stream;
    };
  }
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...settings) {
      super(...settings);
      mark('connection made');
      this.addEventListener('iceconnectionstatechange', () => mark(`ice ${this.iceConnectionState}`));
      this.addEventListener('connectionstatechange', () => mark(this.connectionState));
    }
    async setLocalDescription(...description) {
      await super.setLocalDescription(...description);
      mark('offer');
    }
    async setRemoteDescription(...description) {
      await super.setRemoteDescription(...description);
      mark('answer');
    }
  };
  const ear = new AudioContext();
  const descriptor = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...descriptor,
    set(stream) {
      descriptor.set.call(this, stream);
      if (!stream) return;
      mark('stream on page');
      this.addEventListener('playing', () => mark('playing'), { once: true });
      const analyser = ear.createAnalyser();
      analyser.fftSize = 512;
      ear.createMediaStreamSource(stream).connect(analyser);
      const wave = new Float32Array(512);
      const timer = setInterval(() => {
        analyser.getFloatTimeDomainData(wave);
        if (Math.max(...wave) < 0.02) return;
        clearInterval(timer);
        mark('sound');
      }, 5);
    },
  });
  const paint = setInterval(() => {
    if (!document.querySelector('[data-live-call]')) return;
    clearInterval(paint);
    mark('call on screen');
  }, 5);
}

export const stopwatch = (context) => context.addInitScript(watch);

/** The steps so far: name and milliseconds since the navigation started. */
export const laps = (page) => page.evaluate(() => window.__marks);
