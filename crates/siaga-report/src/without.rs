//! The program was built without its documents (cargo feature `documents`): it says so.

use crate::{Paper, RenderError};

const WHY: &str = "program ini dibangun tanpa PDF, DOCX, dan XLSX";

/// # Errors
/// Always.
pub fn pdf(_paper: &Paper) -> Result<Vec<u8>, RenderError> {
    Err(RenderError(WHY.to_owned()))
}

/// # Errors
/// Always.
pub fn docx(_paper: &Paper) -> Result<Vec<u8>, RenderError> {
    Err(RenderError(WHY.to_owned()))
}

/// # Errors
/// Always.
pub fn xlsx(_paper: &Paper) -> Result<Vec<u8>, RenderError> {
    Err(RenderError(WHY.to_owned()))
}
