//! What is printed: the page that has all chapters, without what a screen
//! needs, and with what a book has.

use crate::downloads::Edition;
use crate::outline::{Chapter, Outline};
use crate::page::{Page, escape};
use crate::whole;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::fs;

/// Scripts would change the page; buttons and menus have no use on paper.
const OF_THE_SCREEN: &str = "script, meta[http-equiv], body > :not(main), #resume, #downloads, \
                             details.listing-whole, .listing-playground";

/// From the book's root.
const COVER: &str = "theme/cover.svg";

/// The paper of the book; that of a single chapter is the reader's.
///
/// Nothing is laid out for the screen: the browser would do that while it still
/// reads, as far as it has come by then, and where lines fall on paper would
/// differ by a hair between two runs.
const STYLE: &str = "@page { size: 170mm 240mm; margin: 16mm 15mm 20mm }\n\
                     @page cover { margin: 0 }\n\
                     @media screen { html { display: none } }\n";

/// A listing of no more lines is kept on one page, which has room for some 50.
const SHORT: usize = 26;

/// The HTML of the whole book.
///
/// # Errors
/// If the cover cannot be read.
pub fn of(page: &Page, edition: &Edition<'_>, outline: &Outline) -> Result<String> {
    let document = page.document.clone();
    document.select(OF_THE_SCREEN).remove();
    let main = document.select_single("main");
    for link in main.select("a[href]").iter() {
        let href = link.attr_or("href", "");
        if href.starts_with('#') || href.contains("://") || href.starts_with("mailto:") {
            continue;
        }
        // A file of the site, which is not beside a PDF.
        match edition.address {
            Some(address) => link.set_attr("href", &format!("{address}{href}")),
            None => {
                let html = link.inner_html();
                link.replace_with_html(html);
            }
        }
    }
    for listing in main.select("figure.listing").iter() {
        if listing.text().lines().count() <= SHORT {
            listing.add_class("short");
        }
    }
    let mut style = STYLE.to_owned();
    let html = main.inner_html();
    let chapters = html.split(whole::BREAK).zip(outline.chapters());
    let chapters = chapters.enumerate().map(|(count, (html, chapter))| {
        // What stands at the foot of its pages; the first has the book's title.
        if count > 0 {
            let title = quoted(&running_title(chapter));
            writeln!(
                style,
                "@page chapter-{count} {{ @bottom-left {{ content: {title} }} }}\n\
                             .chapter-{count} {{ page: chapter-{count} }}"
            )?;
        }
        anyhow::Ok(format!(
            "<section class=\"chapter chapter-{count}\">{html}</section>\n"
        ))
    });
    let chapters = chapters.collect::<Result<String>>()?;
    let cover = fs::read_to_string(edition.root.join(COVER))
        .with_context(|| format!("cannot read {COVER}"))?;
    main.set_html(format!("<div class=\"cover\">{cover}</div>\n{chapters}"));
    main.add_class("whole-book");
    if let Some((_, subtitle)) = edition.title.split_once(':') {
        let subtitle = escape(subtitle.trim());
        main.select_single("h1")
            .after_html(format!("<p class=\"subtitle\">{subtitle}</p>"));
    }
    main.select_single("#whole-contents")
        .prepend_html("<h2>Contents</h2>");
    let head = document.select_single("head");
    head.append_html(format!("<style>\n{style}</style>"));
    Ok(document.html().to_string())
}

fn running_title(chapter: &Chapter) -> String {
    match &chapter.number {
        Some(number) => format!("{number}\u{2002}{}", chapter.name),
        None => chapter.name.clone(),
    }
}

/// As a string of CSS, in HTML.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' | '<' | '\n' => format!("\\{:x} ", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_string_of_css() {
        assert_eq!(quoted("Pin & \"<T>\""), "\"Pin & \\22 \\3c T>\\22 \"");
    }
}
