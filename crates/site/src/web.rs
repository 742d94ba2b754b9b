//! The files that machines ask a site for: `robots.txt` and `sitemap.xml`.

use crate::head::canonical;
use crate::page::{Page, escape};
use crate::settings::Settings;
use anyhow::Result;
use std::fs;
use std::path::Path;

/// # Errors
/// If a file cannot be written.
pub fn write(folder: &Path, pages: &[&Page], settings: &Settings) -> Result<()> {
    let Some(address) = &settings.address else {
        fs::write(folder.join("robots.txt"), "User-agent: *\nAllow: /\n")?;
        return Ok(());
    };
    fs::write(
        folder.join("robots.txt"),
        format!("User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n"),
    )?;
    let urls = pages.iter().map(|page| {
        let url = escape(&canonical(address, &page.file));
        format!("  <url><loc>{url}</loc></url>\n")
    });
    let sitemap = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        urls.collect::<String>()
    );
    fs::write(folder.join("sitemap.xml"), sitemap)?;
    Ok(())
}
