//! A run without its player, without scripts and on paper; and where the player
//! is loaded.

use super::{RUN, ask, find, open};
use crate::Behavior;
use crate::html::Check;
use crate::page::Page;
use crate::site::Site;
use crate::tab::{Tab, texts};
use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

/// What the player weighs, compressed.
const MOST_BYTES: u64 = 15 * 1024;

pub fn checks() -> Vec<(&'static str, Check)> {
    vec![(
        "run: the player is loaded where there is a run, and nowhere else",
        loaded,
    )]
}

pub fn trials() -> Vec<(&'static str, Behavior)> {
    vec![
        ("run: without scripts", without_scripts),
        ("run: on paper", on_paper),
        ("run: the player is small", small),
    ]
}

/// What without a player has to be there of a run, and what not.
const STATIC: &str = "
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box(element).height > 5;
    // Of what is drawn, checkVisibility says that it is visible, whatever it is.
    const isDrawn = (element) => box(element).width + box(element).height > 0;
    const found = [];
    const stories = await told();
    for (const [id, { steps }] of stories) {
        const run = document.getElementById(id);
        const all = (selector) => [...run.querySelectorAll(selector)];
        const marks = all('.run-picture g[data-step]');
        if (marks.length !== steps.length || !marks.every(isDrawn)) found.push(`${id}: the picture does not show all steps`);
        if (!all('.run-picture svg .labels').some(isDrawn)) found.push(`${id}: the rows of the picture have no names`);
        if (!all('.run-code > li').every(isSeen)) found.push(`${id}: the program is not there`);
        const told = all('.run-steps > tbody > tr').filter(isSeen).map((step) => step.querySelector('.run-says').textContent);
        if (told.join() !== steps.map(({ says }) => says).join()) found.push(`${id}: ${told.length} of ${steps.length} steps are told`);
        for (const control of all('button, input, .run-deck, .run-output, .run-cursor, .run-veil, .run-range')) {
            if (control.checkVisibility()) found.push(`${id}: ${control.localName}.${control.className} is there, for nothing`);
        }
    }
    return stories.size ? found : ['the page has no run'];";

fn without_scripts(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.page_with(RUN)?;
    tab.allow_scripts(false)?;
    tab.open(&site.at(page))?;
    let folded = ask(
        tab,
        "return [...document.querySelectorAll('.run-told')].map((list) => list.closest('figure').id)",
    )?;
    for run in texts(&folded) {
        tab.click(&format!("#{run} .run-told > summary"))?;
    }
    find(tab, STATIC)?;
    let step = ask(
        tab,
        "return [...(await told()).values()][0].steps.at(-1).id",
    )?;
    let step = step.as_str().context("a step has an id")?;
    tab.open("about:blank")?;
    tab.open(&site.at(&format!("{page}#{step}")))?;
    tab.wait(
        "the address of a step leads to its words",
        &format!("(({{ top, bottom }}) => top > 0 && bottom > top && bottom <= innerHeight)(document.getElementById('{step}').getBoundingClientRect())"),
    )?;
    tab.allow_scripts(true)
}

fn on_paper(tab: &Tab, site: &Site) -> Result<()> {
    open(tab, site, "next")?;
    // What a reader was at is not for the paper.
    tab.press(Key::Enter)?;
    tab.set_width(680)?;
    tab.set_media("print", "light")?;
    find(tab, STATIC)?;
    find(
        tab,
        "const found = [];
        for (const held of document.querySelectorAll('.run-picture, .run-program')) {
            if (held.scrollWidth > held.clientWidth + 1 || held.scrollHeight > held.clientHeight + 1) found.push(`${held.closest('figure').id}: ${held.className} is cut off`);
        }
        const background = (element) => getComputedStyle(element).backgroundColor;
        for (const marked of document.querySelectorAll('.run :is(.now, .via):is(li)')) {
            if (background(marked) !== 'rgba(0, 0, 0, 0)') found.push(`${marked.closest('figure').id}: a line is marked`);
        }
        return found;",
    )
}

/// The player's files that a page names.
fn player_of(page: &Page) -> Vec<&str> {
    let elements = page.elements.iter();
    let files = elements.filter_map(|element| element.get("src").or(element.get("href")));
    files
        .filter(|file| file.starts_with("theme/player"))
        .collect()
}

fn loaded(site: &Site) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for page in &site.pages {
        let files = player_of(page);
        let kinds = ["js", "css"].map(|kind| {
            let of = files.iter().filter(|file| file.ends_with(kind));
            of.count()
        });
        let is_wanted = usize::from(page.has_class(RUN));
        if kinds != [is_wanted; 2] {
            findings.push(format!(
                "{}: has {}, and loads {files:?}",
                page.name,
                ["no run", "a run"][is_wanted]
            ));
        }
    }
    Ok(findings)
}

fn small(tab: &Tab, site: &Site) -> Result<()> {
    tab.open(&site.at(site.page_with(RUN)?))?;
    let bytes = tab.run(
        "let bytes = 0;
        for (const file of document.querySelectorAll('[src^=\"theme/player\"], [href^=\"theme/player\"]')) {
            const answer = await fetch(file.src ?? file.href);
            const packed = answer.body.pipeThrough(new CompressionStream('gzip'));
            bytes += (await new Response(packed).arrayBuffer()).byteLength;
        }
        return bytes;",
    )?;
    let bytes = bytes.as_u64().context("a size is a number")?;
    ensure!(
        (1..=MOST_BYTES).contains(&bytes),
        "player.js and player.css are {bytes} bytes, compressed; at most {MOST_BYTES}"
    );
    Ok(())
}
