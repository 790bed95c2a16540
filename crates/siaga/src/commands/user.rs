//! `siaga user`: accounts from the command line, for the first one and for the day when everybody forgot theirs.
//!
//! A password comes from a prompt or from stdin, never from an argument: arguments are seen by every process.

use super::{CommandError, DataArgs};
use clap::{Args, Subcommand};
use siaga_core::{ids::UserId, role::Role};
use siaga_engine::clock;
use siaga_store::{
    Store, StoreError,
    accounts::{Account, Change, Changed, NewAccount},
};
use siaga_web::accounts::{fields, password};
use std::{
    io::{self, BufRead, IsTerminal, Write},
    process::{Command, ExitCode, Stdio},
};
use uuid::Uuid;

/// Accounts: who may sign in, with which role.
#[derive(Args)]
pub struct UserArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make an account; asks for its password.
    ///
    /// Example: siaga user add siti --role shift_lead --display-name "Siti Aminah"
    Add {
        /// Sign-in name: 2 to 40 of a-z, 0-9, dot, dash, underscore.
        name: String,
        /// call_taker, dispatcher, shift_lead, viewer or administrator.
        #[arg(long, value_parser = role)]
        role: Role,
        /// The name on cards and in the record; the sign-in name if left out.
        #[arg(long)]
        display_name: Option<String>,
        #[command(flatten)]
        data: DataArgs,
    },
    /// List all accounts.
    List {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Give an account a new password and end its sessions.
    Passwd(Named),
    /// Take the right to sign in; ends the account's sessions at once.
    Disable(Named),
    /// Give the right to sign in back.
    Enable(Named),
    /// Take the second factor away (lost telephone).
    ResetTotp(Named),
}

#[derive(Args)]
struct Named {
    /// Sign-in name.
    name: String,
    #[command(flatten)]
    data: DataArgs,
}

fn role(text: &str) -> Result<Role, String> {
    let known = || Role::ALL.map(Role::key).join(", ");
    Role::from_key(text).ok_or_else(|| format!("not a role; roles are {}", known()))
}

pub async fn run(args: UserArgs) -> Result<ExitCode, CommandError> {
    match args.what {
        What::Add { name, role, display_name, data } => add(&data.store().await?, &name, role, display_name).await?,
        What::List { data } => list(&data.store().await?).await?,
        What::Passwd(named) => {
            let store = named.data.store().await?;
            let account = find(&store, &named.name).await?;
            let new = ask_password()?;
            fields::new_password(&new, &account.name, &account.display_name).map_err(told)?;
            let change = Change { password_hash: Some(password::hash(new).await), ..Change::default() };
            apply(&store, &account, change).await?;
        }
        What::Disable(named) => {
            let store = named.data.store().await?;
            let account = find(&store, &named.name).await?;
            apply(&store, &account, Change { disabled: Some(true), ..Change::default() }).await?;
        }
        What::Enable(named) => {
            let store = named.data.store().await?;
            let account = find(&store, &named.name).await?;
            apply(&store, &account, Change { disabled: Some(false), ..Change::default() }).await?;
        }
        What::ResetTotp(named) => {
            let store = named.data.store().await?;
            let account = find(&store, &named.name).await?;
            apply(&store, &account, Change { remove_totp: true, ..Change::default() }).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn told(error: impl std::fmt::Display) -> CommandError {
    CommandError::Told(error.to_string())
}

async fn add(store: &Store, name: &str, role: Role, display_name: Option<String>) -> Result<(), CommandError> {
    let name = fields::name(name).map_err(told)?;
    let display_name = fields::display_name(display_name.as_deref().unwrap_or(&name)).map_err(told)?;
    let typed = ask_password()?;
    fields::new_password(&typed, &name, &display_name).map_err(told)?;
    let new = NewAccount {
        user_id: UserId(Uuid::now_v7()),
        name: name.clone(),
        display_name,
        role,
        password_hash: password::hash(typed).await,
    };
    match store.account_create(&new, None, clock::now()).await {
        Ok(()) => {
            println!("{name} can sign in as {}", role.key());
            Ok(())
        }
        Err(StoreError::Conflict(_)) => Err(told(format!("{name} exists already; siaga user list shows all accounts"))),
        Err(error) => Err(error.into()),
    }
}

async fn list(store: &Store) -> Result<(), CommandError> {
    println!("{:<24} {:<14} {:<8} {:<9} NAME", "ACCOUNT", "ROLE", "2FA", "STATE");
    for account in store.accounts().await? {
        let totp = if account.totp_secret.is_some() { "yes" } else { "no" };
        let state = if account.disabled { "disabled" } else { "active" };
        println!("{:<24} {:<14} {totp:<8} {state:<9} {}", account.name, account.role.key(), account.display_name);
    }
    Ok(())
}

async fn find(store: &Store, name: &str) -> Result<Account, CommandError> {
    let found = store.account_by_name(name).await?;
    found.ok_or_else(|| told(format!("there is no account {name}; siaga user list shows all")))
}

async fn apply(store: &Store, account: &Account, change: Change) -> Result<(), CommandError> {
    match store.account_change(account.user_id, &change, None, clock::now()).await? {
        Changed::Done(account) => {
            println!("{} changed", account.name);
            Ok(())
        }
        Changed::LastAdministrator => {
            Err(told(format!("{} is the last administrator: make another one first", account.name)))
        }
    }
}

/// From the keyboard without showing it, or the first line of stdin.
fn ask_password() -> Result<String, CommandError> {
    let keyboard = io::stdin().is_terminal();
    if keyboard {
        eprint!("Password: ");
        let _ = io::stderr().flush();
        echo("-echo");
    }
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    if keyboard {
        echo("echo");
        eprintln!();
    }
    read.map_err(told)?;
    let typed = line.trim_end_matches(['\r', '\n']).to_owned();
    if typed.is_empty() { Err(told("no password was given; type it, or pass it on stdin")) } else { Ok(typed) }
}

/// Without `stty` the password is shown while typed, which is no reason to stop.
fn echo(mode: &str) {
    let _ = Command::new("stty").arg(mode).stdin(Stdio::inherit()).stderr(Stdio::null()).status();
}
