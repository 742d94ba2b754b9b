// Prints the medians of Lighthouse's reports in a folder, and holds them
// against the budgets.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];

/** The highest or lowest value that is good enough. */
const budgets = {
    mobile: { performance: [98, Infinity] },
    desktop: { performance: [100, Infinity] },
    both: {
        accessibility: [100, Infinity],
        "best practices": [100, Infinity],
        SEO: [100, Infinity],
        "layout shift": [0, 0.05],
        "KB transferred": [0, 150],
        requests: [0, 20],
        "other hosts": [0, 0],
    },
};

function figures(report) {
    const score = (name) => Math.round(report.categories[name].score * 100);
    const requests = report.audits["network-requests"].details.items.filter(({ url }) => /^https?:/.test(url));
    const hosts = new Set(requests.map(({ url }) => new URL(url).host));
    hosts.delete(new URL(report.finalDisplayedUrl).host);
    const bytes = requests.reduce((sum, { transferSize }) => sum + (transferSize ?? 0), 0);
    return {
        performance: score("performance"),
        accessibility: score("accessibility"),
        "best practices": score("best-practices"),
        SEO: score("seo"),
        "layout shift": report.audits["cumulative-layout-shift"].numericValue,
        "KB transferred": bytes / 1000,
        requests: requests.length,
        "other hosts": hosts.size,
    };
}

/** What is not as it should be, whatever it costs. */
function faults(report) {
    const named = ["accessibility", "best-practices", "seo"].flatMap((name) => report.categories[name].auditRefs);
    return named
        .filter(({ id, weight }) => weight > 0 && report.audits[id].score !== null && report.audits[id].score < 1)
        .map(({ id }) => `${id}: ${report.audits[id].title}`);
}

function median(values) {
    return [...values].sort((a, b) => a - b)[values.length >> 1];
}

let missed = 0;
for (const kind of ["mobile", "desktop"]) {
    const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
    const reports = names.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
    const runs = reports.map(figures);
    console.log(`${kind}, median of ${runs.length}, Lighthouse ${reports[0].lighthouseVersion}`);
    for (const name of Object.keys(runs[0])) {
        const values = runs.map((run) => run[name]);
        const value = median(values);
        const [least, most] = budgets[kind][name] ?? budgets.both[name];
        const isGood = value >= least && value <= most;
        if (!isGood) missed += 1;
        const wanted = most === Infinity ? `at least ${least}` : `at most ${most}`;
        const all = values.map((each) => +each.toFixed(3)).join(" ");
        console.log(`  ${name.padEnd(16)} ${String(+value.toFixed(3)).padStart(8)}   ${wanted.padEnd(14)} ${isGood ? "" : "MISSED "}(${all})`);
    }
    for (const fault of new Set(reports.flatMap(faults))) console.log(`  ${fault}`);
}
process.exitCode = missed > 0 ? 1 : 0;
