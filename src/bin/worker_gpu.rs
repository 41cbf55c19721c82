//! The engine's worker on the graphics chip, through WebGPU.

fn main() {
    #[cfg(target_arch = "wasm32")]
    headstart::web::bridge::run(headstart::protocol::DeviceKind::WebGpu);
}
