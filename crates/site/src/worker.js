/**
 * The service worker: keeps the whole book for when there is no network.
 *
 * Pages come from the network, so that they are never old, and from the cache
 * if it fails. What pages load has a hash in its name and comes from the cache.
 */
"use strict";

/** Changes with any of the files. */
const VERSION = "{{version}}";

/** The pages, as paths from the site's folder. */
const PAGES = {{pages}};

/** What the pages load. */
const ASSETS = {{assets}};

/** Other books of the same host have caches, too; these are ours. */
const OURS = `book ${self.registration.scope} `;
const CACHE = OURS + VERSION;

/** The page for an address that no page has. */
const NOT_FOUND = "404.html";

/** @param {string} path from the site's folder */
const address = (path) => new URL(path, self.registration.scope).href;

const assets = new Set(ASSETS.map(address));

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || request.headers.has("range")) return;
    if (assets.has(request.url)) {
        event.respondWith(asset(request));
    } else if (request.mode === "navigate" && mayBePage(new URL(request.url))) {
        event.respondWith(page(request));
    }
});

async function keepAll() {
    const cache = await caches.open(CACHE);
    const keep = async (path, mode) => {
        const response = await fetch(address(path), { cache: mode });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        await cache.put(address(path), unredirected(response));
    };
    await Promise.all([
        // A page's name stays when its text changes: ask whether it is new.
        ...PAGES.map((path) => keep(path, "no-cache")),
        ...ASSETS.map((path) => keep(path, "default")),
    ]);
    await self.skipWaiting();
}

async function takeOver() {
    const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
}

/** @param {Request} request */
async function asset(request) {
    return (await kept(request.url)) ?? fetch(request);
}

/** @param {Request} request */
async function page(request) {
    let answer;
    try {
        answer = await fetch(request);
        if (answer.status < 500) return answer;
    } catch {
        // There is no network.
    }
    const url = new URL(request.url);
    url.hash = url.search = "";
    if (url.pathname.endsWith("/")) url.pathname += "index.html";
    // Some hosts leave out the ending.
    const page = (await kept(url.href)) ?? (await kept(`${url.href}.html`)) ?? answer;
    if (page) return page;
    const notFound = await kept(NOT_FOUND);
    return notFound
        ? new Response(notFound.body, { status: 404, headers: notFound.headers })
        : Response.error();
}

/**
 * Not the book in one page or a download: these are not kept, and without a
 * network the browser has to say so.
 *
 * @param {URL} url
 */
function mayBePage({ pathname }) {
    const name = pathname.slice(pathname.lastIndexOf("/") + 1);
    return name !== "print.html" && (name.endsWith(".html") || !name.includes("."));
}

/** @param {string} url */
const kept = (url) => caches.match(address(url), { cacheName: CACHE });

/**
 * Some hosts send from `page.html` on to `page`; a browser takes no answer of
 * that kind from a worker.
 *
 * @param {Response} response
 */
function unredirected(response) {
    const { redirected, body, status, headers } = response;
    return redirected ? new Response(body, { status, headers }) : response;
}
