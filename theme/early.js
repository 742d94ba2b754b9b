// Before anything is painted: that scripts run, and what the reader has chosen.
"use strict";
document.documentElement.classList.add("js");
try {
    for (const name of ["theme", "outputs"]) {
        const value = localStorage.getItem(`book-${name}`);
        if (value) document.documentElement.dataset[name] = value;
    }
} catch {
    // Without storage nothing is remembered.
}
// The type of the first lines, asked for before the style sheets name it. From
// disk a browser refuses to, and there it is at hand.
if (location.protocol.startsWith("http")) {
    for (const font of ["{{ resource "fonts/literata-400.woff2" }}", "{{ resource "fonts/literata-600.woff2" }}"]) {
        const link = document.createElement("link");
        const href = new URL(font, document.currentScript.src);
        Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
        document.head.append(link);
    }
}
