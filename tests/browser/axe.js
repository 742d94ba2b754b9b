// What axe finds on the page: the rule, what it is about, and the first places.
await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})));
const { violations } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
    preload: false,
});
return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target, any, all, none }) => {
        const why = [...any, ...all, ...none].map(({ message }) => message)[0] ?? "";
        return `\n    ${target.join(" ")} (${why})`;
    });
    const more = nodes.length > 3 ? `\n    and ${nodes.length - 3} more` : "";
    return `${id}: ${help}${places.join("")}${more}`;
});
