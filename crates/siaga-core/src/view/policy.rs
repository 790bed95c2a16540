//! The rules in force, in words.

use crate::policy::Policy;
use serde::{Deserialize, Serialize};

/// Answer of `GET /api/policy`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PolicyView {
    pub name: String,
    /// Number of the decree; absent in a draft.
    pub decree: Option<String>,
    pub rules: Vec<PolicyRule>,
}

/// One rule: its name in the file, and a sentence with its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PolicyRule {
    pub key: String,
    pub words: String,
}

impl PolicyView {
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let (screening, queue) = (&policy.screening, &policy.queue);
        let seconds = |ms: i64| format!("{} detik", ms / 1_000);
        let rule = |key: &str, words: String| PolicyRule { key: key.to_owned(), words };
        let listen = match queue.listen_after_ms {
            Some(ms) => format!("Bila tidak ada meja siap selama {}, mesin menyapa dan mendengarkan.", seconds(ms)),
            None => "Mesin tidak pernah menyapa lebih dahulu.".to_owned(),
        };
        let lane_b = if screening.lane_b_from > 100 {
            "Tidak ada jalur B.".to_owned()
        } else {
            format!("Mulai kecurigaan {} panggilan menunggu di jalur B.", screening.lane_b_from)
        };
        let blocks = if screening.blocks {
            "Nomor yang diblokir mendengar pemberitahuan dahulu; suara, angka atau bunyi apa pun membawanya ke petugas."
        } else {
            "Blokir tidak mengubah apa pun."
        };
        let after: Vec<String> = queue.call_back_after_ms.iter().map(|ms| seconds(*ms)).collect();
        let call_back = if after.is_empty() {
            "Mesin tidak memanggil balik.".to_owned()
        } else {
            format!("Mesin memanggil balik setelah {}.", after.join(", "))
        };
        let overflow = &policy.overflow;
        let names: Vec<_> = overflow.telephones.iter().map(|one| one.name.as_str()).collect();
        let outside = if names.is_empty() {
            "Tidak ada telepon luar.".to_owned()
        } else {
            format!(
                "Tanpa petugas selama {} berdering juga di telepon luar, masing-masing {}: {}.",
                seconds(overflow.after_ms),
                seconds(overflow.rings_ms),
                names.join(", ")
            )
        };
        Self {
            name: policy.name.clone(),
            decree: policy.decree.clone(),
            rules: vec![
                rule("screening.lane_b_from", lane_b),
                rule("screening.blocks", blocks.to_owned()),
                rule(
                    "screening.near_incident_m",
                    format!("Lebih dekat dari {:.0} m ke kejadian terbuka: jalur A.", screening.near_incident_m),
                ),
                rule("queue.listen_after_ms", listen),
                rule(
                    "queue.lane_b_ms_max",
                    format!(
                        "Jalur B menunggu paling lama {}, lalu bergabung dengan jalur A.",
                        seconds(queue.lane_b_ms_max)
                    ),
                ),
                rule(
                    "queue.lane_b_heard_ms_max",
                    format!("Bila terdengar sesuatu, paling lama {}.", seconds(queue.lane_b_heard_ms_max)),
                ),
                rule(
                    "queue.kept_for_lane_a",
                    format!(
                        "{} meja disisakan untuk jalur A selama lebih dari satu meja terisi.",
                        queue.kept_for_lane_a
                    ),
                ),
                rule(
                    "queue.silent_slide_ms",
                    format!("Panggilan hening mundur paling lama {}.", seconds(queue.silent_slide_ms)),
                ),
                rule(
                    "queue.any_key_after_ms",
                    format!(
                        "Setelah hening {} mesin meminta angka atau ketukan apa saja.",
                        seconds(queue.any_key_after_ms)
                    ),
                ),
                rule(
                    "queue.silent_line_after_ms",
                    format!(
                        "Setelah hening {} panggilan tampil di panel saluran hening.",
                        seconds(queue.silent_line_after_ms)
                    ),
                ),
                rule(
                    "queue.same_call_taker_ms",
                    format!(
                        "Nomor yang sama lebih dahulu ke petugas yang sama selama {}.",
                        seconds(queue.same_call_taker_ms)
                    ),
                ),
                rule("overflow.telephones", outside),
                rule("queue.call_back_after_ms", call_back),
                rule(
                    "queue.peace_ms",
                    format!(
                        "Yang menjawab \"salah tekan\" tidak dipanggil mesin lagi selama {}.",
                        seconds(queue.peace_ms)
                    ),
                ),
            ],
        }
    }
}
