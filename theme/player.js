/**
 * Steps through a recorded run. All there is to show is on the page already:
 * the picture, the program, the output, and each step in words. Loaded by
 * pages that have a run.
 */
"use strict";
{
    const isStill = matchMedia("(prefers-reduced-motion: reduce)");

    /** How long playing stays at a step: as long as reading its sentence takes, in milliseconds. */
    const pause = (sentence) => 700 + 35 * sentence.length;

    const near = new IntersectionObserver(
        (entries) => {
            for (const { isIntersecting, target } of entries) if (isIntersecting) target.ready();
        },
        { rootMargin: "50% 0px" },
    );

    class RunPlayer extends HTMLElement {
        connectedCallback() {
            if (!this.steps) near.observe(this);
        }

        /** A page may have many runs; each is made ready when it is about to be seen. */
        ready() {
            if (this.steps) return;
            near.unobserve(this);
            this.steps = [...this.querySelectorAll(".run-steps > tbody > tr")];
            this.sentences = this.steps.map((step) => step.querySelector(".run-says").textContent);
            this.marks = [...this.querySelectorAll(".run-picture g[data-step]")];
            this.lines = new Map([...this.querySelectorAll(".run-code > li")].map((line) => [String(line.value), line]));
            this.prints = [...this.querySelectorAll(".run-output button")];
            const parts = ["picture", "program", "deck", "time", "now"];
            [this.picture, this.program, this.deck, this.time, this.now] = parts.map((name) => this.part(name));
            [this.playing, this.looping] = [this.part("play"), this.part("loop")];
            this.layOver();

            const clicks = {
                first: () => this.show(1),
                back: () => this.show(this.at - 1),
                next: () => this.show(this.at + 1),
                last: () => this.show(this.steps.length),
                play: () => this.play(!this.timer),
                loop: () => this.loop(),
            };
            for (const [name, does] of Object.entries(clicks)) {
                this.part(name).addEventListener("click", () => {
                    if (!["play", "loop"].includes(name)) this.play(false);
                    does();
                });
            }
            for (const print of this.prints) print.addEventListener("click", () => this.jump(print.dataset.step));
            this.time.addEventListener("input", () => this.jump(this.time.value));
            this.picture.addEventListener("click", (event) => {
                const x = event.clientX - this.veil.parentElement.getBoundingClientRect().left;
                this.jump(Math.ceil(x / this.column));
            });
            this.addEventListener("keydown", (event) => this.press(event));
            this.addEventListener("focusin", ({ target }) => requestAnimationFrame(() => this.uncover(target)));
            this.show(1);
        }

        disconnectedCallback() {
            near.unobserve(this);
            if (this.steps) this.play(false);
        }

        /** @param {string} name @returns {HTMLElement} */
        part(name) {
            return this.querySelector(`.run-${name}`);
        }

        /** Puts over the picture what moves: names that stay, what is to come, the step. */
        layOver() {
            const first = this.picture.querySelector("svg");
            this.column = first.viewBox.baseVal.width / first.querySelectorAll("g[data-step]").length;
            const names = first.cloneNode(false);
            names.classList.add("run-names");
            names.setAttribute("aria-hidden", "true");
            names.removeAttribute("role");
            names.removeAttribute("viewBox");
            names.append(first.querySelector(".labels").cloneNode(true));
            const film = document.createElement("div");
            film.className = "run-film";
            film.append(...this.picture.childNodes);
            [this.veil, this.cursor, this.range] = ["veil", "cursor", "range"].map((name) => {
                const over = document.createElement("div");
                over.className = `run-${name}`;
                film.append(over);
                return over;
            });
            this.range.hidden = true;
            film.prepend(names);
            this.picture.append(film);
        }

        press(event) {
            if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
            const does = {
                ArrowLeft: () => this.jump(this.at - 1),
                ArrowRight: () => this.jump(this.at + 1),
                Home: () => this.jump(1),
                End: () => this.jump(this.steps.length),
                " ": () => this.play(!this.timer),
            }[event.key];
            // A button is pressed with the space bar, and wide code is scrolled with arrows.
            if (!does || event.target.closest(event.key === " " ? "button, summary, a" : ".run-program")) return;
            event.preventDefault();
            does();
        }

        /** Shows a step at the reader's wish. */
        jump(step) {
            this.play(false);
            this.show(Number(step));
        }

        show(step) {
            step = Math.min(Math.max(step, 1), this.steps.length);
            if (step === this.at) return;
            this.at = step;
            const { line, via } = this.steps[step - 1].dataset;
            this.mark(this.steps, step - 1);
            this.mark(this.marks, step - 1);
            const when = this.steps[step - 1].querySelector(".run-when").textContent;
            this.time.value = step;
            this.time.setAttribute("aria-valuetext", `${step} of ${this.steps.length}`);
            this.tell(`Step ${step} of ${this.steps.length}, ${when}`, this.sentences[step - 1]);
            this.showLines(line, via?.split(" ") ?? []);
            for (const print of this.prints) {
                const of = Number(print.dataset.step);
                print.classList.toggle("later", of > step);
                if (of === step) print.setAttribute("aria-current", "step");
                else print.removeAttribute("aria-current");
            }
            const printed = this.prints.findLast((print) => Number(print.dataset.step) <= step) ?? this.prints[0];
            if (printed) this.reveal(printed.closest("ol"), printed);
            const right = step * this.column;
            this.veil.style.left = `${right}px`;
            this.cursor.style.left = `${right - this.column}px`;
            this.cursor.style.width = `${this.column}px`;
            this.keepInSight(right - this.column / 2);
            const isDone = { first: step === 1, back: step === 1, next: step === this.steps.length, last: step === this.steps.length };
            for (const [name, is] of Object.entries(isDone)) this.part(name).setAttribute("aria-disabled", String(is));
        }

        mark(elements, current) {
            for (const [index, element] of elements.entries()) element.classList.toggle("now", index === current);
        }

        tell(where, sentence) {
            const told = Object.entries({ where, says: sentence }).map(([name, text]) => {
                const part = document.createElement("span");
                part.className = `run-${name}`;
                part.textContent = text;
                return part;
            });
            this.now.replaceChildren(told[0], " ", told[1]);
        }

        /** Marks the line that runs, and those that led there. */
        showLines(line, via) {
            for (const [number, element] of this.lines) {
                element.classList.toggle("now", number === line);
                element.classList.toggle("via", number !== line && via.includes(number));
            }
            // The last one is in sight for sure; the others, as far as there is room.
            for (const number of [...via, line]) {
                const shown = this.lines.get(number);
                if (shown) this.reveal(this.program, shown);
            }
        }

        /** Scrolls a box, and never the page, to what is in it, with something around that. */
        reveal(box, element) {
            const [outer, inner, deck] = [box, element, this.deck].map((each) => each.getBoundingClientRect());
            const margin = inner.height * 1.5;
            // The deck may lie over the lower part of the box.
            const bottom = deck.top > outer.top + 3 * margin ? Math.min(outer.bottom, deck.top) : outer.bottom;
            const [above, below] = [inner.top - margin - outer.top, inner.bottom + margin - bottom];
            if (above < 0) box.scrollTop += above;
            else if (below > 0) box.scrollTop += below;
        }

        /** Scrolls the page where the deck lies over what has the focus. */
        uncover(focused) {
            if (!focused.closest(".run-output")) return;
            const below = focused.getBoundingClientRect().bottom + 8 - this.deck.getBoundingClientRect().top;
            if (below > 0) scrollBy({ top: below, behavior: "instant" });
        }

        keepInSight(x) {
            const { scrollLeft, clientWidth } = this.picture;
            if (x > scrollLeft + clientWidth * 0.25 && x < scrollLeft + clientWidth * 0.75) return;
            const behavior = isStill.matches ? "instant" : "smooth";
            this.picture.scrollTo({ left: x - clientWidth / 2, behavior });
        }

        play(is) {
            clearTimeout(this.timer);
            this.timer = 0;
            if (is) {
                if (this.at < this.begin || this.at >= this.end) this.show(this.begin);
                this.wait();
            }
            this.playing.setAttribute("aria-label", is ? "Pause" : "Play");
            this.playing.classList.toggle("on", is);
            // It would be said faster than anyone can listen.
            this.now.setAttribute("aria-live", is ? "off" : "polite");
        }

        wait() {
            this.timer = setTimeout(() => {
                if (this.at !== this.end) this.show(this.at + 1);
                else if (this.to) this.show(this.begin);
                if (this.at === this.end && !this.to) this.play(false);
                else this.wait();
            }, pause(this.sentences[this.at - 1]));
        }

        get begin() {
            return this.to ? this.from : 1;
        }

        get end() {
            return this.to ?? this.steps.length;
        }

        /** The first press takes the one end, the second the other and plays, the third forgets both; as does the second at the same step. */
        loop() {
            if (this.to || this.from === this.at) {
                this.from = this.to = undefined;
                this.play(false);
            } else if (this.from) {
                [this.from, this.to] = [Math.min(this.from, this.at), Math.max(this.from, this.at)];
                this.show(this.from);
                this.play(true);
            } else {
                this.from = this.at;
            }
            const [word, more] = this.to ? ["Stop", " looping"] : ["Loop", this.from ? " to here" : " from here"];
            this.looping.firstChild.data = word;
            this.looping.lastChild.textContent = more;
            this.looping.classList.toggle("on", Boolean(this.from));
            this.range.hidden = !this.from;
            if (!this.from) return;
            this.range.style.left = `${(this.from - 1) * this.column}px`;
            this.range.style.width = `${((this.to ?? this.from) - this.from + 1) * this.column}px`;
        }
    }

    customElements.define("run-player", RunPlayer);

    // A link to a step shows it in the player.

    const stepAt = (hash) => document.querySelector(`.run-steps [id="${CSS.escape(hash.slice(1))}"]`);

    function follow() {
        const step = stepAt(location.hash);
        if (!step) return;
        const player = step.closest("run-player");
        player.ready();
        player.jump(player.steps.indexOf(step) + 1);
        player.closest("figure").scrollIntoView({ block: "start" });
        // Of a picture that is higher than the window, the rows of the step.
        const [mark, deck] = [player.marks[player.at - 1], player.deck].map((each) => each.getBoundingClientRect());
        scrollBy({ top: Math.max(0, mark.bottom + 8 - deck.top), behavior: "instant" });
        player.picture.focus({ preventScroll: true });
    }

    document.addEventListener("click", (event) => {
        const link = event.target.closest?.('a[href^="#run-"]');
        const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented);
        if (!link || !isPlain || !stepAt(link.hash)) return;
        event.preventDefault();
        if (location.hash !== link.hash) history.pushState(null, "", link.hash);
        follow();
    });
    addEventListener("hashchange", follow);
    follow();

    // Once the page is read, a browser would open the list of steps and go there.
    const named = stepAt(location.hash);
    if (named) {
        const { id } = named;
        named.removeAttribute("id");
        addEventListener("load", () => (named.id = id), { once: true });
    }
}
