//! What a player does by itself, and how it tells of it: it plays, loops,
//! speaks and scrolls.

use super::{find, open};
use crate::Behavior;
use crate::site::Site;
use crate::tab::Tab;
use anyhow::{Result, ensure};
use serde_json::json;

pub fn trials() -> Vec<(&'static str, Behavior)> {
    vec![
        ("run: plays to its end, and pauses", plays),
        ("run: a loop stays within its range until ended", loops),
        ("run: said politely, but not while it plays; named", says),
        ("run: scrolls smoothly, except for who wants less", motion),
    ]
}

fn plays(tab: &Tab, site: &Site) -> Result<()> {
    open(tab, site, "play")?;
    find(
        tab,
        "const { story, run, part, count } = await longStory();
        const { waiting, turn } = takeTimers();
        const found = [];
        const at = (number, what) => found.push(...faults(story, number).map((fault) => `${what}: ${fault}`));
        const isPlaying = (is, what) => {
            if (waiting.length !== Number(is)) found.push(`${what}: ${waiting.length} timers`);
            const name = part('play').getAttribute('aria-label');
            if (name !== (is ? 'Pause' : 'Play')) found.push(`${what}: the button says ${name}`);
        };
        isPlaying(false, 'before');
        for (let times = 1; times <= 2; times += 1) {
            part('play').click();
            for (let number = 1; number < count; number += 1) {
                at(number, 'playing');
                isPlaying(true, `playing, step ${number}`);
                const [stays, letters] = [turn(), story.steps[number - 1].says.length];
                if (stays < 25 * letters || stays > 2000 + 100 * letters) found.push(`stays ${stays} ms for ${letters} letters`);
            }
            at(count, 'played');
            isPlaying(false, 'played');
        }
        const stops = {
            'the button': () => part('play').click(),
            'the space bar': () => press(' '),
            'an arrow': () => press('ArrowLeft'),
            'Home': () => press('Home'),
            'the button Back': () => part('back').click(),
            'the slider': () => part('time').dispatchEvent(new Event('input', { bubbles: true })),
            'a line of output': () => run.querySelector('.run-output button').click(),
            'the picture': () => part('picture').click(),
        };
        for (const [what, stop] of Object.entries(stops)) {
            part('time').focus();
            press('Home');
            press(' ');
            isPlaying(true, `the space bar, before ${what}`);
            turn();
            turn();
            at(3, `playing, before ${what}`);
            stop();
            isPlaying(false, what);
        }
        press('Home');
        part('play').click();
        turn();
        part('play').click();
        at(2, 'paused');
        part('play').click();
        turn();
        at(3, 'played on');
        run.remove();
        if (waiting.length) found.push('plays where it is no more');
        return found;",
    )
}

fn loops(tab: &Tab, site: &Site) -> Result<()> {
    open(tab, site, "loop")?;
    find(
        tab,
        "const { story, part, count } = await longStory();
        const { waiting, turn } = takeTimers();
        const found = [];
        const at = (number, what) => found.push(...faults(story, number).map((fault) => `${what}: ${fault}`));
        const go = (number) => { press('Home'); for (let step = 1; step < number; step += 1) press('ArrowRight'); };
        const says = (label, what) => {
            const is = part('loop').textContent;
            if (is !== label) found.push(`${what}: the button says ${is}`);
        };
        const marks = (from, to, what) => {
            const { left, width } = box(part('range'));
            const column = box(part('cursor')).width;
            const is = [(left - box(part('film')).left) / column + 1, width / column - 1].map(Math.round);
            is[1] += is[0];
            if (is[0] !== from || is[1] !== to) found.push(`${what}: ${is.join(' to ')} is marked`);
        };
        const isOff = (what) => {
            says('Loop from here', what);
            if (part('range').checkVisibility()) found.push(`${what}: a range is marked`);
        };
        isOff('before');
        for (const [first, second] of [[3, 6], [count, count - 2], [1, 2]]) {
            const [from, to] = [Math.min(first, second), Math.max(first, second)];
            const what = `from ${first} to ${second}`;
            go(first);
            part('loop').click();
            says('Loop to here', what);
            marks(first, first, what);
            go(second);
            if (waiting.length) found.push(`${what}: plays before it has a range`);
            part('loop').click();
            says('Stop looping', what);
            marks(from, to, what);
            for (let round = 1; round <= 3; round += 1) {
                for (let number = from; number <= to; number += 1) {
                    at(number, `${what}, round ${round}`);
                    if (waiting.length !== 1) return [...found, `${what}: ${waiting.length} timers`];
                    turn();
                }
            }
            // A reader who went elsewhere comes back by playing.
            for (const elsewhere of [1, count].filter((number) => number < from || number > to)) {
                go(elsewhere);
                if (waiting.length) found.push(`${what}: goes on when the reader steps`);
                part('play').click();
                at(from, `${what}, played from step ${elsewhere}`);
            }
            part('loop').click();
            if (waiting.length) found.push(`${what}: plays on when ended`);
            isOff(`${what}, ended`);
        }
        go(2);
        part('loop').click();
        part('loop').click();
        isOff('twice at one step');
        if (waiting.length) found.push('plays a loop of one step');
        return found;",
    )
}

fn says(tab: &Tab, site: &Site) -> Result<()> {
    open(tab, site, "next")?;
    find(
        tab,
        "const { run, part, count } = await longStory();
        const { turn } = takeTimers();
        const found = [];
        const is = (live, what) => {
            const now = part('now');
            const polite = now.getAttribute('role') === 'status' ? 'polite' : 'off';
            if ((now.getAttribute('aria-live') ?? polite) !== live) found.push(`${what}: the sentence is not ${live}`);
        };
        is('polite', 'before');
        part('next').click();
        is('polite', 'stepping');
        part('play').click();
        is('off', 'playing');
        turn();
        is('off', 'playing on');
        press('ArrowRight');
        is('polite', 'stepping while it plays');
        part('play').click();
        while (Number(part('time').value) < count) turn();
        is('polite', 'played');
        if (run.querySelectorAll('[role=status], [aria-live]').length !== 1) found.push('not one live region');
        const names = [...document.querySelectorAll('.run-picture, .run-program, .run-bar, .run-time')].map((part) => part.getAttribute('aria-label'));
        if (names.some((name, index) => !name || names.indexOf(name) !== index)) found.push(`names: ${names.join('; ')}`);
        for (const control of run.querySelectorAll('button, summary')) {
            if (!(control.getAttribute('aria-label') ?? control.textContent).trim()) found.push(`${control.className} has no name`);
        }
        return found;",
    )
}

/// Tells style sheets what the reader wishes about motion.
fn set_motion(tab: &Tab, wish: &str) -> Result<()> {
    let features = json!([{ "name": "prefers-reduced-motion", "value": wish }]);
    let media = json!({ "media": "screen", "features": features });
    tab.devtools("Emulation.setEmulatedMedia", media).map(drop)
}

fn motion(tab: &Tab, site: &Site) -> Result<()> {
    tab.set_width(375)?;
    open(tab, site, "picture")?;
    for (wish, is_at_once) in [("reduce", true), ("no-preference", false)] {
        set_motion(tab, wish)?;
        let seen = tab.run(
            "const picture = document.activeElement;
            const most = picture.scrollWidth - picture.clientWidth;
            picture.scrollLeft = 0;
            const press = (key) => picture.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            press('Home');
            press('End');
            return most < 50 ? null : picture.scrollLeft >= most - 1;",
        )?;
        ensure!(
            seen == is_at_once,
            "who wishes {wish}: whether the picture is at its end at once is {seen}"
        );
        tab.wait(
            "the picture is at its end",
            "(() => {
                const { scrollLeft, scrollWidth, clientWidth } = document.activeElement;
                return scrollLeft >= scrollWidth - clientWidth - 1;
            })()",
        )?;
    }
    Ok(())
}
