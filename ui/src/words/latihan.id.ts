import type { DrillEnd, Scenario } from '../api/types';

const scenario: Record<Scenario, string> = {
  first_day: 'Hari pertama: sedikit dari semuanya',
  storm: 'Malam badai: pohon, korsleting, kecelakaan',
  pranks: 'Libur sekolah: prank, dan satu yang sungguhan',
  silent: 'Saluran hening',
  abuse: 'Kata kasar, dan yang perlu bantuan di antaranya',
};
const ended: Record<DrillEnd, string> = {
  done: 'selesai',
  real_call: 'dihentikan: ada pemanggil sungguhan',
  person: 'dihentikan petugas',
  broken: 'terhenti karena gangguan',
};

export const id = {
  mark: 'LATIHAN',
  markHint: 'Panggilan latihan dari simulator: tidak masuk angka, dan tidak ada pesan yang keluar',
  title: 'Latihan',
  intro: 'Panggilan datang lewat telepon seperti biasa, dari simulator. Semuanya bertanda LATIHAN, tidak masuk angka, dan pesannya tidak keluar. Begitu ada pemanggil sungguhan yang menunggu, semua penelepon latihan menutup telepon.',
  scenario,
  choose: 'Skenario',
  calls: 'Banyak panggilan',
  minutes: 'Selama (menit)',
  start: 'Mulai latihan',
  starting: 'Memulai…',
  started: 'Latihan dimulai',
  end: 'Akhiri latihan',
  ending: 'Penelepon latihan sedang menutup telepon',
  running: (name: string) => `Sedang berjalan: ${name}`,
  came: (n: number, of: number) => `${n} dari ${of} panggilan sudah masuk`,
  leadOnly: 'Latihan dimulai dan diakhiri koordinator.',
  past: 'Hasil',
  pastHint: 'Angka regu, bukan perorangan. Dipakai untuk dibicarakan bersama, bukan untuk peringkat.',
  none: 'Belum pernah ada latihan.',
  columns: { when: 'Waktu', scenario: 'Skenario', came: 'Masuk', answered: 'Dijawab', wait: 'Dijawab dalam', right: 'Kelas tepat', sent: 'Sungguhan terkirim', sending: 'Jawab sampai kirim', ended: 'Berakhir' },
  of: (n: number, of: number) => `${n} dari ${of}`,
  median: (middle: string, longest: string) => `${middle}, terlama ${longest}`,
  ended,
};
