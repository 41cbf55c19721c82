// Starts the engine's worker on the processor. Trunk builds worker.js and worker_bg.wasm and does not hash their names.
import init from "./worker.js";
try {
  await init({ module_or_path: new URL("./worker_bg.wasm", import.meta.url) });
} catch (error) {
  postMessage([null, String(error)]); // last words, as in src/web/wire.rs
}
