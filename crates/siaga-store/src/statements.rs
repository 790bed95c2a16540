//! Every statement in this crate's sources is prepared on both databases: a misspelt column or a dialect's own word
//! is found here and not in the night of a storm.

use crate::{on_both, tx::on};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::path::Path;

/// Words a statement begins with. `SELECT seq FROM chain ... FOR UPDATE` is the one hook that only PostgreSQL reads.
const BEGINNINGS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
const PG_ONLY: &str = "FOR UPDATE";

/// String literals of a Rust source, escapes undone as far as statements use them.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // A comment or a character literal may hold a quotation mark.
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '\'' if chars.peek() == Some(&'"') => {
                chars.next();
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => match chars.next() {
                            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                            Some('n') => text.push('\n'),
                            Some(other) => text.push(other),
                            None => break,
                        },
                        other => text.push(other),
                    }
                }
                found.push(text);
            }
            _ => {}
        }
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() && name != "tests" {
            collect(&entry, found);
        } else if name.ends_with(".rs") && name != "tests.rs" && name != "statements.rs" {
            let source = std::fs::read_to_string(&entry).unwrap();
            let program = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
            found.extend(literals(program).into_iter().filter(|text| BEGINNINGS.iter().any(|b| text.starts_with(b))));
        }
    }
}

#[test]
fn literals_are_found_and_comments_are_not() {
    let source = "// \"SELECT no\"\nlet a = \"SELECT \\\n    1\"; let b = '\"'; \"x \\\"y\\\"\"";
    assert_eq!(literals(source), ["SELECT 1", "x \"y\""]);
}

on_both! {
    async fn every_statement_can_be_prepared(store: Store) {
        let mut statements = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut statements);
        assert!(statements.len() >= 8, "the sources were found");
        let mut refused = Vec::new();
        for sql in statements {
            // One transaction each: PostgreSQL refuses everything after a fault.
            let mut tx = store.begin().await.unwrap();
            if matches!(tx, crate::Tx::Sqlite(_)) && sql.contains(PG_ONLY) {
                continue;
            }
            let text = AssertSqlSafe(sql.clone()).into_sql_str();
            if let Err(error) = on!(tx, t => (&mut **t).prepare(text).await.map(|_| ())) {
                refused.push(format!("{sql}\n  {error}"));
            }
        }
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    }
}
