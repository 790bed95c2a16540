//! The interface is embedded from `ui/dist`. Without it (a fresh clone, `cargo check`) the crate still compiles and the
//! pages say what is missing.

use std::{env, fs, path::Path};

fn main() {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../ui/dist");
    println!("cargo:rerun-if-changed=build.rs");
    // In debug the files are read at run time; only a release holds them and must follow them.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        if let Err(error) = fs::create_dir_all(&dist) {
            println!("cargo:warning=cannot make {}: {error}", dist.display());
        }
        println!("cargo:rerun-if-changed={}", dist.display());
    }
}
