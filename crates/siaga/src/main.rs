//! `siaga`: the emergency number of a city in one program.

use std::process::ExitCode;

fn main() -> ExitCode {
    siaga::commands::run()
}
