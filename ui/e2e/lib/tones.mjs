// Several tones at once: which of them are in what somebody hears.

/** Share of the energy at a frequency, block by block of 100 ms, so that one late packet is no other tone. */
export function share(hz, pcm, rate = 8000) {
  const block = rate / 10, blocks = Math.floor(pcm.length / block), k = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let sum = 0;
  for (let n = 0; n < blocks; n++) {
    let s1 = 0, s2 = 0, total = 0;
    for (let i = n * block; i < (n + 1) * block; i++) {
      [s1, s2] = [pcm[i] + k * s1 - s2, s1];
      total += pcm[i] * pcm[i];
    }
    if (total > 1) sum += ((s1 * s1 + s2 * s2 - k * s1 * s2) * 2) / (block * total);
  }
  return sum / Math.max(1, blocks);
}

/** Decibels at each frequency of what one <audio> element of the page plays now. */
export function spectrumAt(page, selector, frequencies) {
  return page.evaluate(async ({ selector, frequencies }) => {
    const holder = (window.__tones ??= { context: new AudioContext(), ears: new Map() });
    await holder.context.resume();
    const stream = document.querySelector(selector)?.srcObject;
    if (!stream) return frequencies.map(() => -200);
    let ear = holder.ears.get(stream.id);
    if (!ear) {
      ear = holder.context.createAnalyser();
      ear.fftSize = 8192;
      ear.smoothingTimeConstant = 0;
      holder.context.createMediaStreamSource(stream).connect(ear);
      holder.ears.set(stream.id, ear);
    }
    // A whole window of what is played from now on.
    await new Promise((done) => setTimeout(done, 400));
    const spectrum = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(spectrum);
    const bin = holder.context.sampleRate / ear.fftSize;
    return frequencies.map((hz) => Math.max(...spectrum.slice(Math.round(hz / bin) - 2, Math.round(hz / bin) + 3)));
  }, { selector, frequencies });
}
