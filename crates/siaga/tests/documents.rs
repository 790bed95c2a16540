//! What the documents say about the repository is true: every path they name exists.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders a path in a document may begin with; other words in backticks are not paths.
const ROOTS: [&str; 8] = ["crates/", "ui/", "city/", "docs/", "scripts/", "scenarios/", "bench/", ".ci/"];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the crate lies two folders below the repository")
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of documents can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "md") {
            found.push(path);
        }
    }
}

/// Words in backticks and link targets that look like paths of the repository.
fn named_paths(text: &str) -> Vec<String> {
    let spans = text.split('`').skip(1).step_by(2);
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    spans
        .chain(links)
        .map(|word| word.split(['#', ':']).next().unwrap_or(word).trim())
        .filter(|word| ROOTS.iter().any(|root| word.starts_with(root)) && !word.contains(['*', '<', '{', ' ', '…']))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_path_a_document_names_exists() {
    let root = repository();
    let mut files: Vec<PathBuf> =
        fs::read_dir(&root).expect("the repository can be read").flatten().map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "md"));
    documents(&root.join("docs"), &mut files);
    assert!(files.iter().any(|file| file.ends_with("README.md")), "README.md is among {files:?}");
    let mut missing = Vec::new();
    let mut checked = 0;
    for file in &files {
        let text = fs::read_to_string(file).expect("a document is UTF-8 text");
        let folder = file.parent().unwrap_or(&root);
        for path in named_paths(&text) {
            checked += 1;
            if !root.join(&path).exists() && !folder.join(&path).exists() {
                missing.push(format!("{} names {path}", file.strip_prefix(&root).unwrap_or(file).display()));
            }
        }
    }
    assert!(checked > 0, "no path was found in any document");
    assert!(missing.is_empty(), "these paths do not exist:\n{}", missing.join("\n"));
}
