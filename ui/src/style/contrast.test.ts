// The colours by computation: at night every text is at least 7:1 (WCAG 1.4.6), by day at least 4.5:1 (1.4.3), and what
// draws a control 3:1 (1.4.11). And red stays rare.
import { expect, test } from 'vitest';
import css from './base.css?raw';

const PARTS = import.meta.glob<string>('../**/*.svelte', { query: '?raw', import: 'default', eager: true });

function tokens(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`);
  return Object.fromEntries([...css.slice(from, css.indexOf('}', from)).matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [bright = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}

const GROUNDS = ['ground', 'surface', 'raised'];
/** Text colours, and the grounds that the interface puts them on. */
const TEXTS: [string, string[]][] = [
  ['text', [...GROUNDS, 'accent-soft', 'amber-soft', 'good-soft']],
  ['muted', [...GROUNDS, 'accent-soft', 'amber-soft', 'good-soft']],
  ['accent', [...GROUNDS, 'accent-soft']],
  ['amber', [...GROUNDS, 'amber-soft']],
  ['good', [...GROUNDS, 'good-soft']],
  ['alarm', GROUNDS],
  ['on-accent', ['accent']],
  ['on-alarm', ['alarm-ground']],
];

test.each([
  ['night', ':root', 7],
  ['day', ":root[data-theme='terang']", 4.5],
] as const)('%s: every text on every ground it stands on', (_, selector, least) => {
  const theme = { ...tokens(':root'), ...tokens(selector) };
  const poor = TEXTS.flatMap(([text, grounds]) => grounds.map((ground) => ({ pair: `${text} on ${ground}`, ratio: contrast(theme[text] ?? '', theme[ground] ?? '') })))
    .filter(({ ratio }) => !(ratio >= least)).map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`);
  expect(poor).toEqual([]);
  for (const ground of GROUNDS) expect(contrast(theme['line-strong'] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(3);
});

test('the light theme is the same whether it is chosen or the system asks for it', () => {
  expect(tokens(":root:not([data-theme='gelap'])")).toEqual(tokens(":root[data-theme='terang']"));
});

test('red means an unanswered life threat or an overdue acknowledgement, and nothing else', () => {
  const red = Object.entries(PARTS).filter(([, text]) => /\balarm\b/.test(text)).map(([name]) => name.replace('../', ''));
  expect(red.sort()).toEqual([
    // and a real caller who was taken for nuisance, until somebody settled it; and one who wrote and whom nobody has read
    'app/DeskStrip.svelte', 'app/Messages.svelte', 'app/Notices.svelte', 'page/konsol/SentIncident.svelte', 'page/konsol/Timers.svelte', 'page/konsol/WaitingCard.svelte', 'page/konsol/WaitingRow.svelte', 'page/mutu/Found.svelte', 'page/papan/Papan.svelte', 'page/satuan/Assignment.svelte', 'page/satuan/Satuan.svelte',
  ]);
});
