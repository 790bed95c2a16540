// Dev only: the states that a good day does not show, for dev/look.mjs: nothing, very much, refused, away, done. Names end in the
// size and the theme.
export async function states(look, { DESK, PHONE }) {
  const TABLET = { width: 1024, height: 768 };
  /** At the desk dark, at the desk light, on a telephone. */
  async function all(name, path, more = {}) {
    await look(name, path, more);
    await look(`${name}-terang`, path, { ...more, scheme: 'light' });
    await look(`${name}-telepon`, path, { ...more, size: PHONE, scheme: 'light', full: true });
  }
  const alert = (page) => page.getByRole('alert').first().waitFor();
  const press = (name) => (page) => page.getByRole('button', { name }).first().click();
  const admin = { role: 'administrator', full: true };

  for (const page of ['satuan', 'rekaman', 'pesan-keluar', 'sanksi', 'laporan', 'mutu', 'latihan', 'panggil-balik']) {
    await all(`kosong-${page}`, `/${page}`, { scene: 'kosong', full: true });
    await look(`gagal-${page}`, `/${page}`, { scene: 'gagal', act: (one) => one.getByRole('alert').first().waitFor() });
  }
  for (const page of ['satuan', 'rekaman', 'pesan-keluar', 'sanksi', 'panggil-balik']) await all(`banyak-${page}`, `/${page}`, { scene: 'banyak' });
  for (const page of ['konsol', 'papan', 'satuan', 'panggil-balik', 'pesan-keluar', 'rekaman', 'mutu', 'sanksi', 'laporan', 'jadwal', 'latihan', 'pelajaran', 'serah-terima', 'pengaturan']) {
    await look(`tablet-${page}`, `/${page}`, { size: TABLET, scheme: 'light', scene: page === 'mutu' ? 'mutu' : page === 'pelajaran' ? 'empty' : 'talking' });
  }
  await all('nama-panjang-konsol', '/konsol', { scene: 'nama-panjang' });
  await all('banyak-konsol', '/konsol', { scene: 'banyak' });

  const refuseClose = async (page) => {
    await page.getByLabel(/[Cc]atatan penutup|[Cc]atatan/).last().fill('selesai');
    const hold = page.getByRole('button', { name: /Tertangani|Selesai/ }).last();
    await hold.scrollIntoViewIfNeeded();
    await hold.hover();
    await page.mouse.down();
    await page.waitForTimeout(1_600);
    await page.mouse.up();
    await page.waitForTimeout(400);
  };
  await all('satuan-tak-ditutup', '/satuan', { scene: 'tak-ditutup', act: refuseClose });

  const tap = (...steps) => async (page) => {
    for (const one of steps) await page.locator(`[data-step=${one}]`).click(), await page.waitForTimeout(250);
  };
  const phone = { size: PHONE, full: true };
  for (const scheme of ['light', 'dark']) {
    const end = scheme === 'light' ? 'terang' : 'gelap';
    await look(`tugas-1-diterima-${end}`, '/tugas/abc', { ...phone, scheme, act: tap('acknowledged') });
    await look(`tugas-2-berangkat-${end}`, '/tugas/abc', { ...phone, scheme, act: tap('acknowledged', 'en_route') });
    await look(`tugas-3-tiba-${end}`, '/tugas/abc', { ...phone, scheme, act: tap('acknowledged', 'en_route', 'on_scene') });
    await look(`tugas-4-selesai-${end}`, '/tugas/abc', { ...phone, scheme, act: tap('acknowledged', 'en_route', 'on_scene', 'done') });
    await look(`tugas-lompat-${end}`, '/tugas/abc', { ...phone, scheme, act: tap('on_scene') });
    await look(`tugas-tanpa-jaringan-${end}`, '/tugas/abc', { ...phone, scheme, act: async (page, context) => {
      await tap('acknowledged')(page);
      await context.setOffline(true);
      await tap('en_route')(page);
      await page.waitForTimeout(10_500);
    } });
    for (const scene of ['tugas-mati', 'tugas-batal', 'tugas-tutup']) await look(`${scene}-${end}`, '/tugas/abc', { ...phone, scheme, scene });
  }
  await look('tugas-meja', '/tugas/abc', { size: DESK, scheme: 'light' });

  const months = '/laporan?dari=2020-01-01&sampai=2020-09-30';
  await all('laporan-sembilan-bulan', months, { full: true });
  await all('laporan-bulan', '/laporan?dari=2020-09-01&sampai=2020-09-30&banding=tidak', { scene: 'bulan', full: true });
  await all('laporan-salah', months, { scene: 'laporan-salah', act: alert });
  await all('laporan-apa-berubah', months, { act: async (page) => {
    await press('Apa yang berubah?')(page);
    await page.locator('#dokumen').scrollIntoViewIfNeeded();
  } });
  await look('laporan-pengelola', months, { ...admin, act: (page) => page.locator('#dokumen').scrollIntoViewIfNeeded() });

  const listen = async (page) => {
    await page.locator('.pick').first().click();
    await page.locator('aside form input').first().fill('penilaian mutu');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(500);
  };
  await all('rekaman-tak-berhak', '/rekaman', { scene: 'tak-berhak', act: listen });
  await all('rekaman-hilang', '/rekaman', { scene: 'rekaman-hilang', act: listen });
  await all('rekaman-perbaiki', '/rekaman', { act: async (page) => {
    await page.locator('.pick').first().click();
    await page.locator('form.correct select').selectOption('emergency');
    await page.locator('form.correct button').click();
  } });

  await all('pengaturan-petugas', '/pengaturan', { role: 'call_taker', full: true });
  await all('pengaturan-admin', '/pengaturan', admin);
  await all('pengaturan-banyak', '/pengaturan', { ...admin, scene: 'banyak' });
  await all('pengaturan-langkah', '/pengaturan', { role: 'administrator', scene: 'langkah' });
  await look('pengaturan-tanpa-surat', '/pengaturan', { ...admin, scene: 'tanpa-surat' });
  await look('pengaturan-gagal', '/pengaturan', { ...admin, scene: 'gagal', act: (page) => page.waitForTimeout(2_600) });
  const file = (name, nth) => async (page) => {
    await page.locator('input[type=file][accept]').nth(nth).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('nama;x;y') });
    await page.waitForTimeout(500);
    await page.locator('.notice').last().scrollIntoViewIfNeeded();
  };
  await all('pengaturan-peta', '/pengaturan', { ...admin, act: file('tempat.csv', 1) });
  await all('pengaturan-peta-salah', '/pengaturan', { ...admin, scene: 'peta-salah', act: file('tempat.csv', 1) });
  await all('pengaturan-kota-salah', '/pengaturan', { ...admin, scene: 'kota-salah', act: file('serang.toml', 0) });
  await all('pengaturan-sahkan', '/pengaturan', { role: 'administrator', act: async (page) => {
    await page.getByRole('button', { name: /^Sahkan/ }).first().click();
    await page.locator('.cards').scrollIntoViewIfNeeded();
  } });
  await all('pengaturan-totp', '/pengaturan', { role: 'administrator', act: press('Aktifkan') });

  const signIn = async (page) => {
    await page.locator('input[name=user]').fill('petugas1');
    await page.locator('input[name=password]').fill('salah-sekali');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(400);
  };
  for (const scene of ['sandi-salah', 'totp', 'terlalu-sering']) await all(`masuk-${scene}`, '/masuk', { scene, act: signIn });
  await all('masuk-belum-siap', '/masuk', { scene: 'mulai' });
  await look('masuk-berakhir', '/masuk?ke=%2Fpapan', { scene: 'keluar', scheme: 'light' });
  await all('mulai-awal', '/mulai#abc', { scene: 'mulai', full: true });
  await all('mulai-kosong', '/mulai#abc', { scene: 'mulai', full: true, act: async (page) => {
    await page.getByRole('radio').nth(1).check();
    await page.locator('form button.primary').click();
  } });
  await all('mulai-salah', '/mulai#abc', { scene: 'mulai-salah', full: true, act: async (page) => {
    await page.locator('#mulai-user').fill('admin');
    await page.locator('#mulai-name').fill('Siti Aminah');
    await page.locator('#mulai-password').fill('kata-sandi-panjang-1');
    await page.locator('#mulai-again').fill('kata-sandi-panjang-1');
    await page.locator('form button.primary').click();
    await alert(page);
  } });
  await look('mulai-terpakai', '/mulai#abc', { scheme: 'light' });
  await look('mulai-tanpa-kunci', '/mulai', { scene: 'mulai', scheme: 'light' });
  await look('tidak-ada', '/tidak-ada', { scheme: 'light' });
  await look('tak-berhak-laporan', '/pengaturan', { role: 'viewer', scheme: 'light' });
  for (const page of ['konsol', 'satuan', 'sanksi', 'mutu', 'jadwal', 'latihan', 'serah-terima', 'rekaman']) await look(`dua-kali-${page}`, `/${page}`, { zoom: 2, scheme: 'light', scene: page === 'mutu' ? 'mutu' : 'talking' });
}
