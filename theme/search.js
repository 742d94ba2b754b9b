/**
 * The search, loaded when it is opened first. The index lies beside the pages;
 * no word leaves the browser.
 *
 * It looks with MiniSearch: {{ resource "theme/vendor/minisearch-license.txt" }}
 */
"use strict";
self.bookSearch = (() => {
    const { root } = document.documentElement.dataset;
    const { minisearch, searchIndex } = document.querySelector("script[data-search]").dataset;

    /** As many results as one looks at. */
    const MOST = 20;

    /** The characters of an excerpt. */
    const LONGEST = 160;

    /** A name or a number, with its path: `tokio::spawn`, `select!`, `1.95.0`. */
    const NAME = /[\p{L}\p{N}_]+(?:(?:::|\.)[\p{L}\p{N}_]+)*!?/gu;

    /** @param {string} text @returns {string[]} its names, each with its path */
    const paths = (text) => text.match(NAME) ?? [];

    /** @param {string} path @returns {string[]} the names in it: `tokio` and `spawn` */
    const names = (path) => path.split(/::|[.!]/).filter(Boolean);

    /** @param {string} name @returns {string[]} its words: `Join` and `Set`, `yield` and `now` */
    const words = (name) => name.split(/_+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u).filter(Boolean);

    /** One form for `future`, `Future` and `futures`. */
    const normal = (term) => term.toLowerCase().replace(/^(\p{Ll}{2,}[^\P{L}s])s$/u, "$1");

    /** The mark of what is a part of a name only, and counts less. */
    const PART = "~";

    /** Under what a path is found. Most come often. @type {Map<string, string[]>} */
    const terms = new Map();

    function termsOf(path) {
        if (!terms.has(path)) {
            const inPath = names(path);
            const parts = inPath.map(words).filter((inName) => inName.length > 1);
            const found = [path, ...inPath].map(normal).concat(parts.flat().map((part) => PART + normal(part)));
            terms.set(path, [...new Set(found)]);
        }
        return terms.get(path);
    }

    const options = {
        fields: ["title", "page", "text", "code"],
        tokenize(text, field) {
            const found = paths(text).flatMap(termsOf);
            // How often code names a thing says little.
            return field === "code" ? [...new Set(found)] : found;
        },
        processTerm: (term) => term,
        searchOptions: {
            // A query comes in terms already.
            tokenize: (term) => [term],
            boost: { title: 6, page: 2 },
            boostTerm: (term) => (term.startsWith(PART) ? 0.2 : 1),
            prefix: (term) => term.replace(PART, "").length > 2,
            fuzzy: (term) => (/^\p{L}{7,}$/u.test(term) ? 1 : false),
            weights: { fuzzy: 0.2, prefix: 0.2 },
        },
    };

    /**
     * @typedef {object} Section
     * @property {number} id
     * @property {string} page its title
     * @property {string} address
     * @property {string} title empty at the beginning of a page
     * @property {string} text
     * @property {string} code in lines
     */

    /** @type {Section[]} */
    let sections = [];
    let engine = null;

    async function build({ pages, sections: rows }) {
        sections = rows.map(([place, anchor, title, text, code], id) => {
            const [file, page] = pages[place];
            return { id, page, address: `${root}${file}${anchor && "#"}${anchor}`, title, text, code };
        });
        const made = new self.MiniSearch(options);
        // In pieces, so that one can type meanwhile.
        await made.addAllAsync(sections, { chunkSize: 25 });
        engine = made;
    }

    /** Names without what stands between them: for comparing titles. */
    const plain = (text) => paths(text).flatMap(names).map(normal).join(" ");

    /**
     * @param {string} query
     * @returns {{section: Section, matched: string[], isTitle: boolean}[]} the best first
     */
    function find(query) {
        const whole = paths(query).map(normal);
        const parts = paths(query).flatMap(names).map(normal);
        const some = (...queries) => ({ combineWith: "OR", queries });
        const every = (queries) => ({ combineWith: "AND", queries });
        const inNames = parts.map((part) => some(part, PART + part));
        let found = engine.search(some(every(whole), every(inNames)));
        if (!found.length) found = engine.search(some(...inNames));
        const literal = query.toLowerCase();
        const title = plain(query);
        const results = found.map(({ id, score, terms: matched }) => {
            const section = sections[id];
            const isIn = (text) => text.toLowerCase().includes(literal);
            const isTitle = plain(section.title) === title;
            if (isTitle) score *= 100;
            if (isIn(section.title)) score *= 3;
            if (isIn(section.text) || isIn(section.code)) score *= 3;
            return { section, matched, isTitle, score };
        });
        return results.sort((a, b) => b.score - a.score || a.section.id - b.section.id);
    }

    // Excerpts.

    /** Finds the terms. Of what they consist of, only the dot means something else there. */
    function pattern(matched) {
        const plainTerms = matched.map((term) => term.replace(PART, "").replaceAll(".", "\\."));
        const longestFirst = plainTerms.sort((a, b) => b.length - a.length);
        return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})s?(?![\\p{L}\\p{N}])`, "giu");
    }

    /**
     * The part of a text that has most of the terms.
     *
     * @param {RegExp} regex finds the terms
     * @param {string} literal the query; counts as one more
     * @param {boolean} isTitle whether the text is about just that, and so its beginning is
     */
    function part(text, regex, literal, isTitle = false) {
        const found = [...text.matchAll(regex)];
        let best = { start: 0, value: 0 };
        for (const [index, { index: start }] of found.entries()) {
            const inside = found.slice(index).filter((other) => other.index < start + LONGEST);
            const value = new Set(inside.map(([term]) => term.toLowerCase())).size;
            if (value > best.value) best = { start, value };
        }
        let start = isTitle || best.start < LONGEST / 2 ? 0 : best.start - LONGEST / 4;
        if (start > 0) start = text.indexOf(" ", start) + 1;
        let end = Math.min(text.length, start + LONGEST);
        const space = text.lastIndexOf(" ", end);
        if (end < text.length && space > start) end = space;
        const shown = `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
        return { shown, value: best.value + (text.toLowerCase().includes(literal) ? 1 : 0) };
    }

    /** @returns {HTMLElement} the prose, or the line of code, that has most of the terms */
    function excerpt({ section: { text, code }, matched, isTitle }, literal) {
        const regex = pattern(matched);
        let best = { kind: "span", ...part(text, regex, literal, isTitle) };
        for (const row of isTitle ? [] : code.split("\n").filter((row) => row.search(regex) >= 0)) {
            const inRow = part(row, regex, literal);
            if (inRow.value > best.value) best = { kind: "code", ...inRow };
        }
        const made = element(best.kind, { class: "result-excerpt" });
        let end = 0;
        for (const match of best.shown.matchAll(regex)) {
            made.append(best.shown.slice(end, match.index), element("mark", {}, match[0]));
            end = match.index + match[0].length;
        }
        made.append(best.shown.slice(end));
        return made;
    }

    // The dialog.

    /**
     * @param {string} tag
     * @param {Record<string, string>} attributes
     * @param {...(Node|string)} inside
     */
    function element(tag, attributes, ...inside) {
        const made = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
        made.append(...inside);
        return made;
    }

    const input = element("input", {
        id: "search-input",
        type: "text",
        inputmode: "search",
        enterkeyhint: "go",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: "false",
        placeholder: "a word, an API, an error code",
        "aria-controls": "search-results",
    });
    const close = element("button", { type: "button", class: "search-close" }, "Close");
    const form = element("form", { role: "search" }, element("label", { for: "search-input" }, "Search the book"), input, close);
    const status = element("p", { id: "search-status", role: "status" });
    const list = element("ol", { id: "search-results" });
    const dialog = element("dialog", { id: "search", "aria-label": "Search" }, form, status, list);

    const links = () => [...list.querySelectorAll("a")];

    function result(found, literal) {
        const { section } = found;
        const link = element("a", { href: section.address }, element("span", { class: "result-page" }, section.page));
        if (section.title) link.append(" ", element("span", { class: "result-section" }, section.title));
        link.append(" ", excerpt(found, literal));
        link.addEventListener("click", (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            follow(link, literal);
        });
        return element("li", {}, link);
    }

    /** Tells the page that is led to what was found there, and makes way. */
    function follow(link, literal) {
        try {
            sessionStorage.setItem("book-found", literal);
        } catch {
            // An output to guess stays folded.
        }
        dialog.close();
        if (link.hash && link.href === location.href) dispatchEvent(new HashChangeEvent("hashchange"));
    }

    function show() {
        const query = input.value.trim();
        const found = engine && query ? find(query) : [];
        const literal = query.toLowerCase();
        list.replaceChildren(...found.slice(0, MOST).map((one) => result(one, literal)));
        if (!engine || !query) status.textContent = "";
        else if (found.length > MOST) status.textContent = `The first ${MOST} of ${found.length} sections`;
        else status.textContent = `${found.length || "No"} ${found.length === 1 ? "section" : "sections"}`;
    }

    input.addEventListener("input", show);
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        links()[0]?.click();
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    dialog.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const stops = [input, ...links()];
        stops[stops.indexOf(document.activeElement) + step]?.focus();
    });

    /** @param {(address: string) => Promise<void>} load runs a script */
    async function open(load) {
        if (!dialog.isConnected) document.body.append(dialog);
        if (!dialog.open) dialog.showModal();
        input.select();
        if (engine) return;
        status.textContent = "Loading…";
        try {
            await Promise.all([load(minisearch), load(searchIndex)]);
        } catch {
            status.textContent = "The search cannot be loaded. Is there a network?";
            return;
        }
        await build(self.searchIndex);
        show();
    }

    return { open };
})();
