import type { Field } from '../page/konsol/draft';

const field: Record<Field, string> = {
  landmark: 'Tempat', village_code: 'Kelurahan', address: 'Alamat', rt_rw: 'RT/RW', lat: 'Titik (lintang)', lng: 'Titik (bujur)', incident_type: 'Jenis kejadian',
  reporter_name: 'Nama pelapor', reporter_number: 'Nomor pelapor', victims: 'Korban', situation: 'Keadaan',
};

export const id = {
  field,
  clash: (name: string, theirs: string, ours: string) => `${name} diubah juga oleh rekan menjadi “${theirs}”. Anda: “${ours}”. Belum tersimpan sampai dipilih.`,
  empty: 'kosong',
  chooseFirst: 'Pilih dahulu isian siapa yang dipakai: lihat pemberitahuan di lembar',
  useTheirs: 'Pakai punya rekan',
  useMine: 'Pakai punya saya',
  restored: (time: string) => `Isian yang belum sempat tersimpan dipulihkan dari komputer ini, sampai ketikan pukul ${time}. Periksa kata terakhir.`,
  /** `key`: by which a person sends again; empty where none is set. */
  notSent: (why: string, time: string, key: string) => `BELUM terkirim (${time}): ${why.replace(/\.$/, '')}. ${key ? `Tekan ${key}` : 'Pilih Kirim'} lagi.`,
  slow: (span: string) => `Belum terkirim: server belum menjawab, mencoba ${span}`,
  tell: (who: string) => `Sampaikan sendiri kepada ${who}: tidak ada saluran otomatis.`,
  tellFrom: 'Teruskan dari Pesan keluar',
  notTold: 'sampaikan sendiri',
  moreUnsent: (n: number) => `${n} lagi`,
};
