// The names of all controls that a reader can see. They are kept, for stop.js: a
// definition that is shown moves in the document, and a place in it is no name.
// What scrolls has its stop from the frame after the last face arrived.
await document.fonts.ready;
for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
const controls = document.querySelectorAll("a[href], button, select, textarea, summary, input:not([type=radio]), input:checked, [tabindex='0']");
const seen = [...controls].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled);
window.namesOfStops = new Map(
    seen.map((element, number) => {
        const text = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ").slice(0, 40);
        return [element, `${number} ${element.localName}${element.id && `#${element.id}`} “${text}”`];
    }),
);
return [...window.namesOfStops.values()];
