//! A link that somebody has kept leads somewhere: each address that the book
//! has had, in addresses.txt, is still a page, or a redirect of book.toml.

use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_html::HtmlHandlebars;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LIST: &str = "tests/addresses.txt";

#[test]
fn each_address_leads_somewhere() {
    let read = |file| {
        fs::read_to_string(Path::new(ROOT).join(file))
            .unwrap_or_else(|error| panic!("{file}: {error}"))
    };
    let book = mdbook_rehearse::load_book(Path::new(ROOT)).expect("the book can be read");
    let html = book.config.html_config().unwrap_or_default();
    let site = Site {
        addresses: &read(LIST),
        summary: &read("src/SUMMARY.md"),
        book_toml: &read("book.toml"),
        pages: pages(&book),
        redirects: html.redirect.into_iter().collect(),
    };
    let mut rendered = None;
    let findings = site.judge(|page, id| {
        let (_, folder) = rendered.get_or_insert_with(render);
        let html = fs::read_to_string(folder.join(page));
        html.is_ok_and(|html| html.contains(&format!("id=\"{id}\"")))
    });
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// The pages of the book, from the site's root.
fn pages(book: &MDBook) -> BTreeSet<String> {
    let chapters = book.book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => chapter.path.as_ref(),
        _ => None,
    });
    let pages = chapters.map(|path| {
        let page = path.with_extension("html");
        page.to_string_lossy().replace('\\', "/")
    });
    // mdBook lets the first chapter be this page if none is.
    pages.chain(["index.html".to_owned()]).collect()
}

/// The folder of the rendered pages, for their ids: only mdBook knows which it
/// gives to headings.
fn render() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut book = mdbook_rehearse::load_book(Path::new(ROOT)).expect("the book can be read");
    book.config.build.build_dir = folder.path().to_path_buf();
    book.execute_build_process(&HtmlHandlebars::new())
        .expect("the book can be built");
    let pages = book.build_dir_for("html");
    (folder, pages)
}

/// What the addresses are held against.
struct Site<'a> {
    /// The text of addresses.txt.
    addresses: &'a str,
    summary: &'a str,
    book_toml: &'a str,
    pages: BTreeSet<String>,
    redirects: BTreeMap<String, String>,
}

impl Site<'_> {
    /// What is wrong, each with file, line and how to mend it; `has_id` says
    /// whether a page has an id.
    fn judge(&self, mut has_id: impl FnMut(&str, &str) -> bool) -> Vec<String> {
        let listed: Vec<(usize, &str)> = (1..)
            .zip(self.addresses.lines())
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let known: BTreeSet<&str> = listed.iter().map(|(_, address)| *address).collect();
        let redirected: BTreeMap<&str, &str> = self
            .redirects
            .iter()
            .map(|(from, to)| (from.trim_start_matches('/'), to.as_str()))
            .collect();
        let mut findings = Vec::new();
        for pair in listed.windows(2) {
            let [(_, before), (line, address)] = pair else {
                continue;
            };
            if before >= address {
                findings.push(format!(
                    "{LIST}:{line}: `{address}` does not follow `{before}` in order\n  \
                     to mend it: sort the addresses, each once"
                ));
            }
        }
        for (line, address) in listed {
            if !self.pages.contains(address) && !redirected.contains_key(address) {
                findings.push(format!(
                    "{LIST}:{line}: `{address}` is no page of the book any more, and readers have links to it\n  \
                     to mend it: say in book.toml where its text is now, under [output.html.redirect]: \
                     `\"/{address}\" = \"new-page.html#section\"`"
                ));
            }
        }
        for page in &self.pages {
            if !known.contains(page.as_str()) {
                let source = page.replace(".html", ".md");
                let line = line_of(self.summary, &format!("({source})"));
                findings.push(format!(
                    "src/SUMMARY.md:{line}: the page `{page}` is not in {LIST}\n  \
                     to mend it: add the line `{page}` there, so that its address is kept from now on"
                ));
            }
        }
        for (from, to) in redirected {
            let line = line_of(self.book_toml, &format!("{from}\""));
            let wrong = self
                .judge_source(from, &known)
                .or_else(|| self.judge_target(from, to, &mut has_id));
            if let Some((what, mend)) = wrong {
                findings.push(format!("book.toml:{line}: {what}\n  to mend it: {mend}"));
            }
        }
        findings
    }

    fn judge_source(&self, from: &str, known: &BTreeSet<&str>) -> Option<(String, String)> {
        let (page, id) = from.split_once('#').unwrap_or((from, ""));
        if self.pages.contains(page) {
            let mend = match id {
                "" => "delete the redirect, or the page".to_owned(),
                id => format!(
                    "delete the redirect, and let the heading keep its id: `## Title {{#{id}}}`"
                ),
            };
            return Some((
                format!("nobody follows the redirect of `{from}`, because `{page}` is a page"),
                mend,
            ));
        }
        if !id.is_empty() {
            return Some((
                format!(
                    "nobody follows the redirect of `{from}`: theme/redirect.hbs knows whole pages only"
                ),
                format!("redirect `/{page}`, to the section that most readers of it want"),
            ));
        }
        (!known.contains(page)).then(|| {
            (
                format!("`{page}`, which is redirected, is not in {LIST}"),
                format!("add the line `{page}` there, or correct the redirect"),
            )
        })
    }

    fn judge_target(
        &self,
        from: &str,
        to: &str,
        mut has_id: impl FnMut(&str, &str) -> bool,
    ) -> Option<(String, String)> {
        if to.contains("://") {
            return None;
        }
        let (path, id) = to.split_once('#').unwrap_or((to, ""));
        if path.starts_with('/') {
            return Some((
                format!("the redirect to `{to}` leaves the book where that is not all of its host"),
                "write the path from the folder of the old page, without `/` before it".to_owned(),
            ));
        }
        let page = beside(from, path);
        if !self.pages.contains(&page) {
            return Some((
                format!("the redirect of `{from}` leads to `{page}`, which is no page of the book"),
                "name the page where the text is now".to_owned(),
            ));
        }
        (!id.is_empty() && !has_id(&page, id)).then(|| {
            (
                format!("the redirect of `{from}` leads to `{to}`, a place that `{page}` has not"),
                "name the id of a heading of that page".to_owned(),
            )
        })
    }
}

/// A path from the folder of another page, from the site's root.
fn beside(from: &str, path: &str) -> String {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let mut parts = Vec::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    parts.join("/")
}

/// The line that holds a text, or the first.
fn line_of(text: &str, part: &str) -> usize {
    let at = text.lines().position(|line| line.contains(part));
    at.map_or(1, |at| at + 1)
}

#[test]
fn what_leads_nowhere_is_found() {
    let redirects = [
        ("/old.html", "tea.html#milk"),
        ("/old.html#cup", "tea.html"),
        ("/cold.html", "tea.html#ice"),
        ("/far.html", "https://example.com/"),
        ("/pots/small.html", "../gone.html"),
        ("/pots/large.html", "../tea.html"),
        ("/root.html", "/tea.html"),
        ("/tea.html#sugar", "tea.html#milk"),
        ("/unlisted.html", "tea.html"),
    ];
    let site = Site {
        addresses: "# All.\ncold.html\nfar.html\nindex.html\nlost.html\nold.html\npots/large.html\n\
                    pots/small.html\nroot.html\ntea.html\nbread.html\n",
        summary: "# Summary\n\n- [Tea](tea.md)\n- [Cake](cake.md)\n",
        book_toml: "[output.html.redirect]\n\"/cold.html\" = \"tea.html#ice\"\n",
        pages: ["index.html", "tea.html", "cake.html", "bread.html"]
            .map(str::to_owned)
            .into(),
        redirects: redirects
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .into(),
    };
    let findings = site.judge(|page, id| (page, id) == ("tea.html", "milk"));
    let first_lines: Vec<&str> = findings
        .iter()
        .filter_map(|finding| finding.lines().next())
        .collect();
    assert_eq!(
        first_lines,
        [
            "tests/addresses.txt:11: `bread.html` does not follow `tea.html` in order",
            "tests/addresses.txt:5: `lost.html` is no page of the book any more, and readers have links to it",
            "src/SUMMARY.md:4: the page `cake.html` is not in tests/addresses.txt",
            "book.toml:2: the redirect of `cold.html` leads to `tea.html#ice`, a place that `tea.html` has not",
            "book.toml:1: nobody follows the redirect of `old.html#cup`: theme/redirect.hbs knows whole pages only",
            "book.toml:1: the redirect of `pots/small.html` leads to `gone.html`, which is no page of the book",
            "book.toml:1: the redirect to `/tea.html` leaves the book where that is not all of its host",
            "book.toml:1: nobody follows the redirect of `tea.html#sugar`, because `tea.html` is a page",
            "book.toml:1: `unlisted.html`, which is redirected, is not in tests/addresses.txt",
        ]
    );
}
