// Who is signed in, and the city's words. Loaded once when the app starts.
import { getAhead } from '../api/ahead';
import { api } from '../api/client';
import type { CityView, Me, Role } from '../api/types';
import { setZone } from './time';

export type Page = 'konsol' | 'papan' | 'satuan' | 'panggil-balik' | 'pesan-keluar' | 'rekaman' | 'mutu' | 'sanksi' | 'laporan' | 'pengaturan' | 'serah-terima' | 'latihan' | 'jadwal' | 'pelajaran' | 'kampanye';

/** The crew's own pages: one word in the navigation leads to the first, the rest stand beside it. */
export const CREW_PAGES: Page[] = ['serah-terima', 'jadwal', 'latihan'];

/** Reached from one's own menu. */
export const OWN_PAGES: Page[] = ['pelajaran', 'pengaturan'];

/** Which pages a role uses. The server decides again on every request; this only keeps the navigation short. */
const PAGES: Record<Role, Page[]> = {
  call_taker: ['konsol', 'satuan', 'panggil-balik', 'pesan-keluar', 'mutu', 'serah-terima', 'jadwal', 'latihan', 'pelajaran', 'pengaturan'],
  dispatcher: ['konsol', 'papan', 'satuan', 'panggil-balik', 'pesan-keluar', 'mutu', 'serah-terima', 'jadwal', 'latihan', 'pelajaran', 'pengaturan'],
  shift_lead: ['konsol', 'papan', 'satuan', 'panggil-balik', 'pesan-keluar', 'rekaman', 'mutu', 'sanksi', 'laporan', 'kampanye', 'serah-terima', 'jadwal', 'latihan', 'pelajaran', 'pengaturan'],
  viewer: ['laporan', 'kampanye', 'pengaturan'],
  administrator: ['laporan', 'kampanye', 'sanksi', 'jadwal', 'pengaturan'],
};

class Session {
  me = $state.raw<Me | null>(null);
  city = $state.raw<CityView | null>(null);

  get pages(): Page[] {
    return this.me ? PAGES[this.me.role] : [];
  }

  /** What stands in the navigation: of the crew's pages the first. */
  get linked(): Page[] {
    const crew = this.pages.filter((one) => CREW_PAGES.includes(one));
    return this.pages.filter((one) => !OWN_PAGES.includes(one) && (!crew.includes(one) || one === crew[0]));
  }

  get seesDesk(): boolean {
    return this.pages.includes('konsol');
  }

  async load(): Promise<void> {
    const [me, city] = await Promise.all([getAhead<Me>('/api/session'), getAhead<CityView>('/api/city')]);
    this.#takeCity(city);
    this.me = me;
  }

  async loadCity(): Promise<void> {
    this.#takeCity(await api.get<CityView>('/api/city'));
  }

  #takeCity(city: CityView): void {
    setZone(city.zone, city.zone_label);
    this.city = city;
  }

  typeLabel(key: string | null | undefined): string | null {
    return this.city?.incident_types.find((type) => type.key === key)?.label ?? key ?? null;
  }

  agencyLabel(key: string | null | undefined): string | null {
    return this.city?.agencies.find((agency) => agency.key === key)?.label ?? key ?? null;
  }

  /** "Kel. Cipare, Kec. Serang": the kecamatan is always there. */
  villageLabel(code: string | null | undefined): string | null {
    const village = this.city?.villages.find((one) => one.code === code);
    return village ? `Kel. ${village.name}, Kec. ${village.district}` : (code ?? null);
  }
}

export const session = new Session();
