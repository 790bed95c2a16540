// The interface speaks Indonesian; English on request. Catalogues are plain typed objects: `en: typeof id`, so a
// missing key or a wrong parameter does not compile.

export type Language = 'id' | 'en';

const KEY = 'siaga.bahasa';

export const language: Language = typeof localStorage !== 'undefined' && localStorage.getItem(KEY) === 'en' ? 'en' : 'id';

export function pick<T>(id: T, en: T): T {
  return language === 'en' ? en : id;
}

/** Takes hold at the next load of the page. */
export function setLanguage(next: Language): void {
  localStorage.setItem(KEY, next);
}
