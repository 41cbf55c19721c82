//! The engine's worker on the processor.

fn main() {
    #[cfg(target_arch = "wasm32")]
    headstart::web::bridge::run(headstart::protocol::DeviceKind::Cpu);
}
