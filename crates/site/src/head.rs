//! What search engines and other sites are told of a page.

use crate::asset;
use crate::feed;
use crate::outline::Outline;
use crate::page::{Page, escape};
use crate::settings::Settings;
use anyhow::{Context, Result};
use dom_query::{Document, Selection};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// As long as search engines show it, in characters.
const LONGEST_DESCRIPTION: usize = 160;

/// The section at a chapter's end that says in short what the chapter said.
/// What a chapter begins with may be a story.
const IN_SHORT: &str = "what-to-remember";

/// The picture that other sites show with a link, from the book's root.
const CARD: &str = "theme/card.png";

/// Puts that picture among the pages, if the book has one, and tells its name.
///
/// # Errors
/// If it cannot be copied.
pub fn card(root: &Path, folder: &Path) -> Result<Option<String>> {
    match fs::read(root.join(CARD)) {
        Ok(picture) => asset::write(folder, "card", "png", &picture).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context(CARD),
    }
}

/// Writes description, canonical address and what a link to the page is shown
/// with.
pub fn fill(page: &Page, outline: &Outline, settings: &Settings, card: Option<&str>) {
    let head = page.document.select_single("head");
    if !page.is_for_readers() {
        return;
    }
    let description = head.select_single("meta[name=description]");
    let of_book = description.attr_or("content", "").to_string();
    // The first page is about the whole book.
    let is_first = outline.files().next() == Some(&page.file);
    let text = match is_first {
        true => of_book,
        false => shortened(&in_short(page)).unwrap_or(of_book),
    };
    description.set_attr("content", &text);
    let title = head.select_single("title").text().to_string();
    let mut tags = format!(
        "<meta property=\"og:type\" content=\"article\">\n\
         <meta property=\"og:title\" content=\"{}\">\n\
         <meta property=\"og:description\" content=\"{}\">\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n",
        escape(&title),
        escape(&text)
    );
    if let Some(address) = &settings.address {
        let canonical = escape(&canonical(address, &page.file));
        let address = escape(address);
        tags += &format!(
            "<link rel=\"canonical\" href=\"{canonical}\">\n\
             <meta property=\"og:url\" content=\"{canonical}\">\n"
        );
        if outline.chapter(feed::PAGE).is_some() {
            tags += &format!(
                "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"What changed in the book\" href=\"{address}feed.xml\">\n"
            );
        }
        if let Some(card) = card {
            tags += &format!("<meta property=\"og:image\" content=\"{address}{card}\">\n");
        }
    }
    description.after_html(tags);
}

/// The address of a page; that of `index.html` is its folder's.
pub fn canonical(address: &str, file: &str) -> String {
    format!(
        "{address}{}",
        file.strip_suffix("index.html").unwrap_or(file)
    )
}

/// What the chapter says in short, at its end; or else how it begins.
fn in_short(page: &Page) -> String {
    let main = page.main();
    let own = main.select(&format!("h2#{IN_SHORT} ~ p"));
    let all = main.select("p:not(.chapter-number)");
    let mut texts = own
        .iter()
        .chain(all.iter())
        .map(|paragraph| text(&paragraph));
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

/// The text of a paragraph in one line, without the numbers of its notes.
fn text(paragraph: &Selection<'_>) -> String {
    let copy = Document::fragment(paragraph.inner_html());
    copy.select("sup.footnote-reference").remove();
    let text = copy.text();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentences that fit, or as many words as do.
fn shortened(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() <= LONGEST_DESCRIPTION {
        return Some(text.to_owned());
    }
    let end = text
        .char_indices()
        .nth(LONGEST_DESCRIPTION - 1)
        .map_or(text.len(), |(at, _)| at);
    let fits = &text[..end];
    // Names such as `join!` end in a mark, too.
    let ends_sentence = |mark: &str, at: usize| {
        mark == ". " || !fits[at + mark.len()..].starts_with(char::is_lowercase)
    };
    let ends = [". ", "? ", "! "].into_iter().flat_map(|mark| {
        let found = fits.match_indices(mark).map(|(at, _)| at);
        found.filter(move |at| ends_sentence(mark, *at))
    });
    let sentence = ends.max().filter(|at| *at >= LONGEST_DESCRIPTION / 3);
    Some(match sentence {
        Some(at) => fits[..=at].to_owned(),
        None => {
            let words = fits.rfind(' ').map_or(fits, |at| &fits[..at]);
            format!("{}…", words.trim_end_matches([',', ';', ':']))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_ends_where_a_sentence_or_a_word_does() {
        let short = "One sentence.";
        assert_eq!(shortened(short).as_deref(), Some(short));
        let sentences = format!("{} Second. {}", "a".repeat(60), "b ".repeat(100));
        assert_eq!(
            shortened(&sentences),
            Some(format!("{} Second.", "a".repeat(60)))
        );
        let name = format!("{} b. join! and {}", "a".repeat(60), "c ".repeat(50));
        assert_eq!(shortened(&name), Some(format!("{} b.", "a".repeat(60))));
        let words = "word, ".repeat(40);
        let cut = shortened(&words).expect("there is text");
        assert!(cut.ends_with("word…") && cut.chars().count() <= LONGEST_DESCRIPTION);
        assert_eq!(shortened(""), None);
    }

    #[test]
    fn a_chapter_is_described_by_what_it_says_in_short() {
        let page = |main: &str| Page::of("tea.html", main);
        let story = "<p class=\"chapter-number\">Chapter 1</p><h1>Tea</h1>\
                     <p>A <em>cup</em><sup class=\"footnote-reference\">1</sup>\nis empty.</p>";
        assert_eq!(in_short(&page(story)), "A cup is empty.");
        let whole =
            format!("{story}<h2 id=\"what-to-remember\">…</h2><table></table><p>Steep it.</p>");
        assert_eq!(in_short(&page(&whole)), "Steep it.");
    }
}
