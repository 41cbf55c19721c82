// Starts the page. An ordinary file, so that the policy needs no 'unsafe-inline'. Trunk's pattern_script names the page's
// module in data-js and data-wasm. Where the page cannot start, index.html has the words: an element #cannot-start with one
// child for each data-reason.

const address = (name) => new URL(name, document.baseURI).href;

// The one Trusted Types policy: our own workers, and the fixed markup that Leptos sets as templates.
if (globalThis.trustedTypes) {
  const workers = ["worker-boot.js", "worker-gpu-boot.js", "sw.js"].map(address);
  trustedTypes.createPolicy("default", {
    createScriptURL: (url) => (workers.includes(address(url)) ? url : null),
    createHTML: (html) => (/<script|\son\w+\s*=|javascript:/i.test(html) ? null : html),
  });
}

function explain(reason) {
  const message = document.getElementById("cannot-start");
  if (!message) return;
  for (const part of message.querySelectorAll("[data-reason]")) part.hidden = part.dataset.reason !== reason;
  message.hidden = false;
}

// The smallest module with a SIMD instruction: a function that gives a v128, made by i8x16.splat of 0.
function hasSimd() {
  const module = [
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic number, version 1
    0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, // one type: () -> v128
    0x03, 0x02, 0x01, 0x00, // one function of that type
    0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b, // its body: i32.const 0, i8x16.splat
  ];
  return typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(module));
}

// A browser without module workers never looks at `type`. One with them finds an exception there, and starts nothing.
function hasModuleWorkers() {
  let asked = false;
  const options = {
    get type() {
      asked = true;
      throw new Error("only asked");
    },
  };
  try {
    new Worker("worker-boot.js", options).terminate();
  } catch {
    // as planned
  }
  return asked;
}

// The engine's workers are bound by the policy only if it comes with their response. So the question is not whether the page
// is bound, but whether the host sends the policy with its files, such as this one, which the browser has at hand.
async function isRuled() {
  try {
    return (await fetch(import.meta.url, { cache: "force-cache" })).headers.has("content-security-policy");
  } catch {
    return false;
  }
}

// The page's code and its module, on their way before it is known whether they may start.
function load() {
  const { js, wasm } = document.querySelector("script[data-js]").dataset;
  // A host that gives the module another type stops this way of compiling; the page's code has another.
  const compiled = WebAssembly.compileStreaming(fetch(address(wasm))).catch(() => address(wasm));
  return Promise.all([import(address(js)), compiled]);
}

async function start(loading) {
  try {
    const [{ default: init }, module_or_path] = await loading;
    await init({ module_or_path });
  } catch (error) {
    console.error(error);
    explain("not-loaded");
  }
}

// What works without a service worker does so where there is none, and where it fails.
async function offline(what) {
  try {
    const part = await import(address("offline.js"));
    return await part[what]();
  } catch (error) {
    console.warn(error);
    return false;
  }
}

if (hasSimd() && hasModuleWorkers()) {
  const loading = load();
  if ((await isRuled()) || !(await offline("rule"))) {
    // The page says when the engine is ready: what it needs to start comes first.
    addEventListener("headstart:ready", () => offline("keep"), { once: true });
    await start(loading);
  }
} else {
  explain("old-browser");
}
