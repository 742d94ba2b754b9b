//! Files whose names carry a hash of their content, as mdBook's own do: they
//! may be kept for ever.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Writes `name.extension` as `name-<hash>.extension`, and tells that name.
///
/// # Errors
/// If the file cannot be written.
pub fn write(folder: &Path, name: &str, extension: &str, content: &[u8]) -> Result<String> {
    let file = format!("{name}-{}.{extension}", hash(content));
    fs::write(folder.join(&file), content).with_context(|| format!("cannot write {file}"))?;
    Ok(file)
}

/// The first eight hexadecimal digits of the SHA-256.
pub fn hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
