import { id } from './masuk.id';

export const en: typeof id = {
  title: 'Sign in',
  user: 'User name',
  password: 'Password',
  totp: 'Code of the authenticator app (6 digits)',
  totpHint: 'This account has a second factor.',
  submit: 'Sign in',
  waiting: 'Checking…',
  demoAccounts: 'Demo accounts: one click',
  demoAs: (user) => `Sign in as ${user}`,
  setup: 'This server is new and has no account yet. Open the one-time link that the server printed at its start (…/mulai#…).',
  away: 'The server does not answer. This page tries again by itself.',
  emergency: 'An emergency? Call 112.',
  public: 'How to call 112',
  notReady: 'not set up yet',
  subtitle: 'The city’s emergency number',
};
