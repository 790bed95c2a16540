// What happened in a call, in words beside its sound.
import type { Heard, Prompt } from '../api/types';

const prompt: Record<Prompt, string> = {
  hold: 'mohon menunggu (ditahan)', please_wait: 'mohon menunggu petugas', greeting: 'salam', challenge: 'bicaralah atau tekan angka apa saja', any_key: 'tekan angka apa saja',
  yes_no: '1 ya, 2 tidak', need_help: '1 perlu bantuan, 2 salah tekan', call_back_menu: '1 perlu bantuan, 2 salah tekan', thanks: 'terima kasih', abuse: 'saluran tetap terbuka; tekan 1 atau bicara bila perlu bantuan',
};

const sign: Record<Heard, string> = { silence: 'diam', noise: 'bunyi', key: 'menekan angka', sent: 'menulis lewat tautan', voice: 'berbicara' };

export const id = {
  title: 'Jalannya panggilan',
  empty: 'Tidak ada catatan selama panggilan ini.',
  hint: 'Enter atau klik pada baris: suara melompat ke sana.',
  sheet: 'Lembar pada saat ini',
  sheetEmpty: 'belum ada isian',
  map: 'Peta pada saat ini',
  suspicion: (value: number, lane: string) => `Penyaringan: jalur ${lane.toUpperCase()}, kecurigaan ${value}`,
  offered: 'Panggilan masuk',
  judged: 'Penilaian berubah',
  drilled: 'Panggilan LATIHAN dari simulator',
  greeted: 'Mesin menyapa dan mendengarkan',
  rang: (seat: number) => `Berdering di meja ${seat}`,
  rangOutside: (telephone: string) => `Berdering di telepon luar ${telephone}`,
  answered: (seat: number) => `Dijawab di meja ${seat}`,
  answeredOutside: (telephone: string) => `Dijawab di telepon luar ${telephone}`,
  moved: (seat: number) => `Pindah ke meja ${seat}`,
  held: (on: boolean): string => (on ? 'Ditahan' : 'Dilanjutkan'),
  handedOff: (seat: number) => `Dialihkan dari meja ${seat} ke kalimat rekaman (kata kasar); saluran tetap terbuka`,
  cameBack: (by: Heard) => `Kembali minta petugas: ${sign[by]}`,
  key: (digit: string) => `Pemanggil menekan ${digit}`,
  silence: (seconds: number) => `Pemanggil hening ${seconds} dtk`,
  said: (what: Prompt) => `Mesin mengucapkan: ${prompt[what]}`,
  leftToMachine: `Ditanya dan ditinggalkan pada mesin: ${prompt.need_help}`,
  duress: (on: boolean): string => (on ? 'Ditandai: tidak leluasa bicara' : 'Tanda tidak leluasa bicara dicabut'),
  supervised: { listen: 'Koordinator mendengarkan', whisper: 'Koordinator berbisik kepada petugas', barge: 'Koordinator berbicara dengan pemanggil dan petugas' },
  supervisionEnded: 'Koordinator berhenti mendampingi',
  emptied: 'dikosongkan',
  was: (value: string) => `sebelumnya ${value}`,
  note: 'Catatan',
  card: 'Kartu',
  skipped: 'dilewati',
  position: (source: string, metres: string) => `Posisi ${source} ± ${metres}`,
  linkSent: 'Tautan lokasi dikirim',
  incident: (number: number | null) => (number === null ? 'Digabung ke kejadian' : `Dikirim sebagai kejadian ${number}`),
  classed: (name: string) => `Kelas: ${name}`,
  classTaken: 'Kelas dicabut',
  reclassed: (name: string, why: string | null) => `Kelas diperbaiki menjadi ${name}${why ? `: ${why}` : ''}`,
  endedUnheard: (seconds: number | null): string => (seconds === null ? 'Diakhiri tanpa ditanya: tidak terdengar apa-apa' : `Diakhiri ${seconds} dtk setelah ditanya: tidak terdengar apa-apa`),
  ended: (outcome: string, by: string) => `Berakhir (${outcome}), ${by}`,
  removed: 'Isi dihapus sesuai masa simpan',
};
