import type { Action } from '../page/konsol/keys';

/** What each group of keys is for, in the order of a call. */
export type Group = 'call' | 'class' | 'sheet' | 'silent' | 'desk';

const group: Record<Group, string> = {
  call: 'Panggilan', class: 'Kelas panggilan', sheet: 'Lembar dan kejadian', silent: 'Saluran hening dan panggil balik', desk: 'Meja dan layar',
};

/** Keys are given as they are bound now; '' where one has none. */
export const id = {
  title: 'Tombol',
  group,
  intro: (prank: string) => `Satu tombol, satu arti. Tombol kelas${prank ? ` (misalnya ${prank})` : ''}: ketuk = beri kelas, 5 detik dapat diurungkan; tahan 1 detik = beri kelas dan akhiri panggilan.`,
  more: {
    mistake: 'ditekan lagi = prank anak',
    information: 'ditekan lagi = alasan berikutnya',
    ghost: 'ditahan tanpa panggilan sendiri = mengakhiri saluran hening yang didengar',
    command: 'atau / di luar isian',
    back: 'tetap; tidak pernah menghapus',
  } as Partial<Record<Action, string>>,
  single: 'Tombol tanpa Ctrl atau Alt',
  singleOn: 'Hidup',
  singleOff: 'Mati',
  singleHint: 'Matikan bila tombol sering tertekan tanpa sengaja atau komputer dikendalikan dengan suara. Esc tetap bekerja. Yang hanya punya tombol tunggal menjadi tanpa tombol sampai diberi Alt atau Ctrl.',
  none: 'tanpa tombol',
  change: 'Ubah',
  press: 'Tekan tombol baru, atau Esc',
  reset: 'Kembalikan semua',
  resetOne: 'Kembalikan',
  taken: (key: string, owner: string) => `${key} sudah dipakai untuk ${owner}.`,
  swap: 'Tukar keduanya',
  browser: (key: string) => `${key} milik peramban atau penyuntingan teks. Pilih yang lain.`,
  letter: (key: string) => `${key} tanpa Alt atau Ctrl dipakai untuk menulis. Tambahkan Alt atau Ctrl.`,
  changed: (name: string, key: string) => `${name}: ${key}`,
  lessons: 'Pelajaran konsol',
  stored: 'Tersimpan di peramban ini saja.',
};
