// A shift lead beside a call-taker: on the wall, on the lead's other pages, and what the call-taker is told.
import type { Supervision } from '../api/types';

const button: Record<Supervision, string> = { listen: 'Dengarkan', whisper: 'Bisikkan', barge: 'Bicara bersama' };
const hint: Record<Supervision, string> = {
  listen: 'Anda mendengar pemanggil dan petugas; tidak ada yang mendengar Anda.',
  whisper: 'Hanya petugas yang mendengar Anda; pemanggil tidak.',
  barge: 'Pemanggil dan petugas mendengar Anda, dan suara Anda ikut direkam.',
};
const doing: Record<Supervision, string> = { listen: 'Anda mendengarkan', whisper: 'Anda berbisik kepada petugas', barge: 'Anda berbicara dengan keduanya' };
const told: Record<Supervision, (name: string) => string> = {
  listen: (name) => `Koordinator ${name} mendengarkan`,
  whisper: (name) => `Koordinator ${name} berbisik kepada Anda`,
  barge: (name) => `Koordinator ${name} berbicara dengan penelepon`,
};
const seen: Record<Supervision, (name: string) => string> = {
  listen: (name) => `${name} mendengarkan`,
  whisper: (name) => `${name} berbisik kepada petugas`,
  barge: (name) => `${name} ikut berbicara`,
};

export const id = {
  button,
  hint,
  doing,
  told,
  seen,
  /** Said to a call-taker whom the lead speaks to. */
  toldMore: 'Pemanggil tidak mendengar bisikan. Juga saat mikrofon Anda dibisukan atau panggilan ditahan, koordinator mendengar Anda.',
  toldMoreBarge: 'Koordinator tetap mendengar Anda, juga saat dibisukan atau ditahan.',
  /** While the caller does not hear the call-taker. */
  stillHears: 'Ia tetap mendengar Anda.',
  group: (seat: number) => `Dampingi meja ${seat}`,
  stop: 'Berhenti mendampingi',
  connecting: 'Menyambungkan suara…',
  atSeat: (seat: number, name: string) => `meja ${seat}, ${name}`,
  ownCall: 'Anda sendiri sedang dalam panggilan. Selesaikan dahulu, lalu Anda dapat mendampingi petugas lain.',
  over: 'Pendampingan berakhir.',
  overCall: 'Panggilan yang Anda dampingi sudah selesai.',
  lost: 'Suara terputus. Panggilan petugas tetap berjalan; mulai lagi bila perlu.',
  takeOver: 'Ambil alih',
  takeOverSeat: 'Ambil meja dahulu di konsol, lalu Anda dapat mengambil alih.',
  takeOverReason: 'Alasan mengambil alih',
  wall: 'Ke papan',
};
