//! What a reader does with the text of a page: guess, copy, look a word up,
//! choose a theme, come back.

use crate::Behavior;
use crate::site::Site;
use crate::tab::{Tab, texts};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use thirtyfour::Key;

pub fn trials() -> Vec<(&'static str, Behavior)> {
    vec![
        (
            "reveal: an output to guess is folded until asked for",
            reveal,
        ),
        (
            "reveal: a reader may choose that none is folded",
            reveal_always,
        ),
        ("copy: code is that of the listing's file", copy_code),
        ("copy: a command comes without its prompt", copy_commands),
        ("theme: follows the system", follow_system),
        ("theme: the reader's choice is remembered", choose_theme),
        (
            "theme: a chosen one is there before anything is painted",
            no_flash,
        ),
        (
            "definition: shown on focus, gone with Escape",
            define_on_focus,
        ),
        ("definition: shown under the pointer", define_on_hover),
        ("resume: the title page leads back to where one was", resume),
    ]
}

/// Whether the page's background is dark.
const IS_DARK: &str =
    "getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3)
    .reduce((sum, part) => sum + Number(part), 0) < 384";

/// Opens the settings and chooses there, as a reader does.
fn choose(tab: &Tab, name: &str, value: &str) -> Result<()> {
    tab.click("#settings-open")?;
    tab.wait(
        "the settings open",
        "document.querySelector('#settings:popover-open')",
    )?;
    tab.click(&format!(
        "#settings label:has([name={name}][value={value}])"
    ))?;
    tab.press(Key::Escape)?;
    tab.wait(
        "Escape closes the settings",
        "!document.querySelector('#settings:popover-open')",
    )?;
    Ok(())
}

fn reveal(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at(site.page_with("guess")?))?;
    let seen = "const guess = document.querySelector('.guess');
        const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
        return {
            commands: [...guess.querySelectorAll('.command')].every(isSeen),
            printed: [...guess.querySelectorAll('.printed')].map(isSeen),
            expanded: guess.querySelector('button.reveal')?.getAttribute('aria-expanded'),
        };";
    let before = tab.run(seen)?;
    ensure!(before["commands"] == true, "the command is hidden as well");
    ensure!(!is_any(&before["printed"]), "the output is shown at once");
    ensure!(
        before["expanded"] == "false",
        "no button says that it is folded"
    );
    tab.run("document.querySelector('.guess button.reveal').focus()")?;
    tab.press(Key::Enter)?;
    tab.wait(
        "the output is shown",
        "document.querySelector('.guess.revealed')",
    )?;
    let after = tab.run(seen)?;
    ensure!(
        after["printed"]
            .as_array()
            .is_some_and(|all| all.iter().all(|is| *is == true)),
        "the button does not show all of the output"
    );
    ensure!(
        after["expanded"] == "true",
        "the button does not say that it is unfolded"
    );
    tab.wait(
        "the live region says it",
        "document.getElementById('says').textContent",
    )?;
    Ok(())
}

fn is_any(list: &Value) -> bool {
    list.as_array()
        .is_none_or(|all| all.is_empty() || all.contains(&json!(true)))
}

fn reveal_always(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.at(site.page_with("guess")?);
    let shown =
        "[...document.querySelectorAll('.guess .printed')].every((one) => one.checkVisibility())
        && ![...document.querySelectorAll('.guess .reveal')].some((one) => one.checkVisibility())";
    tab.open(&page)?;
    choose(tab, "outputs", "shown")?;
    tab.wait("all outputs are shown, and no button for it", shown)?;
    tab.reload()?;
    tab.wait("they are shown after a reload", shown)?;
    choose(tab, "outputs", "folded")?;
    tab.wait("they are folded again", &format!("!({shown})"))?;
    Ok(())
}

/// Presses each copy button of some blocks; says of each what was copied.
const COPY: &str = "const copied = [];
    for (const figure of document.querySelectorAll('figure.listing')) {
        for (const [selector, button] of [
            ['.listing-code code', figure.querySelector('figcaption button.copy')],
            ['.listing-whole code', figure.querySelector('.listing-whole button.copy')],
        ]) {
            const code = figure.querySelector(selector);
            if (!code) continue;
            const place = `${figure.id}: ${selector}`;
            if (!button) { copied.push({ place, text: null }); continue; }
            await navigator.clipboard.writeText('nothing yet');
            button.click();
            let text;
            const end = performance.now() + 2000;
            do text = await navigator.clipboard.readText();
            while (text === 'nothing yet' && performance.now() < end);
            copied.push({
                place, text, shown: code.textContent, isWhole: selector.includes('whole') || (figure.id && !figure.querySelector('.listing-whole')),
                file: figure.querySelector('.listing-path')?.textContent,
            });
        }
    }
    return copied;";

fn copy_code(tab: &Tab, site: &Site) -> Result<()> {
    // It shows excerpts, too, and so whole programs below them.
    let page = site.page_with("listing-whole")?;
    tab.open(&site.at(page))?;
    tab.allow_clipboard(&site.origin())?;
    let copied = tab.run(COPY)?;
    let copied = copied.as_array().context("the buttons are pressed")?;
    ensure!(!copied.is_empty(), "{page} has no listing");
    for one in copied {
        let place = format!("{page}, {}", one["place"]);
        let text = one["text"].as_str();
        let text = text.with_context(|| format!("{place}: there is no copy button"))?;
        ensure!(
            text == one["shown"],
            "{place}: copied is not what is shown, but: {text}"
        );
        let file = one["file"].as_str().context("a listing names its file")?;
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))?;
        let lines = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("// ANCHOR"));
        let code: Vec<&str> = lines
            .skip_while(|line| line.starts_with("//!") || line.is_empty())
            .collect();
        if one["isWhole"] == true {
            ensure!(
                text.trim_end() == code.join("\n").trim_end(),
                "{place}: copied is not the code of {file}, but:\n{text}"
            );
        } else {
            let mut rest = code.iter();
            for line in text.lines() {
                ensure!(
                    rest.any(|other| other.trim() == line.trim()),
                    "{place}: {file} has no such line, or not there: {line}"
                );
            }
        }
    }
    tab.wait("a button says so", "[...document.querySelectorAll('button.copy')].some((one) => one.textContent.includes('Copied'))")?;
    tab.wait(
        "the live region says it",
        "document.getElementById('says').textContent.includes('Copied')",
    )?;
    Ok(())
}

fn copy_commands(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.page_with("command")?;
    tab.open(&site.at(page))?;
    tab.allow_clipboard(&site.origin())?;
    let copied = tab.run(
        "const copied = [];
        for (const command of document.querySelectorAll('pre.command')) {
            const step = command.closest('.step') ?? command.parentElement;
            const button = [...step.querySelectorAll('button.copy')].find(
                (one) => command.contains(one) || command.compareDocumentPosition(one) & 4);
            if (!button) { copied.push([command.textContent, null]); continue; }
            await navigator.clipboard.writeText('nothing yet');
            button.click();
            let text;
            const end = performance.now() + 2000;
            do text = await navigator.clipboard.readText();
            while (text === 'nothing yet' && performance.now() < end);
            copied.push([command.querySelector('code').textContent, text]);
        }
        return copied;",
    )?;
    let copied = copied.as_array().context("the buttons are pressed")?;
    ensure!(!copied.is_empty(), "{page} has no command");
    for pair in copied {
        let shown = pair[0].as_str().unwrap_or_default();
        let lines = shown.trim_end().lines();
        let wanted: Vec<&str> = lines.map(|line| line.trim_start_matches("$ ")).collect();
        ensure!(
            pair[1] == wanted.join("\n"),
            "{page}: of the command `{shown}` was copied: {}",
            pair[1]
        );
    }
    Ok(())
}

fn follow_system(tab: &Tab, site: &Site) -> Result<()> {
    tab.set_media("screen", "light")?;
    tab.open(&site.at("index.html"))?;
    ensure!(
        tab.run(&format!("return {IS_DARK}"))? == false,
        "dark under a light system"
    );
    tab.set_media("screen", "dark")?;
    tab.wait("dark when the system becomes so", IS_DARK)?;
    let chosen = tab.run("return document.documentElement.dataset.theme ?? null")?;
    ensure!(chosen.is_null(), "data-theme is {chosen}, and nobody chose");
    Ok(())
}

fn choose_theme(tab: &Tab, site: &Site) -> Result<()> {
    for (system, other) in [("light", "dark"), ("dark", "light")] {
        tab.set_media("screen", system)?;
        tab.open(&site.at("index.html"))?;
        choose(tab, "theme", other)?;
        let is_other = format!("({IS_DARK}) === {}", other == "dark");
        tab.wait(&format!("{other} under a {system} system"), &is_other)?;
        tab.reload()?;
        tab.wait(&format!("{other} after a reload"), &is_other)?;
        tab.open(&site.at("glossary.html"))?;
        tab.wait(&format!("{other} on another page"), &is_other)?;
        let checked = tab.run("return document.querySelector('[name=theme]:checked').value")?;
        ensure!(checked == other, "the settings say {checked}, not {other}");
        choose(tab, "theme", "system")?;
        tab.wait("as the system again", &format!("!({is_other})"))?;
    }
    Ok(())
}

fn no_flash(tab: &Tab, site: &Site) -> Result<()> {
    tab.set_media("screen", "light")?;
    tab.open(&site.at("index.html"))?;
    choose(tab, "theme", "dark")?;
    // Nothing is painted before there is a body.
    let watch = "new MutationObserver((_, observer) => {
        if (!document.body) return;
        self.themeBeforePaint = document.documentElement.dataset.theme ?? 'none';
        observer.disconnect();
    }).observe(document, { childList: true, subtree: true });";
    tab.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": watch }),
    )?;
    tab.open(&site.at("glossary.html"))?;
    let seen = tab.run("return self.themeBeforePaint")?;
    ensure!(
        seen == "dark",
        "when the first of the body was there, data-theme was {seen}"
    );
    Ok(())
}

/// The definition that is shown, if it is whole within the window.
const DEFINITION: &str = "(() => {
    const shown = document.querySelector('.definition:popover-open');
    const box = shown?.getBoundingClientRect();
    return shown && box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && shown.id;
})()";
const NO_DEFINITION: &str = "!document.querySelector('.definition:popover-open')";

fn define_on_focus(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.page_with("term")?;
    for width in [1280, 320] {
        tab.set_width(width)?;
        tab.open(&site.at(page))?;
        ensure!(
            tab.run(&format!("return {NO_DEFINITION}"))? == true,
            "one is shown at once"
        );
        let wanted = tab.run(
            "const term = document.querySelector('main a.term');
            term.scrollIntoView({ block: 'center' });
            await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
            term.focus();
            return term.getAttribute('aria-describedby');",
        )?;
        let shown = tab.wait("the definition is shown within the window", DEFINITION)?;
        ensure!(shown == wanted, "{shown} is shown, not {wanted}");
        tab.press(Key::Escape)?;
        tab.wait("Escape hides it", NO_DEFINITION)?;
        let focused = tab.run("return document.activeElement.matches('a.term')")?;
        ensure!(focused == true, "Escape takes the focus away");
    }
    Ok(())
}

fn define_on_hover(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at(site.page_with("term")?))?;
    tab.point_at("main a.term")?;
    let shown = tab.wait("the definition is shown within the window", DEFINITION)?;
    let shown = shown.as_str().unwrap_or_default();
    tab.point_at(&format!("#{shown}"))?;
    // Twice as long as a pointer may take on its way.
    let stays = tab.run(&format!(
        "await new Promise((next) => setTimeout(next, 600)); return {DEFINITION}"
    ))?;
    ensure!(
        stays == shown,
        "it goes when the pointer is on it, so it cannot be read enlarged"
    );
    tab.press(Key::Escape)?;
    tab.wait("Escape hides it", NO_DEFINITION)?;
    Ok(())
}

fn resume(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at("index.html"))?;
    let hidden = "document.getElementById('resume')?.hidden";
    ensure!(
        tab.run(&format!("return {hidden}"))? == true,
        "something to resume at the first visit"
    );
    let page = site.page_with("guess")?;
    tab.open(&site.at(page))?;
    let id = tab.run(
        "const heading = document.querySelectorAll('main h2[id]')[1];
        heading.scrollIntoView({ block: 'start' });
        return heading.id;",
    )?;
    let id = id.as_str().context("the page has sections")?;
    tab.wait(
        "the contents say where one is",
        &format!("document.querySelector('#contents a[aria-current=location]')?.hash === '#{id}'"),
    )?;
    tab.open(&site.at("index.html"))?;
    let link = tab.wait(
        "the title page has a way back",
        "document.querySelector('#resume:not([hidden]) a')?.href",
    )?;
    ensure!(
        link == site.at(&format!("{page}#{id}")),
        "it leads to {link}, not to {page}#{id}"
    );
    let names = texts(&tab.run("return [document.querySelector('#resume a').textContent]")?);
    ensure!(
        names[0].starts_with("Continue with"),
        "it says: {}",
        names[0]
    );
    tab.click("#resume a")?;
    tab.wait("one is back", &format!("location.hash === '#{id}' && document.getElementById('{id}').getBoundingClientRect().top < innerHeight"))?;
    Ok(())
}
