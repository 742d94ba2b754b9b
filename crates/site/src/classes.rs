//! What the style sheets cannot find out by themselves.

use crate::page::Page;
use dom_query::Selection;

/// The columns for which a listing has room, in the style sheets' sizes.
const COLUMNS: usize = 76;

/// Marks what needs another layout: wide listings and the cells of tables.
pub fn add(page: &Page) {
    let blocks = page.document.select("main > figure.listing, main > pre");
    for block in blocks.iter().filter(is_wide) {
        block.add_class("wide");
    }
    for table in page.main().select("table").iter() {
        align(&table);
        label(&table);
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
