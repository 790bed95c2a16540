// The one door to the server: JSON in, JSON out, a deadline on every request, refusals as `Refusal` in words.
//
// Commands carry an Idempotency-Key and are tried again with the same key when the network fails, so a second
// try can never do the thing twice.
import { toldWhyNot } from '../words/said';
import { umum } from '../words/umum';
import type { Problem } from './types';

/** Longer than the server's own deadlines, shorter than a person's patience. */
const DEADLINE_MS = 8_000;
const RETRY_AFTER_MS = [400, 1_500];

/** The server said no, or never answered (`status` 0). */
export class Refusal extends Error {
  readonly kind: string;
  readonly status: number;
  readonly detail: string | undefined;
  /** What is wrong with which field of a form. */
  readonly fields: Partial<Record<string, string>>;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'Refusal';
    this.kind = problem.type;
    this.status = problem.status;
    this.detail = problem.detail ?? undefined;
    this.fields = problem.fields ?? {};
  }

  /** The network or the server is away; the same request may work later. */
  get away(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

export interface Options {
  deadlineMs?: number;
  /** Tries after the first when nobody answers. */
  retries?: number;
  signal?: AbortSignal;
  key?: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A key that no other command has. Works on plain http, where `randomUUID` does not exist. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

let signedOut: () => void = () => undefined;
/** What to do when the session has ended. */
export function onSignedOut(action: () => void): void {
  signedOut = action;
}

async function refusal(response: Response): Promise<Refusal> {
  try {
    const body = (await response.json()) as Partial<Problem>;
    if (typeof body.title === 'string') {
      const known = { type: body.type ?? 'unknown', title: body.title, status: response.status, detail: body.detail ?? null };
      return new Refusal(body.fields ? { ...known, fields: body.fields } : known);
    }
  } catch {
    // Not one of our answers: a proxy's page or an empty body.
  }
  return new Refusal({ type: 'unknown', title: `Server menjawab ${response.status}`, status: response.status, detail: null });
}

async function once(method: Method, path: string, init: RequestInit, options: Options): Promise<Response> {
  const deadline = AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  let response: Response;
  try {
    response = await fetch(path, { ...init, method, signal, credentials: 'same-origin' });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new Refusal({ type: 'no_answer', title: 'Server tidak menjawab', status: 0, detail: null });
  }
  if (response.ok) return response;
  const refused = await refusal(response);
  if (refused.kind === 'signed_out') signedOut();
  throw refused;
}

/** The bare response, after the same checks. */
export async function fetchResponse(method: Method, path: string, body: unknown, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const init: RequestInit = { headers };
  if (method !== 'GET') {
    if (body instanceof Blob || body instanceof FormData) {
      init.body = body;
      if (body instanceof Blob) headers['content-type'] = body.type;
    } else {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(body ?? {});
    }
  }
  if (method === 'POST') headers['idempotency-key'] = options.key ?? newKey();
  const retries = options.retries ?? RETRY_AFTER_MS.length;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(method, path, init, options);
    } catch (error) {
      const wait = RETRY_AFTER_MS[attempt];
      if (!(error instanceof Refusal) || !error.away || attempt >= retries || wait === undefined) throw error;
      await new Promise((resume) => setTimeout(resume, wait));
    }
  }
}

async function json<T>(method: Method, path: string, body: unknown, options?: Options): Promise<T> {
  const response = await fetchResponse(method, path, body, options);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const api = {
  get: <T>(path: string, options?: Options) => json<T>('GET', path, undefined, options),
  post: <T = void>(path: string, body?: unknown, options?: Options) => json<T>('POST', path, body, options),
  put: <T>(path: string, body: unknown, options?: Options) => json<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options?: Options) => json<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, body?: unknown, options?: Options) => json<T>('DELETE', path, body, options),
};

/** An error in words for a person: the server's own, or ours for what a browser names in English. */
export function inWords(error: unknown): string {
  const whyNot = error instanceof Refusal ? toldWhyNot(error.kind) : undefined;
  if (whyNot) return whyNot;
  if (error instanceof Refusal) return error.detail ? `${error.message}. ${error.detail}` : error.message;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return umum.browserError[name] ?? umum.browserOther(name);
}
