/**
 * What the text of a page does beyond being read: code that can be copied,
 * outputs that can be guessed, definitions within reach. The page is complete
 * without it.
 */
"use strict";
{
    const root = document.documentElement;
    const main = document.getElementById("content");

    /** @param {string} selector @returns {HTMLElement[]} */
    const all = (selector) => [...document.querySelectorAll(selector)];

    /** Lets screen readers say it, even if it is what they said last. */
    function say(text) {
        const says = document.getElementById("says");
        says.textContent = "";
        setTimeout(() => (says.textContent = text), 50);
    }

    /** @param {Element} element @returns {string} such as "Listing 7.2", if it is in one */
    const listingName = (element) => element.closest("figure")?.querySelector(".listing-number")?.textContent ?? "";

    // Copying.

    /** Shows on the button what has happened, for a moment, and says it. */
    function tell(button, text, milliseconds) {
        button.firstChild.textContent = text;
        clearTimeout(button.timer);
        button.timer = setTimeout(() => (button.firstChild.textContent = "Copy"), milliseconds);
        say(text);
    }

    /** Copies code as it is, and commands without their prompts. */
    async function copy(button, code) {
        const copied = code.cloneNode(true);
        const prompts = copied.querySelectorAll(".prompt");
        for (const prompt of prompts) prompt.remove();
        try {
            await navigator.clipboard.writeText(prompts.length ? copied.textContent.trim() : copied.textContent);
            tell(button, "Copied", 2000);
        } catch {
            // It is denied, or not there: so it is without HTTPS.
            const range = document.createRange();
            range.selectNodeContents(code);
            if (prompts.length) range.setStartAfter(code.querySelector(".prompt"));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            tell(button, `Selected: press ${/Mac|iP/.test(navigator.platform) ? "⌘C" : "Ctrl+C"}`, 5000);
        }
    }

    /** The code is before the button, or behind it, or below its caption. */
    function codeOf(button) {
        if (button.matches("figcaption *")) return button.closest("figure").querySelector(".listing-code code");
        const command = button.previousElementSibling;
        const block = command?.matches(".command") ? command : button.nextElementSibling;
        return block.querySelector("code");
    }

    // Outputs to guess.

    const guesses = all(".guess");

    function reveal(guess, is) {
        guess.classList.toggle("revealed", is);
        const button = guess.querySelector(".reveal");
        button.setAttribute("aria-expanded", String(is));
        button.firstChild.textContent = is ? "Hide what it prints" : "Show what it prints";
    }

    document.addEventListener("click", ({ target }) => {
        const button = target.closest(".copy, .reveal");
        if (!button) return;
        if (button.matches(".copy")) {
            copy(button, codeOf(button));
            return;
        }
        const guess = button.closest(".guess");
        const is = !guess.classList.contains("revealed");
        reveal(guess, is);
        say(is ? "The output is shown" : "The output is hidden");
    });

    /** @returns {string} the words by which the search led here, once */
    function takeFound() {
        try {
            const found = sessionStorage.getItem("book-found") ?? "";
            sessionStorage.removeItem("book-found");
            return found;
        } catch {
            return "";
        }
    }

    const headings = all("main h2[id]");
    const sectionOf = (element) =>
        headings.findLast((heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);

    /** Reveals the output that the address leads into, or the search. */
    function revealTarget() {
        let id = location.hash.slice(1);
        try {
            id = decodeURIComponent(id);
        } catch {
            // It is no link of the book.
        }
        const target = document.getElementById(id);
        const inside = target?.closest(".guess:not(.revealed)");
        if (inside) {
            reveal(inside, true);
            target.scrollIntoView();
        }
        const found = takeFound();
        for (const guess of found ? guesses : []) {
            const isThere = (sectionOf(guess)?.id ?? "") === id;
            if (isThere && guess.textContent.toLowerCase().includes(found)) reveal(guess, true);
        }
    }
    addEventListener("hashchange", revealTarget);
    revealTarget();

    // What is too wide is scrolled sideways, by keys as well.

    function nameOfBox(box) {
        const name = listingName(box);
        if (box.querySelector("table")) return "Table";
        const kind = box.closest(".listing-output") ? "Output" : "Code";
        return name ? `${kind} of ${name}` : kind;
    }

    const isScrolling = (box) => box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX);

    function markScrolling(boxes) {
        // First all is measured, then it is changed: the page is laid out once.
        const changed = boxes.filter((box) => isScrolling(box) !== box.hasAttribute("tabindex"));
        for (const box of changed) {
            if (box.hasAttribute("tabindex")) {
                for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
            } else {
                box.tabIndex = 0;
                box.setAttribute("role", "group");
                box.setAttribute("aria-label", nameOfBox(box));
            }
        }
    }

    // A box may stay as it is while what it holds grows, as when a font arrives.
    const BOXES = ":is(pre, .table-wrapper)";
    const sizes = new ResizeObserver((entries) => {
        markScrolling([...new Set(entries.map(({ target }) => target.closest(BOXES)))]);
    });
    for (const element of all(`main ${BOXES}, main ${BOXES} > *`)) sizes.observe(element);

    // Definitions: shown while the pointer or the focus is on the word, or the
    // pointer on the definition.

    /** The word whose definition is shown, or about to be. */
    let word = null;
    let timer = 0;
    const definitionOf = (term) => document.getElementById(term.getAttribute("aria-describedby"));
    const isShown = (definition) => definition?.matches(":popover-open");

    function showSoon(term) {
        if (term !== word) hide();
        word = term;
        clearTimeout(timer);
        if (!isShown(definitionOf(term))) timer = setTimeout(() => place(term, definitionOf(term)), 150);
    }

    function hideSoon() {
        clearTimeout(timer);
        timer = setTimeout(hide, 200);
    }

    /** @returns {boolean} whether one was shown */
    function hide() {
        clearTimeout(timer);
        const definition = word && definitionOf(word);
        word = null;
        if (!isShown(definition)) return false;
        definition.hidePopover();
        return true;
    }

    /** Hidden while the page moves, and shown again if the reader is still on the word. */
    function waitForRest() {
        const term = word;
        hide();
        if (term?.matches(":hover, :focus")) showSoon(term);
    }

    /** Below the word, or above it if there is more room, and within the window. */
    function place(term, definition) {
        if (!definition) return;
        // In the text, as what it explains.
        if (!main.contains(definition)) main.append(definition);
        const { style } = definition;
        style.position = "fixed";
        style.inset = "0 auto auto 0";
        style.margin = "0";
        definition.showPopover();
        const gap = 6;
        const box = definition.getBoundingClientRect();
        const lines = [...term.getClientRects()];
        const right = root.clientWidth - box.width - gap;
        style.left = `${Math.max(gap, Math.min(lines[0].left, right))}px`;
        const below = lines.at(-1).bottom + gap;
        const above = lines[0].top - gap - box.height;
        style.top = `${below + box.height > innerHeight && above > 0 ? above : below}px`;
    }

    document.addEventListener("pointerover", ({ target, pointerType }) => {
        // A tap follows the link.
        if (pointerType === "touch") return;
        const term = target.closest("a.term");
        if (term) showSoon(term);
        else if (target.closest(".definition")) clearTimeout(timer);
        else if (word && word !== document.activeElement) hideSoon();
    });
    root.addEventListener("pointerleave", hideSoon);
    document.addEventListener("focusin", ({ target }) => (target.matches("a.term") ? showSoon(target) : hide()));
    document.addEventListener("focusout", hide);
    document.addEventListener("scroll", waitForRest, { passive: true });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && hide()) event.preventDefault();
    });
}
