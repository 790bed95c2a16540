// Dev only: the console, the wall and the report at their edges (a marked number, the connection gone, a second tab, no
// microphone, more than fits), for dev/look.mjs. Names end in the size and the theme.
export async function edges(look, { DESK, PHONE }) {
  const SIZES = [['', { size: DESK }], ['-terang', { size: DESK, scheme: 'light' }], ['-tablet', { size: { width: 1024, height: 768 } }], ['-telepon', { size: PHONE, scheme: 'light', full: true }], ['-besar', { size: DESK, zoom: 2, scheme: 'light' }]];
  async function all(name, path, more = {}) {
    for (const [end, size] of SIZES) await look(`${name}${end}`, path, { ...more, ...size });
  }

  await all('tepi-terancam', '/konsol', { scene: 'terancam' });
  await all('tepi-terancam-bicara', '/konsol', { scene: 'terancam-bicara' });
  await all('tepi-bicara', '/konsol', { scene: 'talking' });
  await all('tepi-lembar', '/konsol', { scene: 'talking', act: (page) => page.keyboard.press('F8') });
  await all('tepi-meluap', '/konsol', { scene: 'meluap' });
  for (const scene of ['data-mati', 'rekam-mati']) await all(`tepi-${scene}`, '/konsol', { scene });
  await all('tepi-putus', '/konsol', { scene: 'talking', act: async (page) => {
    await page.evaluate(() => fetch('/api/dev/cut', { method: 'POST' }));
    await page.getByText('◌').first().waitFor({ timeout: 30_000 });
  } });
  /** The seat's sound is in a tab of the same browser that came first. */
  await all('tepi-tab-kedua', '/konsol', { scene: 'talking', act: async (page, context) => {
    const other = await context.newPage();
    await other.goto(page.url());
    await other.waitForTimeout(900);
    await other.getByRole('button', { name: 'Pindahkan meja ke sini' }).click();
    await page.bringToFront();
    await page.locator('#elsewhere').waitFor();
  } });
  await all('tepi-tanpa-mikrofon', '/konsol', { scene: 'talking', before: () => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  } });
  await all('tepi-papan-rusak', '/papan', { scene: 'degraded' });
  await all('tepi-papan-kosong', '/papan', { scene: 'idle' });
  await all('tepi-papan-lepas', '/papan', { scene: 'lepas' });
  await all('tepi-papan-terancam', '/papan', { scene: 'terancam' });
  await all('tepi-satuan-lepas', '/satuan', { scene: 'lepas' });
  const running = async (page) => {
    await page.getByRole('button', { name: /^Coba|^Jalankan|^Putar/ }).last().click();
    await page.locator('progress').last().scrollIntoViewIfNeeded();
  };
  await all('tepi-laporan-berjalan', '/laporan', { scene: 'berjalan', act: running });
}
