// Starts the engine's worker on the graphics chip. Trunk builds worker_gpu.js and worker_gpu_bg.wasm and does not hash their
// names.
import init from "./worker_gpu.js";
try {
  await init({ module_or_path: new URL("./worker_gpu_bg.wasm", import.meta.url) });
} catch (error) {
  postMessage([null, String(error)]); // last words, as in src/web/wire.rs
}
