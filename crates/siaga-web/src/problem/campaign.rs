//! What is wrong with a campaign, field by field.

use super::Problem;
use siaga_core::campaign::Fault;

impl From<Vec<Fault>> for Problem {
    fn from(faults: Vec<Fault>) -> Self {
        let all: Vec<&str> = faults.iter().map(|fault| fault.words.as_str()).collect();
        let problem = Self::invalid("Catatan kegiatan belum benar").detail(all.join(" "));
        problem.fields(faults.into_iter().map(|fault| (fault.field.to_owned(), fault.words)).collect())
    }
}
