/**
 * What the book does around the text: settings, contents, keys, where the
 * reader is, search, and being there without a network. The pages are complete
 * without it, and nothing is sent anywhere.
 */
"use strict";
{
    const root = document.documentElement;
    const main = document.getElementById("content");
    const contents = document.getElementById("contents");
    const addresses = document.currentScript.dataset;

    /** @param {string} selector @returns {HTMLElement[]} */
    const all = (selector) => [...document.querySelectorAll(selector)];

    /** What the browser keeps for the book; nothing where that is denied. */
    const memory = {
        get(name) {
            try {
                return localStorage.getItem(`book-${name}`);
            } catch {
                return null;
            }
        },
        set(name, value) {
            try {
                if (value === null) localStorage.removeItem(`book-${name}`);
                else localStorage.setItem(`book-${name}`, value);
            } catch {
                // It holds for this page only.
            }
        },
    };

    // Settings: groups of radio buttons, each named as what it sets. The
    // default is not stored.

    const choices = all("#settings input[type=radio]");

    function show(choice) {
        choice.checked = true;
        if (choice.defaultChecked) delete root.dataset[choice.name];
        else root.dataset[choice.name] = choice.value;
    }

    function showStored() {
        for (const name of new Set(choices.map((choice) => choice.name))) {
            const group = choices.filter((choice) => choice.name === name);
            const stored = memory.get(name);
            show(group.find((choice) => choice.value === stored) ?? group.find((choice) => choice.defaultChecked));
        }
    }

    for (const choice of choices) {
        choice.addEventListener("change", () => {
            memory.set(choice.name, choice.defaultChecked ? null : choice.value);
            show(choice);
        });
    }
    addEventListener("storage", showStored);
    showStored();

    // Contents.

    const here = contents.querySelector("a[aria-current=page]");

    /** Shows this chapter in the list, without moving the page. */
    function scrollContents() {
        if (!here) return;
        const { top } = here.getBoundingClientRect();
        contents.scrollTop += top - contents.getBoundingClientRect().top - contents.clientHeight / 4;
    }
    // At first the style sheet does it, in browsers that know how: here the page
    // would have to be laid out before it is drawn.
    if (!CSS.supports("scroll-initial-target", "nearest")) scrollContents();
    contents.addEventListener("toggle", scrollContents);
    contents.addEventListener("click", ({ target }) => {
        if (target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
    });

    // Where the reader is: the last section whose heading is above a line in
    // the upper third of the window.

    const sections = all("main h2[id]");
    const above = new Set();
    let section = null;

    function markSection() {
        section = sections.findLast((heading) => above.has(heading)) ?? null;
        for (const link of contents.querySelectorAll(".sections a")) {
            const isHere = section && link.getAttribute("href") === `#${section.id}`;
            if (isHere) link.setAttribute("aria-current", "location");
            else link.removeAttribute("aria-current");
        }
    }

    const line = new IntersectionObserver(
        (entries) => {
            for (const { target, isIntersecting } of entries) {
                if (isIntersecting) above.add(target);
                else above.delete(target);
            }
            markSection();
        },
        // All that is above the line counts as seen, however far.
        { rootMargin: "1000000px 0px -66% 0px" },
    );
    for (const heading of sections) line.observe(heading);

    // The place is remembered in chapters only, once the reader moves: who
    // looks up a word wants to go on elsewhere.

    let saving = 0;

    function savePlace() {
        clearTimeout(saving);
        saving = 0;
        memory.set("place", JSON.stringify({ page: here.getAttribute("href"), section: section?.id ?? "" }));
    }

    if (here?.querySelector(".number")) {
        addEventListener("scroll", () => (saving ||= setTimeout(savePlace, 1000)), { passive: true });
        addEventListener("pagehide", () => saving && savePlace());
    }

    /** Offers the way back, on the book's title page. */
    function offerPlace() {
        const resume = document.getElementById("resume");
        let place = {};
        try {
            place = JSON.parse(memory.get("place")) ?? {};
        } catch {
            // It was not this script that stored it.
        }
        const links = [...contents.querySelectorAll(".chapters > li > a")];
        const chapter = links.find((link) => link.getAttribute("href") === place.page);
        if (!resume || !chapter) return;
        const address = `${place.page}#${place.section}`;
        const found = all("#whole-contents a").find((link) => link.getAttribute("href") === address) ?? chapter;
        const number = chapter.querySelector(".number")?.textContent;
        const link = document.createElement("a");
        link.href = found.getAttribute("href");
        link.textContent = `Continue with Chapter ${number}, “${nameOf(found)}”`;
        resume.replaceChildren(link);
        resume.hidden = false;
    }

    /** @param {Element} link of the contents */
    function nameOf(link) {
        const copy = link.cloneNode(true);
        copy.querySelector(".number")?.remove();
        return copy.textContent.trim();
    }
    offerPlace();

    addEventListener("pageshow", ({ persisted }) => {
        // Back in a page that was put aside; much may have changed meanwhile.
        if (!persisted) return;
        showStored();
        offerPlace();
    });

    // Search.

    let searching = null;

    /** @param {string} address of a script @returns {Promise<void>} when it has run */
    function load(address) {
        return new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = address;
            script.addEventListener("load", resolve);
            script.addEventListener("error", () => reject(new Error(`${address} cannot be loaded`)));
            document.head.append(script);
        });
    }

    async function openSearch() {
        searching ??= load(addresses.search);
        try {
            await searching;
        } catch {
            searching = null;
            document.getElementById("says").textContent = "The search cannot be loaded";
            return;
        }
        self.bookSearch.open(load);
    }

    const searchButton = document.getElementById("search-open");
    searchButton.addEventListener("click", openSearch);

    // Keys.

    /** Whether the last click was where arrow keys scroll or move a cursor. */
    let isInBox = false;
    document.addEventListener("pointerdown", ({ target }) => {
        isInBox = Boolean(target.closest("pre, code, table, figure, [tabindex='0']"));
    });

    /** Whether nothing would use an arrow key but the page. */
    function isReading() {
        const hasFocus = [document.body, main, null].includes(document.activeElement);
        return hasFocus && !isInBox && getSelection().isCollapsed && !document.querySelector(":modal, :popover-open");
    }

    const turns = { ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]" };

    document.addEventListener("keydown", (event) => {
        const { key, target } = event;
        if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
        if (root.dataset.keys === "off") return;
        if (key === "/" && !target.closest("input, textarea, select, dialog, [contenteditable]")) {
            event.preventDefault();
            openSearch();
        } else if (key in turns && !event.shiftKey && isReading()) {
            document.querySelector(turns[key])?.click();
        }
    });

    // Without a network. The whole book is kept once it is read, not when a
    // page of it is only looked at.

    const begin = ["scroll", "keydown", "pointerdown"];

    function keepBook() {
        for (const type of begin) removeEventListener(type, keepBook);
        const whenIdle = self.requestIdleCallback ?? setTimeout;
        whenIdle(() => navigator.serviceWorker.register(addresses.worker).catch(() => {}));
    }

    const mayKeep = location.protocol.startsWith("http") && "serviceWorker" in navigator;
    if (addresses.worker && mayKeep && !navigator.connection?.saveData) {
        for (const type of begin) addEventListener(type, keepBook, { passive: true });
    }
}
