// Words that several areas share. One word per thing, as in the glossary.
import type { AssignmentState, CallOutcome, CallPhase, Class, EndedBy, IncidentOutcome, Link, Role, SeatState } from '../api/types';

const role: Record<Role, string> = {
  call_taker: 'Petugas',
  dispatcher: 'Dispatcher',
  shift_lead: 'Koordinator',
  viewer: 'Pimpinan',
  administrator: 'Administrator',
};
const className: Record<Class, string> = {
  emergency: 'Darurat',
  information: 'Informasi',
  prank: 'Prank',
  ghost: 'Ghost',
  abandoned: 'Putus',
  test: 'Uji coba',
};
const phase: Record<CallPhase, string> = {
  ringing: 'Berdering',
  listening: 'Mesin mendengarkan',
  asking: 'Panggil balik otomatis',
  dialling: 'Memanggil',
  talking: 'Bicara',
  held: 'Ditahan',
  waiting: 'Menunggu petugas',
  wrap: 'Telepon ditutup',
};
const seatState: Record<SeatState, string> = {
  ready: 'SIAP',
  ringing: 'DERING',
  talking: 'BICARA',
  wrap: 'CATAT',
  paused: 'JEDA',
  gone: 'HILANG',
};
const assignment: Record<AssignmentState, string> = {
  sent: 'Diteruskan',
  acknowledged: 'Diterima',
  en_route: 'Berangkat',
  on_scene: 'Tiba',
  done: 'Selesai',
  nothing_found: 'Nihil di lokasi',
  cancelled: 'Dibatalkan',
};
const incidentOutcome: Record<IncidentOutcome, string> = {
  resolved: 'Tertangani',
  nothing_found: 'Nihil di lokasi',
  false_report: 'Laporan palsu',
  duplicate: 'Laporan ganda',
  handed_over: 'Dilimpahkan',
};
const callOutcome: Record<CallOutcome, string> = {
  answered: 'Dijawab',
  abandoned: 'Putus',
  deferred: 'Ditunda',
  failed: 'Gagal',
};
const endedBy: Record<EndedBy, string> = {
  caller: 'oleh pemanggil',
  call_taker: 'oleh petugas',
  network: 'oleh jaringan',
  interrupted: 'terputus di server',
  cannot_tell: 'tidak diketahui',
};
const link: Record<Link, string> = { up: 'baik', degraded: 'terganggu', down: 'mati' };

export const id = {
  brand: 'Siaga 112',
  demo: 'MODE DEMO',
  demoHint: 'Data contoh, sandi diketahui umum. Bukan untuk panggilan sungguhan.',
  nav: {
    konsol: 'Konsol',
    satuan: 'Satuan',
    panggilBalik: 'Panggil balik',
    pesan: 'Pesan keluar',
    rekaman: 'Rekaman',
    sanksi: 'Sanksi',
    laporan: 'Laporan',
    pengaturan: 'Pengaturan',
  },
  main: 'Halaman',
  state: 'Keadaan',
  browserError: {
    NotAllowedError: 'Peramban tidak memberi izin. Klik ikon gembok di samping alamat, izinkan, lalu coba lagi.',
    NotFoundError: 'Mikrofon tidak ditemukan. Pasang headset, lalu coba lagi.',
    NotReadableError: 'Mikrofon sedang dipakai program lain. Tutup program itu, lalu coba lagi.',
    OverconstrainedError: 'Mikrofon yang dipilih tidak ada lagi. Pilih yang lain.',
    AbortError: 'Dihentikan sebelum selesai. Coba lagi.',
    TimeoutError: 'Terlalu lama tidak ada jawaban. Coba lagi.',
    TypeError: 'Server tidak menjawab. Periksa sambungan, lalu coba lagi.',
    QuotaExceededError: 'Penyimpanan peramban penuh.',
    SyntaxError: 'Jawaban server tidak dapat dibaca. Muat ulang halaman.',
    EncodingError: 'Berkas ini bukan gambar yang dapat dibaca. Pilih foto lain.',
    InvalidStateError: 'Berkas ini bukan gambar yang dapat dibaca. Pilih foto lain.',
  } as Record<string, string>,
  browserOther: (name: string) => `Peramban tidak dapat melakukannya${name ? ` (${name})` : ''}. Muat ulang halaman, lalu coba lagi.`,
  skip: 'Langsung ke isi',
  holdHint: (seconds: number) => `Tahan ${seconds} detik`,
  signOut: 'Keluar',
  signOutInCall: 'Anda sedang berbicara. Akhiri panggilan atau minta rekan mengambil alih dahulu, lalu keluar.',
  loading: 'Memuat…',
  retry: 'Coba lagi',
  failed: 'Tidak dapat dimuat',
  save: 'Simpan',
  cancel: 'Batal',
  close: 'Tutup',
  add: 'Tambah',
  open: 'Buka',
  none: 'Tidak ada',
  noNumber: 'tanpa nomor',
  notFilled: 'belum diisi',
  call: 'Panggilan',
  incident: (number: number) => `Kejadian ${number}`,
  ago: (span: string) => `${span} lalu`,
  minutesShort: 'mnt',
  hoursShort: 'jam',
  secondsShort: 'dtk',
  daysShort: 'hari',
  stale: (span: string) => `Data di layar ini berumur ${span}. Menyambung ulang ke server…`,
  connecting: 'Menyambung ke server…',
  link: { telephone: 'telepon', server: 'server', data: 'data', all: 'sistem baik' },
  degraded: {
    telephone: 'Sisi telepon tidak menjawab. Panggilan baru mungkin tidak masuk: hubungi administrator.',
    data: 'Basis data terganggu. Panggilan tetap masuk dan direkam; catatan disusulkan.',
  },
  notFound: 'Halaman ini tidak ada',
  notFoundHint: 'Alamatnya mungkin berubah.',
  noRight: 'Peran Anda tidak memakai halaman ini',
  inCall: 'Anda sedang dalam panggilan',
  backToCall: 'Kembali ke konsol',
  approximate: 'perkiraan',
  page: { role, className, phase, seatState, assignment, incidentOutcome, callOutcome, endedBy, linkState: link },
};
