import { id } from './mulai.id';

export const en: typeof id = {
  title: 'Setting up Siaga 112',
  intro: 'This server is still empty. Make the first administrator and choose the city’s data. This link works once.',
  noToken: 'This page opens from the one-time link that the server prints at its first start (…/mulai#…). Copy the whole link.',
  admin: 'First administrator',
  user: 'User name',
  name: 'Full name',
  password: 'Password',
  again: 'Password again',
  differs: 'The two passwords differ',
  city: 'City data',
  builtIn: 'Kota Serang (built in)',
  file: 'Own city file (TOML)',
  submit: 'Finish',
  working: 'Setting up…',
};
