// Where every page starts. A responder's phone on a weak network fetches only its own page; everyone else the app.
import './style/base.css';
import { mount } from 'svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const theme = localStorage.getItem('siaga.tema');
if (theme === 'gelap' || theme === 'terang') document.documentElement.dataset['theme'] = theme;

const path = location.pathname;
if (path.startsWith('/tugas/')) {
  const { default: Tugas } = await import('./page/tugas/Tugas.svelte');
  mount(Tugas, { target, props: { token: path.slice('/tugas/'.length) } });
} else if (path === '/masuk' || path === '/mulai') {
  const { default: Gate } = await import('./app/Gate.svelte');
  mount(Gate, { target });
} else {
  const { default: App } = await import('./app/App.svelte');
  mount(App, { target });
}
