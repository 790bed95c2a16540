//! The command line: one file per command.

mod backup;
mod bench;
mod cert;
mod doctor;
mod figures;
mod import;
mod report;
mod restore;
mod serve;
mod sim;
mod user;
mod verify;

use crate::{
    config::{self, Config, ConfigError},
    data_folder::may_open,
    logs,
};
use clap::{Args, Parser, Subcommand};
use siaga_store::{Store, StoreConfig, StoreError};
use std::{path::PathBuf, process::ExitCode};

/// Siaga 112: the emergency number of a city in one program.
///
/// Start with `siaga serve --demo --data ./data` and open http://127.0.0.1:8112.
#[derive(Parser)]
#[command(version, propagate_version = true, after_help = "Configuration: siaga config")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server: telephone, desk, interface.
    Serve(serve::ServeArgs),
    /// Accounts: add, list, passwd, disable, enable, reset-totp.
    User(user::UserArgs),
    /// Take a centre's old call records in.
    Import(import::ImportArgs),
    /// The figures of a period, with the year before beside them.
    Report(report::ReportArgs),
    /// The tables that reports read: made anew, or compared with their calls.
    Figures(figures::FiguresArgs),
    /// The city's own certificate authority: init, issue, show.
    Cert(cert::CertArgs),
    /// Say what is wrong with this set-up and what to do.
    Doctor(doctor::DoctorArgs),
    /// Callers and call-takers against a running server, and whole years in virtual time.
    Sim(sim::SimArgs),
    /// Prove that nothing was changed afterwards: events, recordings, figures.
    Verify(verify::VerifyArgs),
    /// Copy all data into a new folder while calls go on.
    Backup(backup::BackupArgs),
    /// Put a backup into a new data folder.
    Restore(restore::RestoreArgs),
    /// What this program takes on this machine, beside its goals.
    Bench(bench::BenchArgs),
    /// All configuration keys, with an example each.
    #[command(name = "config")]
    Config,
}

/// What every command knows.
#[derive(Args, Clone, Debug)]
pub struct DataArgs {
    /// Folder of this city's data.
    #[arg(long = "data", value_name = "DIR", env = "SIAGA_DATA", default_value = "data")]
    pub dir: PathBuf,
}

impl DataArgs {
    /// The configuration without flags.
    pub fn config(&self) -> Result<Config, ConfigError> {
        config::load(&self.dir, std::env::vars(), &[])
    }

    /// The database of a city that is there. A mistyped folder is an error: an empty city would prove anything.
    pub async fn existing_store(&self) -> Result<Store, CommandError> {
        let config = self.config()?;
        may_open(&self.dir, &config.store(&self.dir))?;
        let made = match config.store(&self.dir) {
            StoreConfig::Sqlite { path } => path.is_file(),
            StoreConfig::Postgres { .. } => self.dir.is_dir(),
        };
        if !made {
            return Err(CommandError::Told(format!(
                "{} holds no city. Give its folder with --data DIR or SIAGA_DATA; a new city begins with siaga serve",
                self.dir.display()
            )));
        }
        self.store().await
    }

    /// The database that the configuration names. Makes an empty folder where there is none.
    pub async fn store(&self) -> Result<Store, CommandError> {
        let config = self.config()?;
        std::fs::create_dir_all(&self.dir)
            .map_err(|error| CommandError::Told(format!("{}: {error}", self.dir.display())))?;
        may_open(&self.dir, &config.store(&self.dir))?;
        Ok(Store::open(&config.store(&self.dir)).await?)
    }
}

/// Why a command stopped. The text is for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Folder(#[from] crate::data_folder::FolderError),
    #[error(transparent)]
    Copy(#[from] crate::copy::CopyError),
    #[error("{store}. {}", hint(.0), store = .0)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Told(String),
}

/// What to do about a database that did not do what it was asked.
fn hint(error: &StoreError) -> &'static str {
    match error {
        // SQLite: 11 malformed, 26 not a database; tables that are not ours.
        StoreError::Bug(_) => {
            "The database is damaged, or of another program: keep its folder as it is, put the newest backup into a new one \
             (siaga restore BACKUP --data NEW; PostgreSQL: your own dump) and start that"
        }
        _ => "Is the database running, and does it let us in? siaga doctor looks closer",
    }
}

/// Reads the command line and does what it says. Exit codes: 0 done, 1 it failed, 2 it was told wrong,
/// 3 figures that do not add up.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    logs::start();
    install_crypto();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&CommandError::Told(format!("cannot start: {error}"))),
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(args).await,
            Command::User(args) => user::run(args).await,
            Command::Import(args) => import::run(args).await,
            Command::Report(args) => report::run(args).await,
            Command::Figures(args) => figures::run(args).await,
            Command::Bench(args) => bench::run(args).await,
            Command::Cert(args) => cert::run(args),
            Command::Doctor(args) => doctor::run(args).await,
            Command::Sim(args) => sim::run(args).await,
            Command::Verify(args) => verify::run(args).await,
            Command::Backup(args) => backup::run(args).await,
            Command::Restore(args) => restore::run(&args),
            Command::Config => {
                print_keys();
                Ok(ExitCode::SUCCESS)
            }
        }
    });
    done.unwrap_or_else(|error| failed(&error))
}

fn failed(error: &CommandError) -> ExitCode {
    eprintln!("siaga: {error}");
    ExitCode::from(if matches!(error, CommandError::Config(_)) { 2 } else { 1 })
}

/// One crypto provider for TLS and for the browsers' media, said once, before either is used.
fn install_crypto() {
    // An error means that it is installed already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    str0m::crypto::from_feature_flags().install_process_default();
}

fn print_keys() {
    println!(
        "# {} in the data folder; SIAGA_SECTION_KEY in the environment overrides it, flags override both.",
        config::FILE
    );
    for key in &config::KEYS {
        println!("\n# {}. Expected: {}.", key.meaning, key.expected);
        println!("# {} = {}", key.path, key.example);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::TestFolder;

    #[tokio::test]
    async fn a_damaged_database_names_the_way_back() {
        let place = TestFolder::new();
        std::fs::write(
            place.path().join("siaga.db"),
            "no database, but a text that is long enough to be read ".repeat(99),
        )
        .unwrap();
        let data = DataArgs { dir: place.path().to_owned() };
        let told = data.existing_store().await.expect_err("damaged").to_string();
        assert!(told.contains("siaga restore BACKUP"), "{told}");
        let away = CommandError::from(StoreError::Gone("no answer".into())).to_string();
        assert!(away.contains("running") && !away.contains("restore"), "{away}");
    }

    #[test]
    fn a_certificate_is_not_made_for_a_mistyped_folder() {
        let place = TestFolder::new();
        let typo = place.path().join("mistyped");
        let cli = Cli::try_parse_from(["siaga", "cert", "init", "--data", typo.to_str().unwrap()]).unwrap();
        let Command::Cert(args) = cli.command else { panic!("cert") };
        let told = cert::run(args).expect_err("no such folder").to_string();
        assert!(told.contains("there is no folder") && !typo.exists(), "{told}");
    }
}
