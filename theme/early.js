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
