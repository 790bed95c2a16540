// The console by keyboard alone: what a call-taker does, no mouse.
import { until } from './wait.mjs';

/** Presses Tab until what has the focus fits. */
export async function tabTo(page, what) {
  for (let presses = 0; presses < 80; presses++) {
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      return at && at !== document.body ? (at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '').trim() : '';
    });
    if (what.test(name)) return name;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no element that fits ${what} can be reached with Tab`);
}

export async function signInByKeyboard(page, server, role) {
  const account = server.account(role);
  await page.goto(`${server.http}/masuk`);
  await page.locator('input[name=user]').waitFor();
  await page.keyboard.type(account.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/masuk'));
}

/** Signs in and takes a seat with the raw microphone profile, in which tones are not filtered as noise. */
export async function takeSeat(page, server, role = 'call_taker') {
  await signInByKeyboard(page, server, role);
  await page.goto(`${server.http}/konsol?uji`);
  await page.getByRole('button', { name: 'Ambil meja' }).first().waitFor();
  await tabTo(page, /^Ambil meja/);
  await page.keyboard.press('Enter');
  await page.getByText('Mikrofon terdengar').waitFor();
  await tabTo(page, /^Ambil meja.*Enter/s);
  await page.keyboard.press('Enter');
  await until('the seat is ready', () => page.evaluate(async () => {
    const desk = await (await fetch('/api/desk')).json();
    const me = await (await fetch('/api/session')).json();
    return desk.seats.some((seat) => seat.user_id === me.user_id && ['ready', 'ringing'].includes(seat.state));
  }));
}

export const waitingCard = (page) => page.locator('[data-call]').first();
export const liveCall = (page) => page.locator('[data-live-call]');

/** Waits for a card and answers it with the key. */
export async function answer(page) {
  await waitingCard(page).waitFor();
  await page.keyboard.press('Alt+j');
  await liveCall(page).waitFor();
}

/** Holds a key for longer than the second that also ends the call. */
export async function holdKey(page, key) {
  await page.keyboard.down(key);
  await until('the held key ended the call', async () => (await page.locator('[data-live-call]').count()) === 0 || page.locator('[data-live-call].wrap').count());
  await page.keyboard.up(key);
}

/** Types into the place field, and takes the first suggestion that fits with the arrow and Enter. */
export async function choosePlace(page, typed, fits) {
  await until('the place field has the cursor, by the person\'s own key', () => page.evaluate(() => document.activeElement?.id === 'sheet-place'));
  await page.keyboard.type(typed);
  const option = page.locator('#sheet-place-list [role=option]', { hasText: fits }).first();
  await option.waitFor();
  await until('the suggestion is chosen', async () => {
    if (await option.and(page.locator('[aria-selected=true]')).count()) return true;
    await page.keyboard.press('ArrowDown');
    return false;
  });
  await page.keyboard.press('Enter');
  await page.locator('.village', { hasText: 'Kec.' }).waitFor();
}
