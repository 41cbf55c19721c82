// Starts the page. An ordinary file, so that the policy needs no 'unsafe-inline'. Trunk's pattern_script names the page's
// module in data-js and data-wasm. Where the page cannot start, index.html has the words: an element #cannot-start with one
// child for each data-reason.

const address = (name) => new URL(name, document.baseURI).href;

// The one Trusted Types policy: our own two workers, and the fixed markup that Leptos sets as templates.
if (globalThis.trustedTypes) {
  const workers = [address("worker-boot.js"), address("worker-gpu-boot.js")];
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

if (hasSimd() && hasModuleWorkers()) {
  const here = document.querySelector("script[data-js]");
  try {
    const { default: init } = await import(address(here.dataset.js));
    await init({ module_or_path: address(here.dataset.wasm) });
  } catch (error) {
    console.error(error);
    explain("not-loaded");
  }
} else {
  explain("old-browser");
}
