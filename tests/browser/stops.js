// The names of all controls that a reader can see, as in stop.js.
const every = [...document.querySelectorAll("*")];
function nameOf(element) {
    const text = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ").slice(0, 40);
    return `${every.indexOf(element)} ${element.localName}${element.id && `#${element.id}`} “${text}”`;
}
const controls = document.querySelectorAll("a[href], button, select, textarea, summary, input:not([type=radio]), input:checked, [tabindex='0']");
return [...controls].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled).map(nameOf);
