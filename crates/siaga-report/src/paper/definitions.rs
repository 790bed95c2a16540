//! What each figure means, in a sentence; the whole rule with its statement stands in `docs/definitions.md`.

const DEFINITIONS: [(&str, &str); 18] = [
    (
        "Panggilan",
        "Satu panggilan ke 112, sejak pesan pertama dari telco atau satu baris buku catatan yang diimpor. Panggilan balik tidak dihitung.",
    ),
    ("Hari", "Hari kota (zona waktu setempat) ketika panggilan masuk."),
    ("Masuk", "Semua panggilan yang sudah berakhir: dijawab + putus + ditunda + gagal."),
    ("Dijawab petugas", "Dijawab oleh manusia. Mesin yang menyapa bukan jawaban."),
    ("Putus sebelum dijawab", "Penelepon menutup sebelum seorang petugas menjawab."),
    ("Ditunda", "Mesin penuh; panggilan dijawab satu kali dengan \"coba lagi\" dan masuk daftar panggil balik."),
    ("Gagal", "Hilang karena kesalahan sistem sendiri; seharusnya 0."),
    ("Darurat", "Panggilan terjawab yang petugas beri kelas darurat."),
    ("Informasi", "Pertanyaan, telepon terkunci, keluhan bukan darurat, salah kota."),
    ("Prank", "Panggilan main-main yang petugas pastikan."),
    ("Ghost", "Saluran terbuka tanpa pembicaraan, salah tekan, atau derau."),
    ("Uji coba", "Latihan dan percobaan; ada di dalam masuk dan dijawab, ditunjukkan tersendiri."),
    ("Belum diberi kelas", "Dijawab tetapi tanpa kelas; harus 0 ketika laporan diterbitkan."),
    ("Prank dan ghost bersama", "Prank + ghost."),
    ("Jenis, kelurahan", "Panggilan darurat menurut isian lembarnya; \"belum diisi\" bila kosong."),
    ("Instansi", "Panggilan darurat menurut instansi pertama yang diminta."),
    ("Tahun sebelumnya", "Hari-hari kalender yang sama satu tahun sebelumnya."),
    (
        "Perubahan",
        "(periode ini - tahun sebelumnya) / tahun sebelumnya, dalam persen, satu desimal; \"–\" bila tahun sebelumnya 0.",
    ),
];

pub(super) fn all() -> Vec<(String, String)> {
    DEFINITIONS.map(|(name, rule)| (name.to_owned(), rule.to_owned())).to_vec()
}
