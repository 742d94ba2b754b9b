//! What a reader does with a recorded run: step through it, to and fro, jump,
//! let it play. What each step ought to show is read from the page's HTML.

mod play;
mod still;

use crate::Behavior;
use crate::site::Site;
use crate::tab::{Tab, texts};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

pub use still::checks;

/// The class of a run's figure.
pub const RUN: &str = "run";

const RUNS: &str = include_str!("runs/runs.js");

pub fn trials() -> Vec<(&'static str, Behavior)> {
    let here: [(_, Behavior); 3] = [
        ("run: buttons and keys, as far as both ends", ends),
        ("run: slider, output and picture lead to a step", jumps),
        ("run: the address of a step leads to the player", addresses),
    ];
    [here.to_vec(), play::trials(), still::trials()].concat()
}

/// Runs a script that knows what `runs.js` knows, and finds nothing.
fn find(tab: &Tab, body: &str) -> Result<()> {
    let mut found = texts(&ask(tab, body)?);
    let more = found.split_off(found.len().min(8)).len();
    if more > 0 {
        found.push(format!("and {more} more"));
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

fn ask(tab: &Tab, body: &str) -> Result<Value> {
    tab.run(&format!("{RUNS}\n{body}"))
}

/// Each run of a page, step by step; each link to a step; and the deck under
/// a finger.
pub fn page(tab: &Tab, site: &Site, page: &str) -> Result<()> {
    tab.open(&site.at(page))?;
    find(
        tab,
        "const stories = [...(await told()).values()];
        if (!stories.length) return ['the page has no run'];
        return stories.flatMap((story) => story.steps.length ? stepThrough(story) : [`${story.id} has no steps`]);",
    )?;
    press_through(tab)?;
    find(
        tab,
        "const stories = await told();
        return [...document.querySelectorAll('main a[href^=\"#run-\"]')].flatMap((link) => {
            const id = link.hash.slice(1);
            const story = [...stories.values()].find(({ steps }) => steps.some((step) => step.id === id));
            if (!story) return [];
            link.scrollIntoView({ block: 'end' });
            link.click();
            const found = faultsOfLink(story, story.steps.findIndex((step) => step.id === id) + 1);
            if (location.hash !== link.hash) found.push(`${link.hash} is not in the address`);
            return found;
        });",
    )?;
    tab.set_width(375)?;
    let touch = json!({ "enabled": true });
    tab.devtools("Emulation.setTouchEmulationEnabled", touch)?;
    find(
        tab,
        "if (!matchMedia('(pointer: coarse)').matches) return ['no finger is emulated'];
        return [...(await told()).values()].flatMap(faultsOfDeck);",
    )
}

/// Steps through the shortest run by keys of the keyboard, with the focus on
/// the slider, which has a use of its own for arrows.
fn press_through(tab: &Tab) -> Result<()> {
    let count = ask(
        tab,
        "const [story] = [...(await told()).values()].sort((one, other) => one.steps.length - other.steps.length);
        const { part, count } = partsOf(story);
        window.seen = [];
        let number = 1;
        document.addEventListener('keydown', ({ key, isTrusted }) => {
            if (!isTrusted) return;
            number = key === 'ArrowRight' ? number + 1 : 1;
            seen.push(...faults(story, number), number);
        });
        part('time').focus();
        return count;",
    )?;
    let steps = count.as_u64().context("a run has steps")? as usize - 1;
    let right = Key::Right.value().to_string().repeat(steps);
    tab.press(format!("{right}{}", Key::Home.value()))?;
    let seen = tab.run("return seen")?;
    let found = texts(&seen);
    ensure!(
        found.is_empty(),
        "with a keyboard: {}",
        found[..found.len().min(8)].join("\n")
    );
    let pressed = seen.as_array().map_or(0, Vec::len);
    ensure!(
        pressed == steps + 1 && seen[steps] == 1,
        "of {} keys {pressed} came",
        steps + 1
    );
    Ok(())
}

/// Opens a page with a run that prints, and gives the focus to a part of the
/// player's.
fn open(tab: &Tab, site: &Site, part: &str) -> Result<()> {
    tab.open(&site.at(site.page_with("run-output")?))?;
    ask(
        tab,
        &format!("const {{ run, part }} = await longStory(); run.scrollIntoView(); part('{part}').focus()"),
    )
    .map(drop)
}

/// That the long run is at a step, which is an expression of the `count` of
/// steps.
fn ensure_at(tab: &Tab, step: &str, after: &str) -> Result<()> {
    let body = format!(
        "const {{ story, count }} = await longStory();
        return faults(story, {step}).map((fault) => `after {after}: ${{fault}}`);"
    );
    find(tab, &body)
}

fn ends(tab: &Tab, site: &Site) -> Result<()> {
    open(tab, site, "back")?;
    let press = |key: Key, step: &str, after: &str| -> Result<()> {
        tab.press(key)?;
        ensure_at(tab, step, after)
    };
    press(Key::Enter, "1", "Back at the first step")?;
    press(Key::Left, "1", "an arrow back at the first step")?;
    press(Key::End, "count", "End")?;
    press(Key::Right, "count", "an arrow on at the last step")?;
    press(Key::Enter, "count - 1", "Back")?;
    press(Key::Home, "1", "Home")?;
    let focus = |part: &str| {
        let body = format!("(await longStory()).part('{part}').focus()");
        ask(tab, &body).map(drop)
    };
    focus("next")?;
    press(Key::Enter, "2", "Next")?;
    press(Key::Space, "3", "Next by the space bar")?;
    focus("last")?;
    press(Key::Enter, "count", "the button of the last step")?;
    focus("next")?;
    press(Key::Enter, "count", "Next at the last step")?;
    focus("first")?;
    press(Key::Enter, "1", "the button of the first step")?;
    // Arrows scroll wide code; and what is for the browser is left to it.
    focus("program")?;
    press(Key::Right, "1", "an arrow in the program")?;
    find(
        tab,
        "const { part } = await longStory();
        return ['ctrlKey', 'altKey', 'metaKey', 'shiftKey'].flatMap((held) => {
            const event = new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true, [held]: true });
            return part('picture').dispatchEvent(event) ? [] : [`takes an arrow with ${held}`];
        });",
    )
}

fn jumps(tab: &Tab, site: &Site) -> Result<()> {
    open(tab, site, "time")?;
    tab.press(Key::Up)?;
    ensure_at(tab, "2", "an arrow up on the slider")?;
    tab.press(Key::PageUp)?;
    ensure_at(
        tab,
        "Number((await longStory()).part('time').value)",
        "a page on the slider",
    )?;
    find(
        tab,
        "const { story, run, part, count } = await longStory();
        const found = [];
        if (part('time').value <= 3) found.push('a page on the slider is not more than a step');
        const middles = [];
        for (let number = 1; number <= count; number += 1) {
            part('time').value = number;
            part('time').dispatchEvent(new Event('input', { bubbles: true }));
            found.push(...faults(story, number).map((fault) => `by the slider: ${fault}`));
            middles.push(placeOf(story) + box(part('cursor')).width / 2);
        }
        for (const { step } of story.prints) {
            run.querySelector(`.run-output [data-step='${step}']`).click();
            found.push(...faults(story, step).map((fault) => `by a line of output: ${fault}`));
        }
        const clickAt = (middle) => {
            part('picture').scrollLeft = middle - part('picture').clientWidth / 2;
            const [clientX, clientY] = [box(part('film')).left + middle, box(part('film')).bottom - 30];
            document.elementFromPoint(clientX, clientY).dispatchEvent(new MouseEvent('click', { clientX, clientY, bubbles: true }));
        };
        for (const [index, middle] of middles.entries()) {
            clickAt(middle);
            found.push(...faults(story, index + 1).map((fault) => `by the picture: ${fault}`));
        }
        return found;",
    )?;
    let run = ask(tab, "return (await longStory()).story.id")?;
    let run = run.as_str().context("a run has an id")?;
    tab.click(&format!("#{run} .run-output li:last-child button"))?;
    ensure_at(tab, "story.prints.at(-1).step", "a click on the last line")?;
    tab.press(Key::Home)?;
    tab.click(&format!("#{run} .run-picture"))?;
    find(
        tab,
        "const { part } = await longStory();
        const { left, right } = box(part('picture'));
        const middle = (left + right) / 2;
        const cursor = box(part('cursor'));
        return cursor.left <= middle && middle <= cursor.right ? [] : [`a click at ${middle} leads to ${cursor.left}`];",
    )
}

fn addresses(tab: &Tab, site: &Site) -> Result<()> {
    let page = site.page_with("run-output")?;
    tab.open(&site.at(page))?;
    let steps = ask(
        tab,
        "return [...(await told()).values()].map(({ steps }) => steps.at(-2).id)",
    )?;
    let steps = texts(&steps);
    let [Some(first), Some(last)] = [steps.first(), steps.last()] else {
        bail!("{page} has no run");
    };
    for (width, step) in [(1280, last), (375, first)] {
        tab.set_width(width)?;
        tab.open("about:blank")?;
        tab.open(&site.at(&format!("{page}#{step}")))?;
        let look = format!(
            "await document.fonts.ready;
            for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
            const story = [...(await told()).values()].find(({{ steps }}) => steps.at(-2).id === '{step}');
            const found = faultsOfLink(story, story.steps.length - 1);
            if (!document.getElementById('{step}')) found.push('the step has lost its id');
            return found.map((fault) => `${{innerWidth}} px wide: ${{fault}}`);"
        );
        find(tab, &look)?;
    }
    // Another address on the open page.
    find(
        tab,
        "const story = [...(await told()).values()].at(-1);
        const changed = new Promise((next) => addEventListener('hashchange', next, { once: true }));
        location.hash = `#${story.steps.at(-2).id}`;
        await changed;
        return faults(story, story.steps.length - 1);",
    )?;
    // What names nothing is left alone.
    tab.open("about:blank")?;
    tab.open(&site.at(&format!("{page}#%zz")))?;
    find(
        tab,
        "return [...(await told()).values()].flatMap((story) => faults(story, 1))",
    )
}
