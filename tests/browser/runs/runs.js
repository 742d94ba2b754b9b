// What a page tells of its runs, and what is wrong with how their players show it.

/** The runs by the ids of their figures, as they are in the page's HTML, which no script has changed; and each player, if there are, ready. */
async function told() {
    await makeReady();
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const stories = [...page.querySelectorAll("figure.run")].map((run) => ({
        id: run.id,
        steps: [...run.querySelectorAll(".run-steps > tbody > tr")].map((step) => ({
            id: step.id,
            when: step.querySelector(".run-when").textContent,
            says: step.querySelector(".run-says").textContent,
            line: step.dataset.line,
            via: step.dataset.via?.split(" ") ?? [],
        })),
        prints: [...run.querySelectorAll(".run-output li > *")].map((print) => ({
            step: Number(print.dataset.step),
            text: print.textContent,
        })),
    }));
    return new Map(stories.map((story) => [story.id, story]));
}

/** A player begins when it is about to be seen. */
async function makeReady() {
    if (!customElements.get("run-player")) return;
    const place = scrollY;
    for (const now of document.querySelectorAll(".run-now")) {
        if (!now.textContent) now.closest(".run").scrollIntoView({ behavior: "instant" });
        while (!now.textContent) await new Promise(requestAnimationFrame);
    }
    if (scrollY !== place) scrollTo({ top: place, behavior: "instant" });
}

/** A run that prints more than once, and has room between its steps. */
async function longStory() {
    const stories = [...(await told()).values()];
    const story = stories.find(({ steps, prints }) => prints.length > 1 && steps.length >= 12);
    return { story, ...partsOf(story) };
}

function partsOf(story) {
    const run = document.getElementById(story.id);
    const part = (name) => run.querySelector(`.run-${name}`);
    return { run, part, count: story.steps.length };
}

/** What the HTML has for a step. */
function wanted(story, number) {
    const { when, says, line, via } = story.steps[number - 1];
    const count = story.steps.length;
    return {
        sentence: `Step ${number} of ${count}, ${when} ${says}`,
        line: line ? [line] : [],
        via: [...new Set(via)].filter((each) => each !== line).sort(),
        printed: story.prints.filter(({ step }) => step <= number).map(({ text }) => text),
        "line that is printed": story.prints.filter(({ step }) => step === number).map(({ text }) => text),
        "step in the list": [number],
        "mark in the picture": [number],
        slider: [number, `${number} of ${count}`],
        "way back": [number === 1, number === 1],
        "way on": [number === count, number === count],
    };
}

/** What the player shows. */
function shown(story) {
    const { run, part } = partsOf(story);
    const all = (selector) => [...run.querySelectorAll(selector)];
    const texts = (elements) => elements.map((element) => element.textContent);
    const isDone = (...names) => names.map((name) => part(name).getAttribute("aria-disabled") === "true");
    return {
        sentence: part("now").textContent,
        line: all(".run-code > .now").map((line) => String(line.value)),
        via: all(".run-code > .via").map((line) => String(line.value)).sort(),
        printed: texts(all(".run-output button").filter((print) => getComputedStyle(print).fontStyle === "normal")),
        "line that is printed": texts(all(".run-output [aria-current=step]")),
        "step in the list": all(".run-steps > tbody > tr").flatMap((step, index) => (step.matches(".now") ? [index + 1] : [])),
        "mark in the picture": all(".run-picture g.now").map((mark) => Number(mark.dataset.step)),
        slider: [Number(part("time").value), part("time").getAttribute("aria-valuetext")],
        "way back": isDone("first", "back"),
        "way on": isDone("next", "last"),
    };
}

const box = (element) => element.getBoundingClientRect();

/** Where the cursor is in the whole picture. */
const placeOf = (story) => box(partsOf(story).part("cursor")).left - box(partsOf(story).part("film")).left;

/** What is wrong with a step that is shown. */
function faults(story, number) {
    const { run, part } = partsOf(story);
    const is = shown(story);
    const found = Object.entries(wanted(story, number))
        .filter(([what, ought]) => JSON.stringify(is[what]) !== JSON.stringify(ought))
        .map(([what, ought]) => `${what}: ${JSON.stringify(is[what])}, not ${JSON.stringify(ought)}`);
    const [cursor, veil, film, picture] = ["cursor", "veil", "film", "picture"].map((name) => box(part(name)));
    const mark = box(run.querySelector(`.run-picture g[data-step="${number}"]`));
    const middle = (cursor.left + cursor.right) / 2;
    if (middle < mark.left - 1 || middle > mark.right + 1) found.push(`the cursor is at ${middle}, the mark from ${mark.left} to ${mark.right}`);
    if (cursor.top > mark.top + 1 || cursor.bottom < mark.bottom - 1) found.push("the cursor is not as high as the mark");
    if (Math.abs(veil.left - cursor.right) > 1.5 || Math.abs(veil.right - film.right) > 1) found.push("not exactly what is to come is veiled");
    if (cursor.left < picture.left - 1 || cursor.right > picture.right + 1) found.push("the cursor is out of sight");
    for (const [row, around] of [[".run-code > .now", "program"], [".run-output [aria-current]", "output ol"]]) {
        const line = run.querySelector(row);
        const held = line && [box(line), box(part(around))];
        if (held && (held[0].top < held[1].top - 1 || held[0].bottom > held[1].bottom + 1)) found.push(`${row} is scrolled out of sight`);
    }
    return found.map((fault) => `${story.id}, step ${number}: ${fault}`);
}

/** Presses a key where the focus is. */
function press(key) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** Goes from the first step to the last and back; what is wrong on the way, from the left to the right. */
function stepThrough(story) {
    const { part, count } = partsOf(story);
    const found = [];
    const places = [];
    part("next").focus();
    for (let number = 1; number <= count; number += 1) {
        found.push(...faults(story, number));
        places.push(placeOf(story));
        press("ArrowRight");
    }
    if (places.some((place, index) => index && place <= places[index - 1])) found.push(`${story.id}: the cursor does not always move to the right`);
    for (let number = count; number >= 1; number -= 1) {
        found.push(...faults(story, number).map((fault) => `${fault}, on the way back`));
        if (placeOf(story) !== places[number - 1]) found.push(`${story.id}, step ${number}: on the way back, the cursor is elsewhere`);
        press("ArrowLeft");
    }
    if (document.activeElement !== part("next")) found.push(`${story.id}: stepping moves the focus`);
    return found;
}

/** What is wrong after a link led to a step. */
function faultsOfLink(story, number) {
    const { run, part } = partsOf(story);
    const found = faults(story, number);
    const [mark, bar] = [run.querySelector(".run-picture g.now"), document.querySelector("header.bar")];
    const bottom = Math.min(innerHeight, box(part("deck")).top);
    if (box(mark).top < box(bar).bottom || box(mark).bottom > bottom + 1) {
        found.push(`${story.id}, step ${number}: its mark in the picture is from ${box(mark).top} to ${box(mark).bottom}, in sight is what is from ${box(bar).bottom} to ${bottom}`);
    }
    if (document.activeElement !== part("picture")) found.push(`${story.id}, step ${number}: the link leaves the focus elsewhere`);
    if (part("told").open) found.push(`${story.id}, step ${number}: the link opens the list of steps`);
    return found;
}

/** What of a deck, at the first step and those that take the most words, is not within a narrow window, or too small for a finger. */
function faultsOfDeck(story) {
    const { run, part, count } = partsOf(story);
    const found = new Set();
    run.scrollIntoView({ block: "start" });
    part("next").focus({ preventScroll: true });
    const [deck, now] = [part("deck"), part("now")];
    const buttons = [...deck.querySelectorAll("button")];
    press("Home");
    const [place, height] = [box(part("next")).top, box(deck).height];
    const letters = (number) => story.steps[number - 1].says.length;
    const longest = [...Array(count).keys()].map((index) => index + 1).sort((one, other) => letters(other) - letters(one));
    for (const number of [1, ...longest.slice(0, 5)]) {
        part("time").value = number;
        part("time").dispatchEvent(new Event("input", { bubbles: true }));
        for (const element of [deck, now, part("time"), ...buttons]) {
            const { left, right, top, bottom } = box(element);
            const isWithin = left >= 0 && right <= innerWidth && top >= box(document.querySelector("header.bar")).bottom && bottom <= innerHeight;
            if (!isWithin) found.add(`${element.className} is from ${left}, ${top} to ${right}, ${bottom}`);
        }
        if (now.scrollHeight > now.clientHeight + 1 || now.scrollWidth > now.clientWidth) found.add("a sentence is cut off");
        const moved = [box(part("next")).top - place, box(deck).height - height].find((by) => Math.abs(by) > 0.5);
        if (moved) found.add(`the button to press moves by ${moved} px when a step is shown`);
        if (document.documentElement.scrollWidth > innerWidth) found.add("the page scrolls sideways");
    }
    for (const control of run.querySelectorAll("button, input, summary")) {
        const { width, height } = box(control);
        if (Math.min(width, height) < 43.75) found.add(`${control.className || control.localName} is ${width} × ${height} px; at least 44 px, for a finger`);
    }
    return [...found].map((fault) => `${story.id}: ${fault}`);
}

/** Puts in the place of the page's timers some that are turned by hand. */
function takeTimers() {
    const waiting = [];
    let count = 0;
    window.setTimeout = (does, after) => {
        count += 1;
        waiting.push({ id: count, does, after });
        return count;
    };
    window.clearTimeout = (id) => {
        const index = waiting.findIndex((timer) => timer.id === id);
        if (index >= 0) waiting.splice(index, 1);
    };
    /** Lets the next one come; after how many milliseconds that would have been. */
    const turn = () => {
        const { does, after } = waiting.shift();
        does();
        return after;
    };
    return { waiting, turn };
}
