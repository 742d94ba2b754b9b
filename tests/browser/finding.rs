//! How a reader gets about: search, and the keyboard alone.

use crate::Behavior;
use crate::site::Site;
use crate::tab::{Tab, texts};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::collections::BTreeSet;
use thirtyfour::Key;

pub fn trials() -> Vec<(&'static str, Behavior)> {
    vec![
        (
            "search: finds names and error codes, and Enter goes there",
            search,
        ),
        (
            "search: says that nothing is found, and Escape closes it",
            search_in_vain,
        ),
        (
            "keyboard: every stop is seen and every control reached, 1280 px wide",
            |tab, site| walk(tab, site, 1280),
        ),
        (
            "keyboard: every stop is seen and every control reached, 375 px wide",
            |tab, site| walk(tab, site, 375),
        ),
        ("keyboard: skips to the text", skip),
        (
            "keyboard: opens and closes the contents, 375 px wide",
            open_contents,
        ),
        (
            "keyboard: arrows turn pages, but not in code or a selection",
            arrows,
        ),
    ]
}

const SEARCH_IS_OPEN: &str = "document.querySelector('dialog[open]')
    && document.activeElement.matches('dialog[open] input')";

pub fn search_for(tab: &Tab, word: &str) -> Result<()> {
    tab.click("#search-open")?;
    tab.wait("the search opens, ready to type", SEARCH_IS_OPEN)?;
    tab.press(word)?;
    tab.wait(
        &format!("the search finds `{word}`"),
        "document.querySelector('dialog[open] li a[href]')",
    )?;
    Ok(())
}

/// Goes to the first result, and looks for the word there.
pub fn go_there(tab: &Tab, word: &str) -> Result<()> {
    let first = tab.run("return document.querySelector('dialog[open] li a[href]').href")?;
    tab.press(Key::Enter)?;
    tab.wait(
        &format!("Enter goes to the first result, {first}"),
        &format!("location.href === {first} && !document.querySelector('dialog[open]')"),
    )?;
    let literal = json!(word);
    tab.wait(
        &format!("the section that was found has `{word}`"),
        &format!(
            "(() => {{
                const start = document.getElementById(decodeURIComponent(location.hash.slice(1))) ?? document.querySelector('main');
                const end = [...document.querySelectorAll('main h2[id]')].find(
                    (other) => start.compareDocumentPosition(other) & 4 && !start.contains(other));
                const range = document.createRange();
                range.setStartBefore(start);
                if (end) range.setEndBefore(end);
                else range.setEndAfter(document.querySelector('main'));
                return range.toString().includes({literal});
            }})()"
        ),
    )?;
    Ok(())
}

fn search(tab: &Tab, site: &Site) -> Result<()> {
    for word in ["JoinSet", "select!", "tokio::spawn", "E0277"] {
        tab.open(&site.at("glossary.html"))?;
        search_for(tab, word)?;
        let said =
            tab.run("return document.querySelector('dialog[open] [role=status]')?.textContent")?;
        ensure!(
            said.as_str().is_some_and(|said| !said.is_empty()),
            "no live region says how much was found"
        );
        go_there(tab, word)?;
    }
    Ok(())
}

fn search_in_vain(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at("index.html"))?;
    tab.press("/")?;
    tab.wait("the key / opens the search", SEARCH_IS_OPEN)?;
    tab.press("xyzzyplugh")?;
    tab.wait(
        "the search says that there is nothing",
        "document.querySelector('dialog[open] [role=status]')?.textContent.startsWith('No ')",
    )?;
    tab.press(Key::Escape)?;
    tab.wait(
        "Escape closes the search",
        "!document.querySelector('dialog[open]')",
    )?;
    Ok(())
}

/// Where the focus is, and how it looks.
const STOP: &str = include_str!("stop.js");
/// What can have it.
const STOPS: &str = include_str!("stops.js");

fn walk(tab: &Tab, site: &Site, width: u32) -> Result<()> {
    let page = site.page_with("guess")?;
    tab.set_width(width)?;
    tab.open(&site.at(page))?;
    let wanted: BTreeSet<String> = texts(&tab.run(STOPS)?).into_iter().collect();
    let mut reached = BTreeSet::new();
    let mut unseen = Vec::new();
    loop {
        tab.press(Key::Tab)?;
        let stop = tab.run(STOP)?;
        let Some(name) = stop["name"].as_str() else {
            break;
        };
        if reached.is_empty() {
            ensure!(
                stop["isSkip"] == true,
                "{page}: the first stop is {name}, not the link that skips to the text"
            );
        }
        if let Some(fault) = stop["fault"].as_str() {
            unseen.push(format!("{name} {fault}"));
        }
        ensure!(
            reached.insert(name.to_owned()),
            "{page}: the focus comes to {name} twice"
        );
    }
    let missed: Vec<&String> = wanted.difference(&reached).collect();
    ensure!(
        missed.is_empty(),
        "{page}: the key Tab does not reach {missed:?}"
    );
    ensure!(unseen.is_empty(), "{page}: {}", unseen.join("\n"));
    Ok(())
}

fn skip(tab: &Tab, site: &Site) -> Result<()> {
    for page in ["index.html", "404.html"] {
        tab.open(&site.at(page))?;
        tab.press(Key::Tab)?;
        tab.press(Key::Enter)?;
        tab.wait(
            &format!("{page}: the focus is in the text"),
            "document.activeElement.matches('main#content')",
        )?;
        ensure!(
            tab.run("return location.pathname")?
                == *site.at(page).trim_start_matches(&site.origin()),
            "{page}: the link that skips to the text leaves the page"
        );
    }
    Ok(())
}

fn open_contents(tab: &Tab, site: &Site) -> Result<()> {
    tab.set_width(375)?;
    tab.open(&site.at("glossary.html"))?;
    let is_open = "document.querySelector('#contents').checkVisibility()";
    ensure!(
        tab.run(&format!("return {is_open}"))? == false,
        "the contents cover the page at once"
    );
    tab.run("document.getElementById('contents-open').focus()")?;
    tab.press(Key::Enter)?;
    tab.wait("the contents open", is_open)?;
    tab.press(Key::Tab)?;
    tab.wait(
        "Tab goes into them",
        "document.activeElement.closest('#contents')",
    )?;
    tab.press(Key::Escape)?;
    tab.wait("Escape closes them", &format!("!{is_open}"))?;
    tab.wait(
        "the focus is back",
        "document.activeElement.id === 'contents-open'",
    )?;
    Ok(())
}

fn arrows(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.at(site.page_with("guess")?);
    tab.open(&page)?;
    let next = tab.run("return document.querySelector('a[rel=next]').href")?;
    let next = next.as_str().context("there is a next page")?;
    // Each way to be busy on the page, and the way out of it.
    let busy = [
        (
            "while text is selected",
            "getSelection().selectAllChildren(document.querySelector('main p'))",
            "getSelection().removeAllRanges()",
        ),
        (
            "while code has the focus",
            "const code = document.querySelector('main pre'); code.tabIndex = 0; code.focus()",
            "document.activeElement.blur()",
        ),
        (
            "while a button has the focus",
            "document.querySelector('main button').focus()",
            "document.activeElement.blur()",
        ),
    ];
    for (when, begin, end) in busy {
        tab.run(begin)?;
        for key in [Key::Right, Key::Left] {
            tab.press(key)?;
            ensure!(
                tab.run("return location.href")? == *page,
                "an arrow key turns the page {when}"
            );
        }
        tab.run(end)?;
    }
    tab.click("main pre code")?;
    tab.press(Key::Right)?;
    ensure!(
        tab.run("return location.href")? == *page,
        "an arrow key turns the page after a click into code"
    );
    tab.run("scrollTo(0, 0)")?;
    tab.click("main .chapter-number")?;
    tab.press(Key::Right)?;
    tab.wait(
        "the arrow to the right turns the page",
        &format!("location.href === {}", json!(next)),
    )?;
    tab.press(Key::Left)?;
    tab.wait(
        "the arrow to the left turns it back",
        &format!("location.href === {}", json!(page)),
    )?;
    Ok(())
}
