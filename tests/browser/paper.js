// What is wrong on paper: there is nothing to press, and nothing scrolls.
const found = [];
const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
const number = (element) => element.closest("figure")?.querySelector(".listing-number")?.textContent ?? element.id;

const counts = new Map();
const count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);

const useless = "header.bar, nav, #settings, .skip, main button, #resume";
for (const element of document.querySelectorAll(useless)) {
    if (isShown(element)) count(`${element.localName}${element.className && `.${element.className.replaceAll(" ", ".")}`}`);
}
for (const [name, times] of counts) found.push(`${name} is there, of no use on paper${times > 1 ? `, ${times} times` : ""}`);
for (const output of document.querySelectorAll(".guess pre, .listing-output pre")) {
    if (!isShown(output) || output.getBoundingClientRect().height < 5) found.push(`an output of ${number(output)} is hidden`);
}
for (const block of document.querySelectorAll("main pre, main table, main figure svg")) {
    if (!isShown(block)) continue;
    const box = block.getBoundingClientRect();
    const isCut = block.scrollWidth > block.clientWidth + 1 && block.localName === "pre";
    if (isCut || box.right > innerWidth + 1) {
        found.push(`a ${block.localName} of ${number(block) || "the text"} is cut off at the edge (${Math.round(Math.max(block.scrollWidth, box.right))} px): ${block.textContent.trim().slice(0, 40)}`);
    }
}
const shown = found.slice(0, 8);
return found.length > 8 ? [...shown, `and ${found.length - 8} more`] : shown;
