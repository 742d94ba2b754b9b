//! The book where much is missing: without scripts, from disk, without a
//! network, at an address that no page has.

use crate::Behavior;
use crate::finding::{go_there, search_for};
use crate::site::Site;
use crate::tab::{Tab, texts};
use crate::visit;
use anyhow::{Result, bail, ensure};
use serde_json::json;
use thirtyfour::Key;

pub fn trials() -> Vec<(&'static str, Behavior)> {
    vec![
        (
            "without scripts: all is there, and nothing that does nothing",
            without_scripts,
        ),
        ("from disk: chapters open, and the search finds", from_disk),
        ("offline: the whole book is there after a visit", offline),
        (
            "missing page: says so, and leads into the book",
            missing_page,
        ),
        ("files for machines: XML", xml),
        ("axe: what opens", axe_of_what_opens),
    ]
}

fn without_scripts(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.page_with("guess")?;
    tab.allow_scripts(false)?;
    tab.open(&site.at(page))?;
    let seen = tab.run(
        "const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
        const color = (selector) => getComputedStyle(document.querySelector(selector)).color;
        const found = [];
        if (document.documentElement.classList.contains('js')) found.push('scripts have run');
        for (const output of document.querySelectorAll('.listing-output pre')) {
            if (!isSeen(output)) found.push(`an output of ${output.closest('figure').id} is hidden`);
        }
        for (const button of document.querySelectorAll('button, [role=button]')) {
            const isUseful = document.getElementById(button.getAttribute('popovertarget') ?? '');
            if (isSeen(button) && !isUseful) found.push(`the button “${button.textContent.trim()}” does nothing`);
        }
        for (const control of document.querySelectorAll('input, select')) {
            if (isSeen(control)) found.push(`the ${control.localName} ${control.name} does nothing`);
        }
        if (color('code.language-rust .k') === color('code.language-rust')) found.push('code has no colors');
        if (!isSeen(document.querySelector('#contents a[aria-current=page]'))) found.push('the contents are hidden, 1280 px wide');
        return found;",
    )?;
    let found = texts(&seen);
    ensure!(found.is_empty(), "{page}: {}", found.join("\n"));
    tab.set_width(375)?;
    tab.click("#contents-open")?;
    let is_open = tab.run("return document.querySelector('#contents a').checkVisibility()")?;
    ensure!(
        is_open == true,
        "{page}, 375 px wide: the button does not open the contents"
    );
    tab.set_width(1280)?;
    tab.open(&site.at("index.html"))?;
    let seen = tab.run("return document.querySelectorAll('#whole-contents a').length > 50 && !document.getElementById('resume').checkVisibility()")?;
    ensure!(
        seen == true,
        "index.html: the contents are not there, or an empty way back is"
    );
    tab.allow_scripts(true)
}

fn from_disk(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&format!(
        "file://{}",
        site.folder.join("index.html").display()
    ))?;
    let styled = "getComputedStyle(document.querySelector('a.skip')).position !== 'static'";
    ensure!(
        tab.run(&format!("return {styled}"))? == true,
        "the title page has no style"
    );
    tab.click("#whole-contents .chapters a:has(.number)")?;
    tab.wait(
        "a chapter opens",
        "document.querySelector('main .chapter-number')",
    )?;
    ensure!(
        tab.run(&format!("return {styled}"))? == true,
        "the chapter has no style"
    );
    search_for(tab, "JoinSet")?;
    go_there(tab, "JoinSet")?;
    let said = tab.console()?;
    ensure!(said.is_empty(), "the console says {}", said.join("\n"));
    Ok(())
}

fn offline(tab: &Tab, site: &Site) -> Result<()> {
    let host = site.serve_again()?;
    let at = |page: &str| site.at_host(&host, page);
    let first = site.page_with("guess")?;
    tab.open(&at(first))?;
    // A reader moves; then the book is kept.
    tab.press(Key::PageDown)?;
    tab.wait(
        "the book is kept for later",
        "navigator.serviceWorker.getRegistration().then((kept) => kept?.active?.state === 'activated')",
    )?;
    let chapter = at("glossary.html");
    let missing = at("no-such-page.html");
    drop(host);
    tab.console()?;
    tab.open(&chapter)?;
    let seen = tab.run("return [document.querySelector('h1')?.textContent ?? '', String([...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)), document.querySelector('html').className]")?;
    let seen = texts(&seen);
    ensure!(
        seen[0] == "Glossary",
        "another page does not open: {seen:?}"
    );
    ensure!(
        seen[1] == "true" && seen[2] == "js",
        "it has no style or no script: {seen:?}"
    );
    search_for(tab, "JoinSet")?;
    go_there(tab, "JoinSet")?;
    let said = tab.console()?;
    // A browser may say that it could not reach the network; that is so.
    let wrong: Vec<&String> = said
        .iter()
        .filter(|line| !line.contains("ERR_CONNECTION_REFUSED"))
        .collect();
    ensure!(wrong.is_empty(), "the console says {wrong:?}");
    tab.open(&missing)?;
    let title = tab.run("return document.querySelector('h1')?.textContent")?;
    ensure!(
        title == "There is no such page",
        "a page that is missing shows {title}"
    );
    tab.console().map(drop)
}

fn missing_page(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at("no/such/page.html"))?;
    let seen = tab.run(
        "const { responseStatus } = performance.getEntriesByType('navigation')[0];
        return [
            String(responseStatus),
            document.querySelector('h1')?.textContent ?? '',
            String([...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)),
            document.documentElement.className,
            document.querySelector('main a[href*=index]')?.href ?? '',
        ];",
    )?;
    let seen = texts(&seen);
    let wanted = [
        "404",
        "There is no such page",
        "true",
        "js",
        &site.at("index.html"),
    ];
    ensure!(
        seen == wanted,
        "status, title, styled, scripted and way into the book are {seen:?}, not {wanted:?}"
    );
    let said = tab.console()?;
    let wrong: Vec<&String> = said
        .iter()
        .filter(|line| !line.contains("no/such/page.html"))
        .collect();
    ensure!(wrong.is_empty(), "the console says {wrong:?}");
    Ok(())
}

fn xml(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at("index.html"))?;
    let files = site.files()?;
    for file in files.iter().filter(|file| file.ends_with(".xml")) {
        let read = tab.run_with(
            "const answer = await fetch(arguments[0]);
            const read = new DOMParser().parseFromString(await answer.text(), 'application/xml');
            return read.querySelector('parsererror')?.textContent ?? null;",
            vec![json!(site.at(file))],
        )?;
        ensure!(read.is_null(), "{file}: {read}");
    }
    ensure!(
        files.iter().any(|file| file == "feed.xml"),
        "there is no feed.xml"
    );
    Ok(())
}

fn axe_of_what_opens(tab: &Tab, site: &Site) -> Result<()> {
    let mut findings = Vec::new();
    let page = site.page_with("guess")?;
    let mut look = |what: &str| -> Result<()> {
        let found = visit::axe(tab, page)?.into_iter();
        findings.extend(found.map(|finding| format!("{what}: {finding}")));
        Ok(())
    };
    tab.open(&site.at(page))?;
    tab.click(".guess button.reveal")?;
    tab.wait(
        "an output is shown",
        "document.querySelector('.guess.revealed')",
    )?;
    tab.run(
        "for (const whole of document.querySelectorAll('details')) whole.open = true;
        document.querySelector('main a.term')?.focus()",
    )?;
    if site
        .pages
        .iter()
        .any(|other| other.name == page && other.has_class("term"))
    {
        tab.wait(
            "a definition is shown",
            "document.querySelector('.definition:popover-open')",
        )?;
    }
    look("with an output and a definition shown")?;
    tab.press(Key::Escape)?;
    tab.click("#settings-open")?;
    look("with the settings open")?;
    tab.press(Key::Escape)?;
    search_for(tab, "JoinSet")?;
    look("with the search open")?;
    tab.press(Key::Escape)?;
    tab.set_width(375)?;
    tab.click("#contents-open")?;
    look("with the contents open, 375 px wide")?;
    if !findings.is_empty() {
        bail!("{}", findings.join("\n"));
    }
    Ok(())
}
