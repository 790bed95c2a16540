import type { Page } from '../app/session.svelte';
import { en } from './umum.en';
import { id } from './umum.id';
import { pick } from './pick';

export const umum = pick(id, en);
export const labels = umum.page;

const { nav } = umum;
/** Each page's name, by its address. */
export const navWord: Record<Page, string> = {
  konsol: nav.konsol, papan: nav.papan, satuan: nav.satuan, 'panggil-balik': nav.panggilBalik, 'pesan-keluar': nav.pesan, rekaman: nav.rekaman, mutu: nav.mutu, sanksi: nav.sanksi,
  laporan: nav.laporan, pengaturan: nav.pengaturan, 'serah-terima': nav.serahTerima, latihan: nav.latihan, jadwal: nav.jadwal, pelajaran: nav.pelajaran, kampanye: nav.kampanye,
};
