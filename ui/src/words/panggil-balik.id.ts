import type { CallbackResult } from '../api/types';
import type { State, Which } from '../page/panggil-balik/rows';

const result: Record<CallbackResult, string> = {
  reached_help: 'Tersambung dengan petugas',
  mistake: 'Mengaku salah tekan',
  silent: 'Diangkat, tidak terdengar apa-apa',
  gone: 'Minta bantuan, lalu putus sebelum petugas',
  no_answer: 'Tidak diangkat',
  busy: 'Nomor sibuk',
  failed: 'Jaringan tidak menyambungkan',
};
const state: Record<State, string> = { person: 'Perlu petugas', machine: 'Dicoba mesin', closed: 'Selesai' };
const which: Record<Which, string> = { open: 'Terbuka', person: 'Perlu petugas', machine: 'Dicoba mesin', closed: 'Selesai', all: 'Semua' };

export const id = {
  title: 'Panggil balik',
  intro: 'Pemanggil yang tidak sempat bicara dengan petugas. Mesin mencoba setelah 30 detik, 2 menit, dan 10 menit; sisanya untuk petugas.',
  filter: 'Saring',
  search: 'Cari nomor',
  result,
  state,
  which,
  machine: 'mesin',
  lost: (at: string) => `putus ${at}`,
  wrote: (at: string) => `menulis pesan, ${at}`,
  closed: (at: string) => `selesai ${at}`,
  crossedOff: (who: string, at: string) => `dicoret ${who}, ${at}`,
  noTry: 'Belum dicoba',
  needSeat: 'Untuk memanggil, ambil meja dahulu di halaman',
  calling: (number: string) => `Memanggil ${number}`,
  removed: (number: string) => `${number} dicoret`,
  empty: 'Tidak ada yang perlu dipanggil balik',
  emptyHint: 'Siapa pun yang putus sebelum dijawab akan muncul di sini dan dipanggil balik otomatis.',
  none: 'Tidak ada yang cocok',
  noneHint: 'Pilih saringan lain atau kosongkan pencarian.',
};
