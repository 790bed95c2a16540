//! The PDF, typeset. The template is a file of this crate; a paper reaches it as values, never as markup. It can read no
//! file, fetch no package and knows no clock.

mod values;
mod world;

use crate::{RenderError, paper::Paper};
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Room;

/// Rows of one table: 200 rows are five pages and set in tenths of a second. The whole is in the XLSX.
pub const ROWS_MAX: usize = 200;

/// The file's bytes (PDF/A-2b: an archive can keep it); the same paper gives the same bytes.
///
/// # Errors
/// [`RenderError`]: an error of this program.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, RenderError> {
    let room = Room::with(values::of(paper));
    let set = typst::compile::<PagedDocument>(&room).output.map_err(|faults| told(&faults))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_2b]).map_err(|error| RenderError(error.message().to_string()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&set, &options).map_err(|faults| told(&faults));
    // What was remembered of this paper helps no other one.
    comemo::evict(0);
    bytes
}

fn told(faults: &[SourceDiagnostic]) -> RenderError {
    let all: Vec<&str> = faults.iter().map(|one| one.message.as_str()).collect();
    RenderError(format!("pdf: {}", all.join("; ")))
}
