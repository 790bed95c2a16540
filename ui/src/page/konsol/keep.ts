// What was typed and is not saved yet, on this machine's disk. Two copies, because each fails differently: localStorage is
// there at once for the next page, but a browser that is killed loses what it wrote in the last seconds; IndexedDB answers
// later and is on the disk when it does.
import type { CallId } from '../../api/types';
import type { Kept } from './draft';

const PREFIX = 'siaga.lembar.';
const [DATABASE, STORE] = ['siaga', 'lembar'];

function read(text: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Kept> | null;
    if (!kept || typeof kept !== 'object') return null;
    // Written by an earlier release: the fields alone.
    if (!kept.fields) return { fields: kept as Kept['fields'], began: {}, sent: {}, at: 0 };
    return { fields: kept.fields, began: kept.began ?? {}, sent: kept.sent ?? {}, at: kept.at ?? 0 };
  } catch {
    return null;
  }
}

let opening: Promise<IDBDatabase | null> | null = null;

/** Null: this browser keeps nothing there (private window, disk full). The first copy stands alone then. */
function database(): Promise<IDBDatabase | null> {
  opening ??= new Promise((done) => {
    if (typeof indexedDB === 'undefined') return done(null);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => done(null);
  });
  return opening;
}

function settled(transaction: IDBTransaction): Promise<void> {
  return new Promise((done) => {
    transaction.oncomplete = transaction.onerror = transaction.onabort = () => done();
  });
}

/** The newest word on each sheet that is not on the disk yet; null takes it away. One write at a time, in order. */
const waiting = new Map<CallId, Kept | null>();
let writing = false;

async function write(): Promise<void> {
  if (writing) return;
  writing = true;
  const open = await database();
  while (open && waiting.size > 0) {
    const batch = [...waiting];
    waiting.clear();
    const transaction = open.transaction(STORE, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(STORE);
    for (const [call, kept] of batch) if (kept) store.put(kept, call); else store.delete(call);
    await settled(transaction);
  }
  writing = false;
}

export function keep(call: CallId, kept: Kept): void {
  try {
    localStorage.setItem(PREFIX + call, JSON.stringify(kept));
  } catch {
    // Full: the other copy is larger.
  }
  waiting.set(call, kept);
  void write();
}

export function forget(call: CallId): void {
  localStorage.removeItem(PREFIX + call);
  waiting.set(call, null);
  void write();
}

const here = (): CallId[] => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));

/** The newer of both copies. */
export async function keptOf(call: CallId): Promise<Kept | null> {
  const near = read(localStorage.getItem(PREFIX + call));
  const open = await database();
  const far = open && (await new Promise<Kept | null>((done) => {
    const request = open.transaction(STORE).objectStore(STORE).get(call);
    request.onsuccess = () => done((request.result as Kept | undefined) ?? null);
    request.onerror = () => done(null);
  }));
  return far && (!near || far.at > near.at) ? far : near;
}

/** Calls whose sheets hold something that this machine has not seen saved. */
export async function keptCalls(): Promise<CallId[]> {
  const open = await database();
  const far = open && (await new Promise<IDBValidKey[]>((done) => {
    const request = open.transaction(STORE).objectStore(STORE).getAllKeys();
    request.onsuccess = () => done(request.result);
    request.onerror = () => done([]);
  }));
  return [...new Set([...here(), ...(far ?? []).map(String)])];
}
