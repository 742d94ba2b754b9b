//! The stamp of a measurement: on what, and with what, it was made.

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The processor's name, as the operating system gives it.
    pub processor: String,
    /// Processors that can run a thread each at once.
    pub cores: usize,
    /// Main memory in GiB, rounded.
    pub memory_gib: u64,
    /// The operating system and its kernel.
    pub system: String,
    /// What `rustc --version` says.
    pub rustc: String,
    /// The versions of the measured package's direct dependencies.
    pub crates: BTreeMap<String, String>,
}

impl Machine {
    /// Describes this machine, and the dependencies of the workspace member
    /// `package`.
    pub fn describe(root: &Path, package: &str) -> Result<Machine> {
        let system = System::new_with_specifics(
            RefreshKind::nothing()
                .with_cpu(CpuRefreshKind::nothing())
                .with_memory(MemoryRefreshKind::nothing().with_ram()),
        )
        .context("the machine cannot be described")?;
        let name = System::long_os_version().or_else(|_| System::name());
        let name = name.context("the operating system has no name")?;
        let kernel = System::kernel_long_version().unwrap_or_default();
        let rustc = Command::new("rustc")
            .arg("--version")
            .output()
            .context("rustc cannot be run")?;
        Ok(Machine {
            processor: system
                .cpus()
                .first()
                .map(|cpu| cpu.brand().trim().to_owned())
                .unwrap_or_default(),
            cores: std::thread::available_parallelism()?.get(),
            memory_gib: (system.total_memory() as f64 / f64::from(1 << 30)).round() as u64,
            system: format!("{name}, {kernel}")
                .trim_end_matches(", ")
                .to_owned(),
            rustc: String::from_utf8_lossy(&rustc.stdout).trim().to_owned(),
            crates: dependencies(root, package)?,
        })
    }
}

/// The versions of a member's direct dependencies, by name.
fn dependencies(root: &Path, package: &str) -> Result<BTreeMap<String, String>> {
    let metadata = MetadataCommand::new()
        .current_dir(root)
        .other_options(["--locked".to_owned()])
        .exec()?;
    let member = metadata
        .workspace_packages()
        .into_iter()
        .find(|member| member.name.as_str() == package)
        .with_context(|| format!("the workspace has no member `{package}`"))?;
    let resolve = metadata
        .resolve
        .as_ref()
        .context("cargo resolved nothing")?;
    let node = resolve
        .nodes
        .iter()
        .find(|node| node.id == member.id)
        .context("cargo did not resolve it")?;
    let version = |id| {
        let package = &metadata[id];
        (package.name.to_string(), package.version.to_string())
    };
    Ok(node.dependencies.iter().map(version).collect())
}
