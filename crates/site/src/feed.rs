//! `feed.xml`: what changed in the book, as an Atom feed (RFC 4287), made of
//! the page that says so.

use crate::page::Page;
use crate::settings::Settings;
use anyhow::{Result, bail};
use dom_query::Document;
use mdbook_renderer::config::Config;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::fs;
use std::io;
use std::path::Path;

/// The page whose second-level headings are `YYYY-MM-DD: title`, newest first,
/// each with its entry below.
pub const PAGE: &str = "changes.html";

/// What changed on a day.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    /// `2026-11-21`; no other entry has it.
    date: String,
    title: String,
    /// The id of the entry's heading.
    anchor: String,
    /// What stands below the heading.
    html: String,
}

/// Writes the feed, if the book has the page and the site an address.
///
/// # Errors
/// If a heading of the page has another form, the entries are not in order, or
/// the file cannot be written.
pub fn write(folder: &Path, pages: &[Page], settings: &Settings, config: &Config) -> Result<()> {
    let Some(page) = pages.iter().find(|page| page.file == PAGE) else {
        return Ok(());
    };
    let entries = entries(page)?;
    if let Some(address) = &settings.address {
        fs::write(
            folder.join("feed.xml"),
            feed(address, &entries, &About::of(config))?,
        )?;
    }
    Ok(())
}

fn entries(page: &Page) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    for heading in page.main().select("h2[id]").iter() {
        let text = heading.text().trim().to_owned();
        let Some((date, title)) = text.split_once(": ").filter(|(date, _)| is_date(date)) else {
            bail!("{PAGE}: the heading `{text}` is no entry; write `## YYYY-MM-DD: title`");
        };
        if let Some(above) = entries.last().filter(|above| *above.date <= *date) {
            bail!(
                "{PAGE}: the entry of {date} stands below that of {}; \
                 write one entry a day, the newest first",
                above.date
            );
        }
        let mut html = String::new();
        let mut below = heading.next_sibling();
        while below.exists() && !below.is("h2") {
            html += &below.html();
            html.push('\n');
            below = below.next_sibling();
        }
        entries.push(Entry {
            date: date.to_owned(),
            title: title.to_owned(),
            anchor: heading.attr_or("id", "").to_string(),
            html,
        });
    }
    if entries.is_empty() {
        bail!("{PAGE}: there is no entry; write one, `## YYYY-MM-DD: title`");
    }
    Ok(entries)
}

fn is_date(text: &str) -> bool {
    let numbers: Vec<u32> = text.split('-').flat_map(str::parse).collect();
    let has_form = text.bytes().map(|byte| match byte {
        b'0'..=b'9' => '0',
        byte => char::from(byte),
    });
    has_form.eq("0000-00-00".chars())
        && matches!(numbers[..], [_, month, day] if (1..=12).contains(&month) && (1..=31).contains(&day))
}

/// What a feed says of the book.
struct About {
    title: String,
    language: String,
    authors: Vec<String>,
}

impl About {
    fn of(config: &Config) -> About {
        let title = config.book.title.clone().unwrap_or_default();
        let mut authors = config.book.authors.clone();
        if authors.is_empty() {
            // A feed must name one.
            authors.push(format!("The authors of {title}"));
        }
        About {
            title,
            language: config.book.language.clone().unwrap_or_default(),
            authors,
        }
    }
}

fn feed(address: &str, entries: &[Entry], about: &About) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut feed = xml
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    if !about.language.is_empty() {
        feed = feed.with_attribute(("xml:lang", &*about.language));
    }
    feed.write_inner_content(|xml| {
        text(xml, "title", &format!("What changed in {}", about.title))?;
        text(xml, "id", &format!("{address}feed.xml"))?;
        link(
            xml,
            "self",
            "application/atom+xml",
            &format!("{address}feed.xml"),
        )?;
        link(xml, "alternate", "text/html", &format!("{address}{PAGE}"))?;
        if let Some(newest) = entries.first() {
            text(xml, "updated", &midnight(&newest.date))?;
        }
        for author in &about.authors {
            xml.create_element("author")
                .write_inner_content(|xml| text(xml, "name", author))?;
        }
        for entry in entries {
            xml.create_element("entry")
                .write_inner_content(|xml| write_entry(xml, address, entry))?;
        }
        Ok(())
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn write_entry(xml: &mut Writer<Vec<u8>>, address: &str, entry: &Entry) -> io::Result<()> {
    text(xml, "title", &entry.title)?;
    // Of the date, so that an entry whose title changes stays the same one.
    text(xml, "id", &format!("{address}{PAGE}#{}", entry.date))?;
    let place = format!("{address}{PAGE}#{}", entry.anchor);
    link(xml, "alternate", "text/html", &place)?;
    text(xml, "updated", &midnight(&entry.date))?;
    xml.create_element("content")
        .with_attribute(("type", "html"))
        .write_text_content(BytesText::new(&with_whole_addresses(address, &entry.html)))?;
    Ok(())
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, kind: &str, address: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", address)])
        .write_empty()?;
    Ok(())
}

fn midnight(date: &str) -> String {
    format!("{date}T00:00:00Z")
}

/// The same text for a reader who is not on the site.
fn with_whole_addresses(address: &str, html: &str) -> String {
    let fragment = Document::fragment(html);
    for link in fragment.select("a[href]").iter() {
        let target = link.attr_or("href", "").to_string();
        let is_whole = target.contains("://") || target.starts_with("mailto:");
        if target.starts_with('#') {
            link.set_attr("href", &format!("{address}{PAGE}{target}"));
        } else if !is_whole {
            link.set_attr("href", &format!("{address}{target}"));
        }
    }
    fragment.html_root().inner_html().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(main: &str) -> Page {
        Page::of(PAGE, main)
    }

    #[test]
    fn each_section_is_an_entry() {
        let page = page(
            "<h1 id=\"c\">Changes</h1><p>Not part of one.</p>\
             <h2 id=\"b\"><a class=\"header\" href=\"#b\">2027-01-02: Pins &amp; &lt;needles&gt;</a></h2>\
             <p>See <a href=\"pinning.html#why\">why</a>, <a href=\"#a\">below</a> and \
             <a href=\"https://example.com/\">there</a>.</p><ul><li>x</li></ul>\
             <h2 id=\"a\">2026-11-21: First</h2><p>All.</p>",
        );
        let entries = entries(&page).expect("the page is well formed");
        let about = About {
            title: "A & B".to_owned(),
            language: "en".to_owned(),
            authors: vec!["Somebody".to_owned()],
        };
        let feed = feed("https://example.org/book/", &entries, &about).expect("it can be written");
        let expected = r##"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>What changed in A &amp; B</title>
  <id>https://example.org/book/feed.xml</id>
  <link rel="self" type="application/atom+xml" href="https://example.org/book/feed.xml"/>
  <link rel="alternate" type="text/html" href="https://example.org/book/changes.html"/>
  <updated>2027-01-02T00:00:00Z</updated>
  <author>
    <name>Somebody</name>
  </author>
  <entry>
    <title>Pins &amp; &lt;needles&gt;</title>
    <id>https://example.org/book/changes.html#2027-01-02</id>
    <link rel="alternate" type="text/html" href="https://example.org/book/changes.html#b"/>
    <updated>2027-01-02T00:00:00Z</updated>
    <content type="html">&lt;p&gt;See &lt;a href=&quot;https://example.org/book/pinning.html#why&quot;&gt;why&lt;/a&gt;, &lt;a href=&quot;https://example.org/book/changes.html#a&quot;&gt;below&lt;/a&gt; and &lt;a href=&quot;https://example.com/&quot;&gt;there&lt;/a&gt;.&lt;/p&gt;
&lt;ul&gt;&lt;li&gt;x&lt;/li&gt;&lt;/ul&gt;</content>
  </entry>
  <entry>
    <title>First</title>
    <id>https://example.org/book/changes.html#2026-11-21</id>
    <link rel="alternate" type="text/html" href="https://example.org/book/changes.html#a"/>
    <updated>2026-11-21T00:00:00Z</updated>
    <content type="html">&lt;p&gt;All.&lt;/p&gt;</content>
  </entry>
</feed>
"##;
        assert_eq!(feed, expected);
    }

    #[test]
    fn a_page_that_no_feed_can_be_made_of_is_refused() {
        let said = |main: &str| entries(&page(main)).expect_err("it is refused").to_string();
        assert_eq!(
            said("<h2 id=\"a\">November 21: First</h2>"),
            "changes.html: the heading `November 21: First` is no entry; write `## YYYY-MM-DD: title`"
        );
        assert!(said("<h2 id=\"a\">2026-13-01: First</h2>").contains("is no entry"));
        assert!(said("<h2 id=\"a\">2026-1-1: First</h2>").contains("is no entry"));
        assert_eq!(
            said("<h2 id=\"a\">2026-11-21: First</h2><h2 id=\"b\">2026-11-21: Second</h2>"),
            "changes.html: the entry of 2026-11-21 stands below that of 2026-11-21; \
             write one entry a day, the newest first"
        );
        assert!(said("<h1>Changes</h1>").contains("there is no entry"));
    }
}
