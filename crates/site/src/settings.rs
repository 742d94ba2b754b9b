//! The table `[output.site]` of `book.toml`.

use anyhow::{Result, bail};
use mdbook_renderer::config::Config;
use serde::Deserialize;

/// What an author can set. Every key has a default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Where the site will be, such as `https://example.org/book/`. Without
    /// it the pages name no canonical address, and there is no sitemap and no
    /// feed: these need whole addresses.
    pub address: Option<String>,

    // mdBook's own keys, named so that any other is a mistake.
    #[serde(rename = "command")]
    _command: Option<String>,
    #[serde(rename = "optional")]
    _optional: bool,
}

impl Settings {
    /// Reads the settings; the address ends in a slash.
    ///
    /// # Errors
    /// If a key is unknown or a value has the wrong type.
    pub fn read(config: &Config) -> Result<Settings> {
        let mut settings: Settings = config.get("output.site")?.unwrap_or_default();
        if let Some(address) = &mut settings.address {
            if !address.starts_with("http://") && !address.starts_with("https://") {
                bail!(
                    "book.toml: `address = \"{address}\"` of [output.site] is no web address; \
                     write it as `https://example.org/book/`"
                );
            }
            if !address.ends_with('/') {
                address.push('/');
            }
        }
        Ok(settings)
    }
}
