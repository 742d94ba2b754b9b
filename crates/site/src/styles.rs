//! mdBook names a style sheet by the hash of its source, before it puts the
//! names of fonts and pictures into it. A new font would then come under an old
//! name, which browsers keep for ever; so style sheets are named anew.

use crate::asset;
use crate::page::Page;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Renames the style sheets that pages load, by the hash of what is in them.
///
/// # Errors
/// If one cannot be read or renamed.
pub fn rename(folder: &Path, pages: &[Page]) -> Result<()> {
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for page in pages {
        let root = page.document.select("html").attr_or("data-root", "");
        for link in page.document.select("link[rel=stylesheet]").iter() {
            let href = link.attr_or("href", "");
            let file = href.strip_prefix(&*root).unwrap_or(&href);
            let name = match renamed.get(file) {
                Some(name) => name.clone(),
                None => {
                    let name = named_by_content(folder, file)?;
                    fs::rename(folder.join(file), folder.join(&name))?;
                    renamed.insert(file.to_owned(), name.clone());
                    name
                }
            };
            link.set_attr("href", &format!("{root}{name}"));
        }
    }
    Ok(())
}

/// The name of a style sheet `name-<hash>.css` with the hash of its content.
fn named_by_content(folder: &Path, file: &str) -> Result<String> {
    let content = fs::read(folder.join(file)).with_context(|| format!("cannot read {file}"))?;
    let Some((name, _)) = file.rsplit_once('-') else {
        return Ok(file.to_owned());
    };
    Ok(format!("{name}-{}.css", asset::hash(&content)))
}
