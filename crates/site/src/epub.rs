//! The book as an EPUB 3: an archive of the pages as XML, with a style sheet, a
//! cover and a table of contents. Two of the same pages are equal to the byte.

mod chapter;
mod nav;
mod package;
mod xml;

use crate::contents::Headings;
use crate::downloads::Edition;
use crate::outline::Outline;
use crate::page::Page;
use anyhow::{Context, Result};
use chapter::Chapter;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// From the book's root, both.
const STYLE: &str = "theme/epub.css";
const COVER: &str = "theme/cover.png";

/// Of the element and attributes that EPUB adds to HTML.
const OPS: &str = "http://www.idpf.org/2007/ops";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// A file in the archive.
struct Item {
    path: String,
    media_type: &'static str,
    /// Its properties in the package document, parted by spaces.
    properties: String,
    content: Vec<u8>,
    /// Whether it is read from its beginning to its end, one after another.
    in_spine: bool,
}

/// The archive. `folder` holds the pages and the pictures that they show.
///
/// # Errors
/// If the style sheet, the cover or a picture cannot be read.
pub fn make(
    edition: &Edition<'_>,
    folder: &Path,
    pages: &[Page],
    outline: &Outline,
    headings: &Headings,
) -> Result<Vec<u8>> {
    let of_file = |file| pages.iter().find(|page| page.file == file);
    let chapters: Vec<Chapter> = outline
        .files()
        .filter_map(of_file)
        .map(|page| Chapter::of(page, edition, outline))
        .collect();
    let mut items = vec![
        picture("cover.png", &edition.root.join(COVER), "cover-image")?,
        text("epub.css", "text/css", "", read(&edition.root.join(STYLE))?),
        page("cover.xhtml", "", nav::cover(edition)),
    ];
    // The title page, the contents, and then the rest.
    let contents = page(
        "nav.xhtml",
        "nav",
        nav::contents(edition, outline, headings),
    );
    let pictures: BTreeSet<&String> = chapters.iter().flat_map(|each| &each.pictures).collect();
    let pictures = pictures
        .into_iter()
        .map(|path| picture(path, &folder.join(path), ""));
    let pictures = pictures.collect::<Result<Vec<_>>>()?;
    let mut chapters = chapters.into_iter().map(|chapter| {
        let svg = if chapter.has_svg { "svg" } else { "" };
        page(&chapter.path, svg, chapter.xhtml)
    });
    items.extend(chapters.next());
    items.push(contents);
    items.extend(chapters);
    items.extend(pictures);
    items.push(text(
        "toc.ncx",
        "application/x-dtbncx+xml",
        "",
        nav::ncx(edition, outline, headings),
    ));
    archive(edition, &items)
}

fn text(path: &str, media_type: &'static str, properties: &str, content: String) -> Item {
    Item {
        path: path.to_owned(),
        media_type,
        properties: properties.to_owned(),
        content: content.into_bytes(),
        in_spine: false,
    }
}

fn page(path: &str, properties: &str, content: String) -> Item {
    Item {
        in_spine: true,
        ..text(path, "application/xhtml+xml", properties, content)
    }
}

fn picture(name: &str, path: &Path, properties: &str) -> Result<Item> {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let media_type = match &*extension {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        _ => anyhow::bail!("{name}: no picture that readers of an EPUB need to know"),
    };
    Ok(Item {
        path: name.to_owned(),
        media_type,
        properties: properties.to_owned(),
        content: fs::read(path).with_context(|| format!("cannot read {}", path.display()))?,
        in_spine: false,
    })
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn archive(edition: &Edition<'_>, items: &[Item]) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Not the clock's, for equal archives; they hold it inside.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = options.compression_method(CompressionMethod::Stored);
    let deflated = options.compression_method(CompressionMethod::Deflated);
    archive.start_file("mimetype", stored)?;
    archive.write_all(b"application/epub+zip")?;
    archive.start_file("META-INF/container.xml", deflated)?;
    archive.write_all(package::CONTAINER.as_bytes())?;
    archive.start_file(format!("{}/package.opf", package::FOLDER), deflated)?;
    archive.write_all(package::document(edition, items).as_bytes())?;
    for item in items {
        archive.start_file(format!("{}/{}", package::FOLDER, item.path), deflated)?;
        archive.write_all(&item.content)?;
    }
    Ok(archive.finish()?.into_inner())
}
