// Where the focus is: its name, and what is wrong with how it is shown.
const stop = document.activeElement;
if (!stop || stop === document.body || stop === document.documentElement) return { name: null };

const name = window.namesOfStops.get(stop) ?? `${stop.localName} that stops.js does not name: ${stop.outerHTML.slice(0, 80)}`;

// What a script does about the focus, it does in the next frame.
for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})));
const box = [...stop.getClientRects()].find((each) => each.width && each.height) ?? stop.getBoundingClientRect();

function fault() {
    const shown = stop.closest("label") ?? stop;
    if (!shown.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return "is not shown";
    const isInside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    if (!isInside) return `is outside of the window, at ${Math.round(box.left)}, ${Math.round(box.top)}`;
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
    const above = document.elementFromPoint(x, y);
    const isBelow = above && !shown.contains(above) && !above.contains(stop) && !above.closest("label")?.contains(stop);
    if (isBelow) return `is below ${above.localName}.${above.className}`;
    // A ring: an outline of its own, or of its label.
    for (let element = stop; element; element = element === shown ? null : element.parentElement) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        if ((outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none") return null;
    }
    return "does not show that it has the focus";
}
return { name, isSkip: stop.matches("a.skip"), fault: fault() };
