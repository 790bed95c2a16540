import type { DeliveryState } from '../api/types';

const state: Record<DeliveryState, string> = { waiting: 'Menunggu', delivered: 'Terkirim', dead: 'Gagal: perlu tindakan' };
const channel: Record<string, string> = { page: 'halaman ini', drill: 'latihan: tidak keluar', webhook: 'langsung ke sistem OPD' };

export const id = {
  title: 'Pesan keluar',
  intro: 'Apa yang sudah keluar dari ruangan ini, apa yang menunggu, apa yang gagal.',
  demo: 'Di kota contoh halaman ini adalah telepon petugas lapangan: buka tautan tugas di dalam pesan. Ia juga telepon pemanggil yang dikirimi tautan lokasi.',
  empty: 'Belum ada pesan',
  emptyHint: 'Pesan ke OPD dan tautan lokasi muncul di sini begitu dikirim dari konsol.',
  none: 'Tidak ada pesan dalam pilihan ini',
  filter: 'Pesan yang ditampilkan',
  which: { all: 'Semua', dead: 'Gagal', waiting: 'Menunggu' },
  forward: 'Untuk diteruskan petugas',
  state,
  channel,
  to: (who: string) => `ke ${who}`,
  open: 'Buka halaman tugas',
  openLink: 'Buka tautan pemanggil',
  attempts: (n: number) => `${n}× dicoba`,
  nextTry: (at: string) => `dicoba lagi ${at}`,
  retry: 'Kirim ulang',
};
