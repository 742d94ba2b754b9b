//! What the style sheets cannot find out by themselves.

use crate::page::Page;
use dom_query::Selection;

/// The columns for which a listing has room, in the style sheets' sizes.
const COLUMNS: usize = 76;

/// Marks what needs another layout: wide listings and the cells of tables. Says
/// how large code is, which is laid out when it comes into sight.
pub fn add(page: &Page) {
    // What is typed into a terminal goes on below, however long it is.
    let blocks = "pre:not(.command) > code:not(.language-console)";
    for code in page.main().select(blocks).iter() {
        measure(&code, code.text().lines());
    }
    for code in page.main().select(".run-code").iter() {
        let lines: Vec<_> = code.select("li").iter().map(|line| line.text()).collect();
        measure(&code, lines.iter().map(AsRef::as_ref));
    }
    let blocks = page.document.select("main > figure.listing, main > pre");
    for block in blocks.iter().filter(is_wide) {
        block.add_class("wide");
    }
    for table in page.main().select("table").iter() {
        align(&table);
        if table.parent().has_class("table-wrapper") {
            label(&table);
        }
        // A head without text is none.
        for head in table.select("th").iter() {
            if head.text().trim().is_empty() {
                head.rename("td");
            }
        }
    }
}

/// Whether a listing or another block of code needs the margin as well.
fn is_wide(block: &Selection<'_>) -> bool {
    let has_long_line = |code: &Selection<'_>| {
        let text = code.text();
        text.lines().any(|line| line.chars().count() > COLUMNS)
    };
    let blocks = block.select(".listing-code pre, .listing-output pre");
    block.is("pre") && has_long_line(block) || blocks.iter().any(|code| has_long_line(&code))
}

/// Tells the style sheets how many lines and columns code has.
fn measure<'a>(code: &Selection<'_>, lines: impl Iterator<Item = &'a str>) {
    let columns: Vec<usize> = lines.map(|line| line.chars().count()).collect();
    if let Some(widest) = columns.iter().max() {
        code.set_attr("data-lines", &columns.len().to_string());
        code.set_attr("data-columns", &widest.to_string());
    }
}

/// Makes the alignment of cells a class: mdBook writes it as a `style`
/// attribute, which the pages' security policy does not allow.
fn align(table: &Selection<'_>) {
    for cell in table.select("th[style], td[style]").iter() {
        let style = cell.attr_or("style", "").to_string();
        if let Some(side) = style.strip_prefix("text-align: ") {
            cell.remove_attr("style");
            cell.add_class(side);
        }
    }
}

/// Gives each cell the head of its column, to be shown where the columns of a
/// row have to stand one below another.
fn label(table: &Selection<'_>) {
    let heads: Vec<String> = table
        .select("thead th")
        .iter()
        .map(|head| head.text().trim().to_owned())
        .collect();
    for row in table.select("tbody tr").iter() {
        for (cell, head) in row.select("td").iter().zip(&heads) {
            if !head.is_empty() {
                cell.set_attr("data-head", head);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_classes(main: &str) -> String {
        let page = Page::of("tea.html", main);
        add(&page);
        page.main().inner_html().to_string()
    }

    #[test]
    fn what_is_longer_than_a_listing_is_wide() {
        let listing = |columns: usize| {
            let code = "x".repeat(columns);
            with_classes(&format!(
                "<figure class=\"listing\"><div class=\"listing-code\"><pre><code>{code}</code></pre></div></figure>"
            ))
        };
        assert!(!listing(COLUMNS).contains("wide"));
        assert!(listing(COLUMNS + 1).contains("class=\"listing wide\""));
        let block = format!("<pre><code>{}</code></pre>", "x".repeat(COLUMNS + 1));
        assert!(with_classes(&block).starts_with("<pre class=\"wide\">"));
    }

    #[test]
    fn code_that_does_not_wrap_says_how_large_it_is() {
        assert_eq!(
            with_classes("<pre><code><i>tea</i>\n\nfür\n</code></pre>"),
            "<pre><code data-lines=\"3\" data-columns=\"3\"><i>tea</i>\n\nfür\n</code></pre>"
        );
        assert_eq!(
            with_classes(
                "<ol class=\"run-code\"><li><code>tea</code></li><li><code></code></li></ol>"
            ),
            "<ol class=\"run-code\" data-lines=\"2\" data-columns=\"3\"><li><code>tea</code></li><li><code></code></li></ol>"
        );
        for wraps in [
            "<pre class=\"command\"><code>ls</code></pre>",
            "<pre><code class=\"language-console\">$ ls</code></pre>",
            "<pre><code></code></pre>",
            "<p><code>tea</code></p>",
        ] {
            assert_eq!(with_classes(wraps), wraps);
        }
    }

    #[test]
    fn a_cell_knows_its_side_and_the_head_of_its_column() {
        let table = "<div class=\"table-wrapper\"><table><thead><tr><th></th><th style=\"text-align: right\">ms</th></tr></thead>\
                     <tbody><tr><td>a</td><td style=\"text-align: right\">1</td></tr></tbody></table></div>";
        assert_eq!(
            with_classes(table),
            "<div class=\"table-wrapper\"><table><thead><tr><td></td><th class=\"right\">ms</th></tr></thead>\
             <tbody><tr><td>a</td><td class=\"right\" data-head=\"ms\">1</td></tr></tbody></table></div>"
        );
    }
}
