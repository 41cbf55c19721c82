// Starts the engine's worker on the graphics chip. Trunk builds worker_gpu.js and worker_gpu_bg.wasm and does not hash their
// names.
import init from "./worker_gpu.js";
await init({ module_or_path: new URL("./worker_gpu_bg.wasm", import.meta.url) });
