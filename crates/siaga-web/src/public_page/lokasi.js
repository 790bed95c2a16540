// The caller's own page. Old telephones read it: no framework, no module, nothing newer than 2015.
(function () {
  'use strict';
  var token = location.pathname.split('/').pop();
  var api = '/api/links/' + token;
  var KEPT = 'siaga.lokasi.' + token;
  /** The page asks this often (ms); hidden, or without an answer, less often. */
  var ASK_MS = 4000, ASK_SLOWLY_MS = 15000;
  /** A position as good as the last is sent again after this long (ms): the desk sees that it still holds. */
  var AGAIN_MS = 30000;
  /** Longest side of a photo that is sent (pixels): enough to read a sign, little enough for a slow network. */
  var SIDE_MAX = 1600;
  var by = function (id) { return document.getElementById(id); };
  var waiting = kept(), photos = [], lines = [], place = null, sentPlace = null, busy = false, over = false, watch = null, timer = null;

  function kept() {
    try { return JSON.parse(localStorage.getItem(KEPT) || '[]'); } catch (e) { return []; }
  }
  function keep() {
    try { localStorage.setItem(KEPT, JSON.stringify(waiting)); } catch (e) { /* a private window: kept while it is open */ }
  }
  function id() {
    var b = new Uint8Array(16), i, hex = '';
    if (window.crypto && crypto.getRandomValues) crypto.getRandomValues(b);
    else for (i = 0; i < 16; i++) b[i] = Math.floor(Math.random() * 256);
    b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
    for (i = 0; i < 16; i++) hex += (b[i] < 16 ? '0' : '') + b[i].toString(16) + (i === 3 || i === 5 || i === 7 || i === 9 ? '-' : '');
    return hex;
  }
  function micros() { return Date.now() * 1000; }
  function say(node, text, kind) { node.textContent = text; node.className = kind || ''; }

  function ask(method, path, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, api + path);
    request.timeout = 20000;
    var form = window.FormData && body instanceof FormData;
    if (body && !form) request.setRequestHeader('Content-Type', 'application/json');
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (e) { /* a proxy's page */ }
      if (request.status === 410) return end();
      if (request.status === 200 && answer) { net(true); lines = answer.lines; show(); done(null, answer); }
      else done({ status: request.status, words: answer && answer.title }, null);
    };
    request.onerror = request.ontimeout = function () { net(false); done({ status: 0, words: '' }, null); };
    request.send(body ? (form ? body : JSON.stringify(body)) : null);
  }
  function net(up) {
    by('net').textContent = up ? '● Tersambung' : '△ Tidak ada jaringan: disimpan, dikirim nanti';
    by('net').className = up ? 'net on' : 'net off';
  }
  function end() {
    over = true;
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    by('page').hidden = true; by('over').hidden = false; by('net').textContent = '';
    try { localStorage.removeItem(KEPT); } catch (e) { /* nothing was kept */ }
  }

  /** One thing at a time, oldest first: a position, lines, photos; then only asks. */
  function go() {
    if (over || busy) return;
    clearTimeout(timer);
    busy = true;
    if (placeIsNews()) {
      var sending = place;
      return ask('POST', '/positions', { lat: sending.lat, lng: sending.lng, radius_m: sending.radius, at: sending.at, clock: micros() }, function (error) {
        if (!error) { sentPlace = sending; told(sending); }
        next(error);
      });
    }
    if (waiting.length) {
      var line = waiting[0];
      return ask('POST', '/lines', { line_id: line.id, text: line.text, at: line.at, clock: micros() }, function (error) {
        if (!error || refused(error)) { waiting.shift(); keep(); show(); }
        if (error && refused(error)) say(by('told'), error.words || 'Pesan tidak diterima', 'bad');
        next(error);
      });
    }
    if (photos.length) {
      var form = new FormData();
      form.append('photo', photos[0], 'foto.jpg');
      return ask('POST', '/photos', form, function (error) {
        if (!error || refused(error)) photos.shift();
        if (!error) say(by('told'), 'Foto terkirim', 'good');
        else say(by('told'), refused(error) ? (error.words || 'Foto tidak diterima') : 'Foto menunggu jaringan', 'bad');
        next(error);
      });
    }
    ask('GET', '', null, next);
  }
  /** The server will say the same tomorrow. */
  function refused(error) { return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429 || error.words === 'Batas untuk pemanggil ini tercapai'; }
  function next(error) {
    busy = false;
    if (over) return;
    var more = !error && (placeIsNews() || waiting.length || photos.length);
    timer = setTimeout(go, more ? 50 : document.hidden ? ASK_SLOWLY_MS : ASK_MS);
  }

  function placeIsNews() {
    if (!place) return false;
    if (!sentPlace) return true;
    if (place === sentPlace) return false;
    var north = (place.lat - sentPlace.lat) * 111320, east = (place.lng - sentPlace.lng) * 111320 * Math.cos(place.lat * Math.PI / 180);
    return place.radius < sentPlace.radius * 0.9 || Math.sqrt(north * north + east * east) > Math.max(15, sentPlace.radius) || place.at - sentPlace.at > AGAIN_MS * 1000;
  }
  function told(sent) {
    say(by('place'), '✓ Lokasi terkirim, ketepatan ± ' + Math.round(sent.radius) + ' m. Yang lebih tepat dikirim sendiri.', 'good');
    by('share').firstChild.nodeValue = 'Lokasi terkirim ';
    by('share').lastChild.textContent = 'Location sent';
    by('share').className = 'big main done';
  }
  by('share').onclick = function () {
    if (watch !== null) { sentPlace = null; return go(); }
    if (!navigator.geolocation) return say(by('place'), 'Telepon ini tidak dapat memberi lokasi. Tulis tempat Anda di bawah: jalan, kampung, patokan.', 'bad');
    say(by('place'), 'Mencari lokasi… Bila telepon bertanya, pilih Izinkan.');
    watch = navigator.geolocation.watchPosition(function (found) {
      var c = found.coords;
      place = { lat: c.latitude, lng: c.longitude, radius: Math.max(1, Math.min(c.accuracy || 1500, 2e7)), at: Math.min(found.timestamp || Date.now(), Date.now()) * 1000 };
      go();
    }, function (error) {
      if (sentPlace) return;
      if (error.code === 1) {
        navigator.geolocation.clearWatch(watch); watch = null;
        say(by('place'), (window.isSecureContext === false ? 'Halaman ini tidak aman (tanpa https), jadi telepon tidak memberi lokasi. ' : 'Izin lokasi ditolak. Untuk mengizinkan: ketuk gembok di samping alamat, pilih Izin, Lokasi, Izinkan, lalu tekan tombol ini lagi. ') + 'Atau tulis tempat Anda di bawah: jalan, kampung, patokan.', 'bad');
      } else say(by('place'), 'Lokasi belum ditemukan, masih dicari. Nyalakan GPS, atau tulis tempat Anda di bawah.', 'bad');
    }, { enableHighAccuracy: true, maximumAge: 10000, timeout: 30000 });
  };

  function write(text) {
    waiting.push({ id: id(), text: text, at: micros() });
    keep(); show(); go();
  }
  var ready = document.querySelectorAll('[data-say]');
  for (var i = 0; i < ready.length; i++) ready[i].onclick = function () { write(this.getAttribute('data-say')); };
  by('write').onsubmit = function (event) {
    event.preventDefault();
    var text = by('text').value.replace(/^\s+|\s+$/g, '');
    if (!text) return by('text').focus();
    write(text);
    by('text').value = '';
  };
  by('photo').onchange = function () {
    var file = this.files && this.files[0];
    this.value = '';
    if (!file) return;
    say(by('told'), 'Menyiapkan foto…');
    smaller(file, function (blob) { photos.push(blob); say(by('told'), 'Mengirim foto…'); go(); });
  };
  function smaller(file, done) {
    var picture = new Image(), url = URL.createObjectURL(file);
    picture.onload = function () {
      var scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height)), canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * scale); canvas.height = Math.round(picture.height * scale);
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      if (!canvas.toBlob) return done(file);
      canvas.toBlob(function (blob) { done(blob && (scale < 1 || file.type !== 'image/jpeg') ? blob : file); }, 'image/jpeg', 0.8);
    };
    picture.onerror = function () { URL.revokeObjectURL(url); done(file); };
    picture.src = url;
  }

  function two(n) { return (n < 10 ? '0' : '') + n; }
  function clock(at) { var d = new Date(at / 1000); return two(d.getHours()) + '.' + two(d.getMinutes()); }
  var drawn = '';
  function show() {
    var known = {}, all = lines.slice(), i;
    for (i = 0; i < lines.length; i++) known[lines[i].line_id] = true;
    for (i = 0; i < waiting.length; i++) if (!known[waiting[i].id]) all.push({ line_id: waiting[i].id, mine: true, text: waiting[i].text, at: waiting[i].at, waits: true });
    var now = JSON.stringify(all);
    if (now === drawn) return;
    drawn = now;
    var list = by('lines'), nodes = {};
    for (i = 0; i < list.children.length; i++) nodes[list.children[i].getAttribute('data-line')] = list.children[i];
    for (i = 0; i < all.length; i++) {
      var line = all[i], node = nodes[line.line_id], small;
      if (!node) {
        node = document.createElement('li');
        node.setAttribute('data-line', line.line_id);
        node.appendChild(document.createTextNode(line.photo ? '▣ Foto' : line.text));
        node.appendChild(document.createElement('small'));
        list.appendChild(node);
      }
      small = node.querySelector('small');
      node.className = (line.mine ? 'mine' : 'theirs') + (line.waits ? ' waits' : '');
      var words = (line.mine ? 'Anda' : 'Petugas 112') + ' ' + clock(line.at) + (line.waits ? ' · menunggu jaringan' : line.mine ? (line.read ? ' · ✓✓ dibaca petugas' : ' · ✓ sampai') : '');
      if (small.textContent !== words) small.textContent = words;
    }
  }

  window.addEventListener('online', go);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) go(); });
  show();
  go();
})();
