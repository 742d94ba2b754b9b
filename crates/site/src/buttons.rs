//! Buttons in the text: for code to be copied, and for outputs to be guessed.
//! They stand in a page from the start, so that it is laid out once; without
//! scripts they are not shown.

use crate::page::{Page, escape};

/// Adds them to listings, commands, outputs to guess, and code between
/// paragraphs.
pub fn add(page: &Page) {
    let main = page.main();
    main.select("pre.command").after_html(copy("the command"));
    for (index, listing) in main.select("figure.listing").iter().enumerate() {
        let name = listing.select(".listing-number").first().text();
        if listing.select(".listing-code").exists() {
            let caption = listing.select("figcaption");
            caption.append_html(copy(&format!("the code of {name}")));
        }
        let whole = listing.select(".listing-whole > pre");
        whole.before_html(copy(&format!("the whole program of {name}")));
        let guess = listing.select(".guess");
        if guess.exists() {
            let id = format!("guess-{}", index + 1);
            let attributes = format!(" aria-controls=\"{id}\" aria-expanded=\"false\"");
            let reveal = button(
                "reveal",
                &attributes,
                "Show what it prints",
                &format!("({name})"),
            );
            guess.set_attr("id", &id);
            // Behind the first command and the button that copies it.
            let command = guess.select("pre.command + .copy").first();
            if command.exists() {
                command.after_html(reveal);
            } else {
                guess.prepend_html(reveal);
            }
        }
    }
    for block in main.select("pre:not(figure pre):has(> code)").iter() {
        let is_session = block.select(".language-console").exists();
        block.before_html(copy(if is_session {
            "the commands"
        } else {
            "the code"
        }));
    }
}

fn copy(what: &str) -> String {
    button("copy", "", "Copy", what)
}

/// A button; `more` is said to those who do not see where it is.
fn button(class: &str, attributes: &str, text: &str, more: &str) -> String {
    format!(
        "<button type=\"button\" class=\"{class} needs-script\"{attributes}><span>{text}</span>\
         <span class=\"unseen\"> {}</span></button>",
        escape(more)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_buttons(main: &str) -> String {
        let page = Page::of("tea.html", main);
        add(&page);
        page.main().inner_html().to_string()
    }

    fn listing(inside: &str) -> String {
        with_buttons(&format!(
            "<figure class=\"listing\"><figcaption><span class=\"listing-number\">Listing 7.2</span></figcaption>{inside}</figure>"
        ))
    }

    const CODE: &str = "<pre><code>x</code></pre>";

    #[test]
    fn code_is_copied_by_a_button_of_its_caption() {
        let listing = listing(&format!("<div class=\"listing-code\">{CODE}</div>"));
        assert!(
            listing.contains(
                "Listing 7.2</span><button type=\"button\" class=\"copy needs-script\"><span>Copy</span>\
                 <span class=\"unseen\"> the code of Listing 7.2</span></button></figcaption>"
            ),
            "{listing}"
        );
        assert_eq!(listing.matches("<button").count(), 1);
    }

    #[test]
    fn a_whole_program_has_its_button_before_it() {
        let listing = listing(&format!(
            "<details class=\"listing-whole\"><summary></summary>{CODE}</details>"
        ));
        assert!(
            listing.contains(&format!(
                "the whole program of Listing 7.2</span></button>{CODE}"
            )),
            "{listing}"
        );
        assert_eq!(listing.matches("<button").count(), 1);
    }

    #[test]
    fn an_output_to_guess_is_shown_by_a_button_behind_its_command() {
        let listing = listing(
            "<div class=\"console guess\"><div class=\"step\"><pre class=\"command\"></pre><pre class=\"printed\"></pre></div></div>",
        );
        let (before, reveal) = listing
            .split_once("<button type=\"button\" class=\"reveal needs-script\"")
            .unwrap();
        assert!(
            before.contains("<div class=\"console guess\" id=\"guess-1\">"),
            "{before}"
        );
        assert!(before.ends_with("the command</span></button>"), "{before}");
        assert_eq!(
            reveal,
            " aria-controls=\"guess-1\" aria-expanded=\"false\"><span>Show what it prints</span>\
             <span class=\"unseen\"> (Listing 7.2)</span></button><pre class=\"printed\"></pre></div></div></figure>"
        );
    }

    #[test]
    fn a_message_to_guess_is_shown_by_a_button_before_it() {
        let listing = listing(&format!("<div class=\"compiler guess\">{CODE}</div>"));
        assert!(
            listing.contains("<div class=\"compiler guess\" id=\"guess-1\"><button type=\"button\" class=\"reveal"),
            "{listing}"
        );
    }

    #[test]
    fn code_between_paragraphs_is_copied_too() {
        assert_eq!(with_buttons(CODE), copy("the code") + CODE);
        let session = "<pre><code class=\"language-console\">$ ls</code></pre>";
        assert_eq!(with_buttons(session), copy("the commands") + session);
        let drawing = "<pre>|</pre>";
        assert_eq!(with_buttons(drawing), drawing);
    }
}
