//! What the style sheets cannot find out by themselves.

use crate::page::Page;
use dom_query::Selection;

/// The columns of code that are as wide as a column of text, in the style
/// sheets' sizes.
const COLUMNS_OF_TEXT: usize = 68;

/// Marks what needs another layout: wide listings and the cells of tables.
pub fn add(page: &Page) {
    for figure in page.main().select("figure.listing").iter() {
        if is_wide(&figure) {
            figure.add_class("wide");
        }
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

/// Whether a listing needs more room than the text has.
fn is_wide(figure: &Selection<'_>) -> bool {
    let blocks = figure.select(".listing-code pre, .listing-output pre");
    blocks.iter().any(|block| {
        let text = block.text();
        text.lines()
            .any(|line| line.chars().count() > COLUMNS_OF_TEXT)
    })
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
