// The service worker: keeps Headstart on the device, so that it starts without a network, and puts the policy on every
// response where the host cannot. It asks nothing of any address but its own.
//
// A version is all files of one build. It answers from its cache only once it has all of them, index.html last; until then
// everything comes from the host, as without a service worker. The first version is kept when the page asks for it, with the
// engine running. A later one is kept as it is installed, and waits until a person wants it or the last page is closed: so
// page and engine's workers are always of one version.
"use strict";

// `headstart precache` writes it: the version, the headers of `_headers`, each file with its SHA-256. As it stands here, in a
// build that changes all the time, nothing is kept.
const BUNDLE = null;

const scope = new URL(registration.scope);
const page = scope.href; // the address of index.html
const prefix = `headstart ${scope.pathname} `; // other copies of Headstart may live on the same host
const address = (name) => (name === "index.html" ? page : new URL(name, scope).href);
const files = new Map((BUNDLE?.files ?? []).map(([name, sha]) => [address(name), sha]));
const current = prefix + (BUNDLE?.version ?? "none");
// The engine for the graphics chip is large, and needed only where there is one: kept where it was used.
const onUse = (url) => url.startsWith(address("worker_gpu")) || url.startsWith(address("worker-gpu"));

const versions = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));
// Everything is being deleted: nothing may be kept from now on.
let leaving = false;
const kept = (version, url) => caches.match(url, { cacheName: version, ignoreVary: true });

async function someVersionIsWhole() {
  for (const version of await versions()) if (await kept(version, page)) return true;
  return false;
}

async function isRight(response, sha) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") === sha;
}

// A response with the headers of `_headers`: as it came if it has them.
function ruled(response) {
  const missing = Object.entries(BUNDLE.headers).filter(([name, value]) => response.headers.get(name) !== value);
  const { status, statusText } = response;
  const isRedirection = status === 0; // which the browser follows itself
  if (isRedirection || (missing.length === 0 && !response.redirected)) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name); // of what came over the network
  return new Response(response.body, { status, statusText, headers });
}

// Finds the file that belongs to this version, in another version's cache or by `fetch` in these modes, and keeps it.
async function keep(url, modes) {
  const others = (await versions()).filter((version) => version !== current).map((version) => () => kept(version, url));
  const fetches = modes.map((cache) => () => fetch(url, { cache, mode: "same-origin" }));
  for (const source of [...others, ...fetches]) {
    const found = await source().catch(() => null);
    if (!found?.ok || !(await isRight(found.clone(), files.get(url)))) continue;
    const response = ruled(found);
    if (leaving) break;
    await (await caches.open(current)).put(url, response.clone());
    return response;
  }
  throw new Error(`${url} is not of version ${BUNDLE.version}`);
}

// What the page has loaded lies in the browser's own cache, and is not downloaded again.
const MODES = ["force-cache", "no-cache", "reload"];

async function keepAll() {
  if (await kept(current, page)) return;
  for (const url of files.keys()) {
    if (await kept(current, url)) continue;
    if (!onUse(url)) await keep(url, MODES);
    else if (await wasUsed(url)) await keep(url, MODES).catch(() => {}); // works without, and tries again on use
  }
}

async function wasUsed(url) {
  for (const version of await versions()) if (await kept(version, url)) return true;
  const cached = await fetch(url, { cache: "only-if-cached", mode: "same-origin" }).catch(() => null);
  return cached?.ok === true;
}

async function answer(request) {
  const { origin, pathname } = new URL(request.url);
  const plain = origin + pathname; // a query is for the page alone
  const url = plain === `${page}index.html` ? page : plain;
  if (!files.has(url) || !(await kept(current, page))) return ruled(await fetch(request));
  return (await kept(current, url)) ?? (await keep(url, MODES).catch(() => Response.error()));
}

const orders = {
  // Keeps this version, if the page that asks is of it: "kept", "other" or "failed".
  async keep(version) {
    if (version !== BUNDLE.version) return "other";
    await keepAll();
    await clients.claim();
    return "kept";
  },
  // Takes over from the version before, unless that would change it under another open page: "taken" or "tabs".
  async use() {
    const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
    if (open.filter((client) => client.url.startsWith(page)).length > 1) return "tabs";
    await skipWaiting();
    return "taken";
  },
  // Keeps nothing from now on: the page is about to delete everything.
  async forget() {
    leaving = true;
    return "forgotten";
  },
};

async function install() {
  if (await someVersionIsWhole()) await keepAll();
  else await skipWaiting(); // no page stands on a version before
}

async function activate() {
  for (const version of await versions()) if (version !== current) await caches.delete(version);
}

async function leave() {
  for (const version of await versions()) await caches.delete(version);
  await registration.unregister();
  for (const client of await clients.matchAll({ type: "window" })) await client.navigate(client.url);
}

addEventListener("install", (event) => event.waitUntil(BUNDLE ? install() : skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(BUNDLE ? activate() : leave()));
addEventListener("fetch", (event) => {
  const ours = event.request.method === "GET" && new URL(event.request.url).origin === scope.origin;
  if (BUNDLE && ours) event.respondWith(answer(event.request));
});
addEventListener("message", (event) => {
  const [order, version] = event.data;
  const done = orders[order](version).catch(() => "failed");
  event.waitUntil(done.then((word) => event.ports[0].postMessage(word)));
});
