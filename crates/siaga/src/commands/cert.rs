//! `siaga cert`: the city's own certificate authority, for consoles on other PCs of the office.

use super::{CommandError, DataArgs};
use crate::{
    certificates::{self, CertificateError, Existing, Place},
    local_addresses,
};
use clap::{Args, Subcommand};
use siaga_engine::clock;
use std::{path::Path, process::ExitCode};

/// The city's own certificate authority, so that consoles on other PCs may use their microphone.
///
/// Make it once with `init`, install its root on each PC from the page /sertifikat, issue again each year.
#[derive(Args)]
pub struct CertArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make the authority and a first server certificate.
    ///
    /// Example: siaga cert init --data /var/lib/siaga --name siaga.serangkota.go.id
    Init {
        #[command(flatten)]
        data: DataArgs,
        /// More names or addresses of this server, besides its own.
        #[arg(long = "name", value_name = "NAME")]
        names: Vec<String>,
        /// The city's name inside the root certificate.
        #[arg(long, default_value = "Kota Serang")]
        city: String,
        /// Replace an authority that is there. Every PC must then install the new root.
        #[arg(long)]
        force: bool,
    },
    /// Issue a new server certificate; a running server takes it within a minute.
    Issue {
        #[command(flatten)]
        data: DataArgs,
        /// More names or addresses of this server, besides its own.
        #[arg(long = "name", value_name = "NAME")]
        names: Vec<String>,
    },
    /// Show both certificates: names, days left, fingerprint.
    Show {
        #[command(flatten)]
        data: DataArgs,
    },
}

impl From<CertificateError> for CommandError {
    fn from(error: CertificateError) -> Self {
        Self::Told(error.to_string())
    }
}

pub fn run(args: CertArgs) -> Result<ExitCode, CommandError> {
    match args.what {
        What::Init { data, names, city, force } => {
            if !data.dir.is_dir() {
                return Err(CommandError::Told(format!(
                    "there is no folder {}. Give the city's with --data DIR or SIAGA_DATA; a new city begins with siaga serve",
                    data.dir.display()
                )));
            }
            let place = Place::new(&data.dir);
            certificates::init(&place, &city, if force { Existing::Replace } else { Existing::Keep })?;
            certificates::issue(&place, &all_names(names))?;
            print(&place.root())?;
            print(&place.server())?;
            println!(
                "\nNext: set https.addr (for example \"0.0.0.0:8443\"), start siaga, open /sertifikat on each PC."
            );
        }
        What::Issue { data, names } => {
            let place = Place::new(&data.dir);
            certificates::issue(&place, &all_names(names))?;
            print(&place.server())?;
        }
        What::Show { data } => {
            let place = Place::new(&data.dir);
            if !place.root().exists() {
                return Err(CertificateError::NoRoot(data.dir.join("tls")).into());
            }
            print(&place.root())?;
            print(&place.server())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What the person named, then everything this machine is called.
fn all_names(mut names: Vec<String>) -> Vec<String> {
    names.extend(local_addresses::host_name());
    names.push("localhost".to_owned());
    names.extend(local_addresses::all().iter().map(ToString::to_string));
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

fn print(path: &Path) -> Result<(), CommandError> {
    let shown = certificates::show(path)?;
    println!("{}", path.display());
    println!("  subject      {}", shown.subject);
    if !shown.names.is_empty() {
        println!("  names        {}", shown.names.join(", "));
    }
    println!("  days left    {}", shown.days_left(clock::now().0 / 1_000_000));
    println!("  SHA-256      {}", shown.fingerprint);
    Ok(())
}
