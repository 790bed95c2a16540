// Where every page starts. A responder's phone on a weak network fetches only its own page; everyone else the app.
import './style/base.css';
import { askAhead } from './api/ahead';
import { beginEarly } from './station/early';

const path = location.pathname;
const alone = path.startsWith('/tugas/') ? 'tugas' : path === '/masuk' || path === '/mulai' ? 'gate' : null;
if (alone === null) {
  const heard = beginEarly();
  askAhead(['/api/session', '/api/city', ...(heard ? ['/api/desk'] : [])]);
  await heard;
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const theme = localStorage.getItem('siaga.tema');
if (theme === 'gelap' || theme === 'terang') document.documentElement.dataset['theme'] = theme;

/** Without the word that stood there until now. */
function cleared(target: HTMLElement): HTMLElement {
  target.replaceChildren();
  return target;
}

// Svelte comes by its own request, so that none of the above waits for it.
const drawing = import('svelte');
if (alone === 'tugas') {
  const { default: Tugas } = await import('./page/tugas/Tugas.svelte');
  (await drawing).mount(Tugas, { target: cleared(target), props: { token: path.slice('/tugas/'.length) } });
} else if (alone === 'gate') {
  const { default: Gate } = await import('./app/Gate.svelte');
  (await drawing).mount(Gate, { target: cleared(target) });
} else {
  const { default: App } = await import('./app/App.svelte');
  (await drawing).mount(App, { target: cleared(target) });
}
