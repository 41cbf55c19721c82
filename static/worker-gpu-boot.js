// Starts the engine's worker on the graphics chip. Trunk builds worker_gpu.js and worker_gpu_bg.wasm and does not hash their
// names.
import init from "./worker_gpu.js";
// The engine reads photos in workers on the processor; nothing else may be started from here.
const reader = new URL("./worker-boot.js", import.meta.url).href;
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (new URL(url, location.href).href === reader ? url : null),
});
try {
  await init({ module_or_path: new URL("./worker_gpu_bg.wasm", import.meta.url) });
} catch (error) {
  postMessage([null, String(error)]); // last words, as in src/web/wire.rs
}
