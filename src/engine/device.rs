//! Opens what computes.

use crate::{
    backbone::{Backbone, registry::Spec},
    protocol::{DeviceKind, Failure},
};
use burn::tensor::Device;

/// Opens a device.
///
/// # Errors
/// [`Failure::DeviceUnavailable`] where there is no such device, or this build of the engine cannot use it.
#[cfg_attr(not(feature = "gpu"), allow(clippy::unused_async, reason = "opening a graphics chip waits"))]
pub async fn open(kind: DeviceKind) -> Result<Device, Failure> {
    match kind {
        DeviceKind::Cpu => Ok(Device::flex()),
        #[cfg(feature = "gpu")]
        DeviceKind::WebGpu => Device::wgpu_options()
            .init_async()
            .await
            .map_err(|error| Failure::DeviceUnavailable { detail: format!("{error:?}") }),
        #[cfg(not(feature = "gpu"))]
        DeviceKind::WebGpu => {
            Err(Failure::DeviceUnavailable { detail: "this worker was built without WebGPU".to_owned() })
        }
    }
}

/// Reads a network for a device.
///
/// # Errors
/// [`Failure::WeightsDamaged`] for other bytes than those of its weights file.
pub fn load(spec: &'static Spec, bytes: &[u8], device: &Device, kind: DeviceKind) -> Result<Backbone, Failure> {
    match kind {
        DeviceKind::Cpu => Backbone::on_processor(spec, bytes),
        DeviceKind::WebGpu => Backbone::on_device(spec, bytes, device),
    }
}
