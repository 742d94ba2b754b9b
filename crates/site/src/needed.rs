//! Scripts and style sheets that some pages need and others do not.

use crate::page::Page;

/// Removes what the template marks with `data-for`, a selector of which the page
/// has nothing.
pub fn keep(page: &Page) {
    for element in page.document.select("head [data-for]").iter() {
        let selector = element.attr_or("data-for", "").to_string();
        if page.main().select(&selector).exists() {
            element.remove_attr("data-for");
        } else {
            element.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[test]
    fn a_page_keeps_what_it_needs() {
        let page = Page {
            file: "tea.html".to_owned(),
            document: Document::from(
                "<html><head><script src=\"a.js\" data-for=\"a-cup\"></script>\
                 <link href=\"b.css\" data-for=\"a-pot\"></head><body><main><a-cup></a-cup></main></body></html>",
            ),
        };
        keep(&page);
        let head = page.document.select_single("head").inner_html();
        assert_eq!(&*head, "<script src=\"a.js\"></script>");
    }
}
