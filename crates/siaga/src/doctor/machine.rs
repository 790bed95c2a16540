//! The machine itself: disk, clock, limits of the system.

use super::Finding;
use crate::config::Config;
use siaga_engine::clock as now;
use std::{fs, path::Path, process::Command};

/// One recorded call hour: two channels of 8,000 bytes a second.
const RECORDING_MB_PER_HOUR: u64 = 58;
/// Below this the disk is full before somebody comes on Monday, MB.
const DISK_BAD_MB: u64 = 2_000;
/// Below this it is worth a look, MB.
const DISK_ADVICE_MB: u64 = 20_000;
/// Kernel receive buffer that holds a burst of SIP, bytes.
const RECEIVE_BUFFER: u64 = 8 * 1024 * 1024;
/// Sockets of a full machine: two a call, consoles, database.
const OPEN_FILES: u64 = 4_096;
/// A clock before this is not set: 2026-01-01, microseconds.
const CLOCK_EARLIEST: i64 = 1_767_225_600_000_000;

/// A command's answer, where the command is there.
fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

pub fn disk(data: &Path) -> Finding {
    let folder = data.to_string_lossy();
    let free_mb = answer("df", &["-Pm", &folder])
        .and_then(|text| text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok());
    let Some(free_mb) = free_mb else {
        return Finding::advice("the free disk space could not be read", "look yourself: recordings need room");
    };
    let hours = free_mb / RECORDING_MB_PER_HOUR;
    let what = format!("{free_mb} MB free on the disk, about {hours} hours of recorded calls");
    let remedy = "move the data folder to a larger disk, or move old recordings away after a backup";
    match free_mb {
        ..DISK_BAD_MB => Finding::bad(what, remedy),
        DISK_BAD_MB..DISK_ADVICE_MB => Finding::advice(what, remedy),
        _ => Finding::good(what),
    }
}

pub fn clock() -> Finding {
    if now::now().0 < CLOCK_EARLIEST {
        return Finding::bad("the clock is not set", "set it: every time in the record would be wrong");
    }
    match answer("timedatectl", &["show", "-p", "NTPSynchronized", "--value"]).as_deref().map(str::trim) {
        Some("yes") => Finding::good("the clock is synchronized"),
        Some(_) => {
            Finding::advice("the clock is not synchronized", "timedatectl set-ntp true, or your city's time server")
        }
        None => Finding::advice("whether the clock is synchronized could not be read", "compare it with a telephone"),
    }
}

pub fn open_files() -> Finding {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)).and_then(|text| text.parse::<u64>().ok());
    match soft {
        Some(soft) if soft < OPEN_FILES => Finding::advice(
            format!("this user may open {soft} files at once"),
            format!("ulimit -n {OPEN_FILES}, or LimitNOFILE={OPEN_FILES} in the service"),
        ),
        Some(soft) => Finding::good(format!("this user may open {soft} files at once")),
        None => Finding::good("the limit of open files is not told here"),
    }
}

pub fn receive_buffer() -> Finding {
    let path = "/proc/sys/net/core/rmem_max";
    match fs::read_to_string(path).ok().and_then(|text| text.trim().parse::<u64>().ok()) {
        Some(bytes) if bytes < RECEIVE_BUFFER => Finding::advice(
            format!("net.core.rmem_max is {bytes}: a burst of calls may lose packets"),
            format!("sysctl -w net.core.rmem_max={RECEIVE_BUFFER}, and the same line in /etc/sysctl.d/siaga.conf"),
        ),
        Some(bytes) => Finding::good(format!("net.core.rmem_max is {bytes}")),
        None => Finding::good("net.core.rmem_max is not told here"),
    }
}

pub fn rtp_range(config: &Config) -> Finding {
    let (first, last) = (*config.rtp_ports.start(), *config.rtp_ports.end());
    let calls = usize::from(last - first).div_ceil(2);
    let what =
        format!("media.rtp_ports {first}-{last} carry {calls} calls; limits.open_calls is {}", config.open_calls_max);
    if calls < config.open_calls_max {
        Finding::bad(what, "widen media.rtp_ports (two ports a call) or lower limits.open_calls")
    } else {
        Finding::good(what)
    }
}
