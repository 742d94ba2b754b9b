//! What is printed: the page that has all chapters, without what a screen
//! needs.

use crate::downloads::Edition;
use crate::page::{Page, escape};

/// Scripts would change the page; buttons and menus have no use on paper.
const OF_THE_SCREEN: &str = "script, meta[http-equiv], body > :not(main), #resume, #downloads, \
                             .definitions";

/// The browser lays a page out while it still reads it, as far as it has come
/// by then. Where lines fall differs by a hair between two such runs. It has to
/// wait until it has the end.
const WAIT: &str = "<link rel=\"expect\" href=\"#end\" blocking=\"render\">";

/// The HTML of the whole book.
pub fn of(page: &Page, edition: &Edition<'_>) -> String {
    let document = page.document.clone();
    document.select(OF_THE_SCREEN).remove();
    document.select_single("head").append_html(WAIT);
    document
        .select_single("body")
        .append_html("<div id=\"end\"></div>");
    let main = document.select_single("main");
    main.add_class("whole-book");
    if let Some((_, subtitle)) = edition.title.split_once(':') {
        main.select_single("h1").after_html(format!(
            "<p class=\"subtitle\">{}</p>",
            escape(subtitle.trim())
        ));
    }
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
    document.html().to_string()
}
