//! Footnotes as side notes: each moves behind the paragraph that refers to it,
//! where wide screens show it in the margin and narrow ones below the text.

use crate::page::Page;

pub fn move_beside(page: &Page) {
    // One list, or one for each chapter on the page that has them all.
    let lists = page.main().select("ol.footnote-definition");
    // From the last to the first: of two notes to one paragraph, the second to
    // be put behind it stands first.
    let notes: Vec<_> = lists.select("li[id]").iter().collect();
    for note in notes.into_iter().rev() {
        let id = note.attr_or("id", "").to_string();
        note.select("a[href^='#fr-']").remove();
        let paragraphs = note.select("p");
        let html: Vec<String> = paragraphs
            .iter()
            .map(|paragraph| paragraph.inner_html().trim().to_owned())
            .collect();
        let reference = page.main().select_single(&format!("a[href='#{id}']"));
        let number = reference.text();
        let Some(block) = reference.nodes().first().and_then(|node| {
            let blocks = node.ancestors(None);
            blocks
                .into_iter()
                .take_while(|ancestor| !ancestor.has_name("main"))
                .last()
        }) else {
            continue;
        };
        block.after_html(format!(
            "<div class=\"sidenote\" role=\"note\" id=\"{id}\">\
             <p><span class=\"sidenote-number\">{number}</span> {}</p></div>",
            html.join("</p><p>")
        ));
    }
    for list in lists.iter() {
        let before = list.prev_sibling();
        if before.is("hr") {
            before.remove();
        }
        list.remove();
    }
}
