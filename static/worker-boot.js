// Starts the engine's worker on the processor, or one of its readers: they are the same code under another name. Trunk builds
// worker.js and worker_bg.wasm and does not hash their names.
import init from "./worker.js";
// The engine reads photos in workers of this script; nothing else may be started from here.
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (new URL(url, location.href).href === location.href ? url : null),
});
try {
  await init({ module_or_path: new URL("./worker_bg.wasm", import.meta.url) });
} catch (error) {
  postMessage([null, String(error)]); // last words, as in src/web/wire.rs
}
