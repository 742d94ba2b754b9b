// What is wrong at this width: of another size once it is laid out, wider than the window, too small to be tapped, or
// covered.
const width = arguments[0];
const found = [];

const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

function name(element) {
    const id = element.id && `#${element.id}`;
    const classes = [...element.classList].map((each) => `.${each}`).join("");
    const within = element.closest("[id]");
    const where = within && within !== element ? ` in #${within.id}` : "";
    return `${element.localName}${id}${classes}${where}`;
}

// Code that is laid out when it comes into sight: here all of it, from now on.

const blocks = [...document.querySelectorAll("[data-lines]")].filter((block) => block.checkVisibility());
const rooms = ["hidden", "visible"].map((visibility) => {
    for (const block of blocks) block.style.contentVisibility = visibility;
    return blocks.map(({ parentElement: box }) => [box.offsetHeight, box.scrollWidth, box.scrollHeight]);
});
for (const [index, block] of blocks.entries()) {
    const [before, after] = rooms.map((all) => all[index]);
    // A character from another font is a little wider, and lines are rounded one by one.
    if (before.some((size, side) => Math.abs(size - after[side]) > [0, 1, 4][side])) {
        found.push(`${name(block)} has room for ${before.join(", ")} px (height, width and height to be scrolled) and takes ${after.join(", ")}`);
    }
}

// Wider than the window.

/** Whether it is cut off, or scrolls by itself. */
function isHeld(element) {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return true;
    }
    return false;
}

const page = document.documentElement;
if (page.scrollWidth > width || page.clientWidth > width) {
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width && box.height && box.right + scrollX > width + 0.5 && !isHeld(element);
    });
    const inmost = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
    const places = inmost.slice(0, 3).map((element) => `${name(element)} ends at ${Math.round(element.getBoundingClientRect().right)}`);
    found.push(`the page is ${page.scrollWidth} px wide: ${places.join(", ") || "by nothing that is seen"}`);
}

// What can be tapped. The panels are opened for it.

const CONTROLS = "a[href], button, input, select, textarea, summary, [role=button]";

/** Whether it is a link in a line of text, which is as high as its line. */
function isInText(element) {
    const isLink = element.localName === "a" && !element.matches(".listing-playground");
    const isInLine = getComputedStyle(element).display === "inline";
    return isLink && isInLine && element.closest("p, li, td, th, dt, dd, figcaption, h1, h2, h3, h4") !== null;
}

/** Sizes need not be whole numbers. */
const TOLERANCE = 0.25;

function tooSmall(within) {
    for (const control of within.querySelectorAll(CONTROLS)) {
        if (!isShown(control) || control.matches(".skip")) continue;
        const isWay = control.closest("header, nav") !== null;
        if (!isWay && isInText(control)) continue;
        const least = isWay && width === 375 ? 44 : 24;
        const box = (control.closest("label") ?? control).getBoundingClientRect();
        if (box.height < least - TOLERANCE || (!isWay && box.width < least - TOLERANCE)) {
            const size = `${Math.round(box.width * 10) / 10} × ${Math.round(box.height * 10) / 10} px`;
            const text = (control.getAttribute("aria-label") ?? control.textContent).trim().slice(0, 30);
            found.push(`${name(control)} “${text}” is ${size}; at least ${least} px, to be tapped`);
        }
    }
}

tooSmall(document.body);
for (const panel of document.querySelectorAll("nav[popover], #settings[popover]")) {
    if (isShown(panel)) continue;
    panel.showPopover();
    const box = panel.getBoundingClientRect();
    if (box.left < -0.5 || box.right > width + 0.5) {
        found.push(`${name(panel)}, opened, is from ${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
    tooSmall(panel);
    panel.hidePopover();
}

// Buttons over code.

for (const button of document.querySelectorAll("main button")) {
    if (!isShown(button)) continue;
    const cover = button.getBoundingClientRect();
    const around = button.closest("figure, .step, pre")?.closest("figure") ?? button.parentElement;
    for (const code of around.querySelectorAll("pre code")) {
        if (!isShown(code) || code.contains(button)) continue;
        const box = code.closest("pre").getBoundingClientRect();
        const isNear = box.left < cover.right && box.right > cover.left && box.top < cover.bottom && box.bottom > cover.top;
        if (!isNear) continue;
        const text = document.createRange();
        text.selectNodeContents(code);
        const isCovered = [...text.getClientRects()].some((line) => {
            const left = Math.max(line.left, box.left);
            const right = Math.min(line.right, box.right);
            return left < cover.right - 0.5 && right > cover.left + 0.5 && line.top < cover.bottom - 0.5 && line.bottom > cover.top + 0.5;
        });
        if (isCovered) found.push(`${name(button)} “${button.textContent.trim()}” covers code of ${name(code)}`);
    }
}

const shown = found.slice(0, 8);
return found.length > 8 ? [...shown, `and ${found.length - 8} more`] : shown;
