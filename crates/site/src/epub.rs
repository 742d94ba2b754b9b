//! The book as an EPUB 3: an archive of the pages as XML, with a style sheet, a
//! cover and a table of contents. Two of the same pages are equal to the byte.

mod chapter;
mod nav;
mod package;
mod programs;
mod xml;

use crate::contents::Headings;
use crate::downloads::Edition;
use crate::outline::{self, Entry, Outline};
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
    let mut chapters: Vec<Chapter> = outline
        .files()
        .filter_map(of_file)
        .map(|page| Chapter::of(page, edition, outline))
        .collect();
    let mut items = vec![
        picture("cover.png", &edition.root.join(COVER), "cover-image")?,
        text("epub.css", "text/css", "", read(&edition.root.join(STYLE))?),
        page("cover.xhtml", "", nav::cover(edition)),
    ];
    let mut outline = outline.clone();
    let programs: Vec<_> = chapters
        .iter_mut()
        .flat_map(|each| each.programs.drain(..))
        .collect();
    let programs = (!programs.is_empty()).then(|| programs::page(edition, &programs));
    if programs.is_some() {
        outline.entries.push(Entry::Separator);
        outline.entries.push(Entry::Chapter(outline::Chapter {
            number: None,
            name: programs::NAME.to_owned(),
            file: programs::FILE.to_owned(),
        }));
    }
    let pictures: BTreeSet<String> = chapters
        .iter()
        .flat_map(|each| each.pictures.clone())
        .collect();
    let mut chapters = chapters.into_iter().map(|chapter| {
        let svg = if chapter.has_svg { "svg" } else { "" };
        page(&chapter.path, svg, chapter.xhtml)
    });
    // The title page, the contents, and then the rest.
    items.extend(chapters.next());
    items.push(page(
        "nav.xhtml",
        "nav",
        nav::contents(edition, &outline, headings),
    ));
    items.extend(chapters);
    items.extend(programs.map(|programs| page(&chapter::path(programs::FILE), "", programs)));
    for path in &pictures {
        items.push(picture(path, &folder.join(path), "")?);
    }
    items.push(text(
        "toc.ncx",
        "application/x-dtbncx+xml",
        "",
        nav::ncx(edition, &outline, headings),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contents;
    use crate::outline::Chapter;
    use dom_query::Document;
    use quick_xml::Reader;
    use quick_xml::events::Event;
    use std::io::Read;
    use zip::ZipArchive;

    const BLACK: &str = "<main><h1 id=a><a class=header href=#a>Black</a></h1>\
        <h2 id=cup>In a <code>cup</code></h2>\
        <p>See <a href=index.html#b class=term aria-describedby=c>there</a>, \
        <a href=print.html>all</a> and <a href=https://b.example>b</a>.\
        <sup class=footnote-reference><a href=#footnote-1>1</a></sup></p>\
        <div class=sidenote role=note id=footnote-1><p>Note.</p></div>\
        <figure class=listing id=listing-x><span class=listing-number>Listing 1.2</span>\
        <details class=listing-whole><summary>All</summary><pre><code>1 &lt; 2</code></pre></details>\
        </figure><svg><path d=M0></svg><button>Copy</button></main>";

    /// The files of a small book, with the paths in the archive.
    fn files(address: Option<&str>) -> (Vec<u8>, Vec<(String, String)>) {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir(root.path().join("theme")).expect("it is empty");
        fs::write(root.path().join(STYLE), "p { margin: 0 }").expect("it can be written");
        fs::write(root.path().join(COVER), "a picture").expect("it can be written");
        let edition = Edition {
            title: "Tea & more",
            description: "All about tea.",
            authors: &["A. B.".to_owned()],
            language: "en",
            address,
            made: None,
            root: root.path(),
        };
        let page = |file: &str, html: &str| Page {
            file: file.to_owned(),
            document: Document::from(html),
        };
        let chapter = |number: Option<&str>, name: &str, file: &str| {
            Entry::Chapter(Chapter {
                number: number.map(str::to_owned),
                name: name.to_owned(),
                file: file.to_owned(),
            })
        };
        let pages = [
            page(
                "index.html",
                "<main><h1 id=b>Tea</h1><div id=whole-contents></div></main>",
            ),
            page("black.html", BLACK),
        ];
        let outline = Outline {
            entries: vec![
                chapter(None, "Tea", "index.html"),
                Entry::Part("Leaves & water".to_owned()),
                chapter(Some("1"), "Black", "black.html"),
            ],
        };
        let headings = contents::headings(&pages);
        let epub = make(&edition, root.path(), &pages, &outline, &headings).expect("all is there");
        let mut archive = ZipArchive::new(Cursor::new(&epub)).expect("it is an archive");
        let files = (0..archive.len()).map(|number| {
            let mut file = archive.by_index(number).expect("it is there");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("it is text");
            (file.name().expect("it is text").into_owned(), text)
        });
        let files = files.collect();
        (epub, files)
    }

    #[test]
    fn an_epub_is_the_same_each_time() {
        assert!(files(None).0 == files(None).0);
    }

    #[test]
    fn it_holds_well_formed_pages_in_their_order() {
        let (_, files) = files(None);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "mimetype",
                "META-INF/container.xml",
                "EPUB/package.opf",
                "EPUB/cover.png",
                "EPUB/epub.css",
                "EPUB/cover.xhtml",
                "EPUB/index.xhtml",
                "EPUB/nav.xhtml",
                "EPUB/black.xhtml",
                "EPUB/whole-programs.xhtml",
                "EPUB/toc.ncx",
            ]
        );
        let is_xml =
            |name: &str| name.contains('.') && !name.ends_with("css") && !name.ends_with("png");
        for (name, text) in files.iter().filter(|(name, _)| is_xml(name)) {
            let mut reader = Reader::from_str(text);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
        }
    }

    #[test]
    fn a_chapter_has_what_a_book_can_show() {
        let text = |address: Option<&str>, name: &str| {
            let (_, files) = files(address);
            let file = files.into_iter().find(|(path, _)| path.ends_with(name));
            file.expect("it is there").1
        };
        let black = text(None, "black.xhtml");
        for part in [
            "<h1 id=\"a\">Black</h1>",
            "<a href=\"index.xhtml#b\">there</a>, all and <a href=\"https://b.example\">b</a>",
            "<a href=\"#footnote-1\" epub:type=\"noteref\" role=\"doc-noteref\">1</a>",
            "<aside class=\"sidenote\" role=\"doc-footnote\" id=\"footnote-1\" epub:type=\"footnote\">",
            "<a href=\"whole-programs.xhtml#program-1-2\">The whole program</a>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0\"></path></svg></section>",
        ] {
            assert!(black.contains(part), "{part} is not in {black}");
        }
        let black = text(Some("https://tea.example/"), "black.xhtml");
        assert!(black.contains("<a href=\"https://tea.example/print.html\">all</a>"));
        let programs = text(None, "whole-programs.xhtml");
        assert!(programs.contains("<pre><code>1 &lt; 2</code></pre>"));
        assert!(programs.contains("<a href=\"black.xhtml#listing-x\">Back to the chapter</a>"));
        let contents = text(None, "nav.xhtml");
        assert!(contents.contains("<a href=\"black.xhtml#cup\">In a cup</a>"));
        assert!(!text(None, "index.xhtml").contains("whole-contents"));
    }
}
