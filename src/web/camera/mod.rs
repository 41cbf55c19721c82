//! The camera of the device. It is opened when a person asks for it and never before, and what it shows stays in the page.

mod picture;

pub use picture::{Canvas, frame};

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomException, HtmlVideoElement, MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, window,
};

/// Lets the picture move. That it is refused means that it is gone or that another has taken its place by then.
pub fn play(video: &HtmlVideoElement) {
    if let Ok(promise) = video.play() {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// What is asked of a camera, in pixels. A photo's stored copy is smaller, so more would only cost time.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The person or the browser's settings say no.
    Denied,
    /// There is no camera.
    Missing,
    /// Another app has it.
    Busy,
    /// The browser gives pages like this one none.
    Unsupported,
    /// It was pulled out, or switched off.
    Gone,
    /// Something else.
    Failed {
        /// What the browser says.
        detail: String,
    },
}

/// Which camera is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The one at the back of a phone, otherwise any.
    Any,
    /// This one.
    Device(String),
}

/// A camera that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What the browser calls it.
    pub id: String,
    /// What people call it; empty where the browser does not tell.
    pub label: String,
}

/// A camera that is on. It goes off when this is dropped.
#[derive(Debug)]
pub struct Stream {
    stream: MediaStream,
    track: MediaStreamTrack,
    _ended: Closure<dyn Fn()>,
}

impl Stream {
    /// Switches a camera on. The browser may ask the person, who may take any time. `ended` is called when the camera is
    /// pulled out, or the person takes their word back.
    ///
    /// # Errors
    /// Why there is no camera.
    pub async fn open(wanted: &Wanted, ended: impl Fn() + 'static) -> Result<Self, Trouble> {
        let constraints = constraints(wanted).map_err(|thrown| trouble(&thrown))?;
        let asked = devices_api().ok_or(Trouble::Unsupported)?.get_user_media_with_constraints(&constraints);
        let stream = JsFuture::from(asked.map_err(|thrown| trouble(&thrown))?).await;
        let stream: MediaStream = stream.map_err(|thrown| trouble(&thrown))?.unchecked_into();
        let track: MediaStreamTrack = stream.get_video_tracks().get(0).dyn_into().map_err(|_| Trouble::Missing)?;
        let ended = Closure::<dyn Fn()>::new(ended);
        track.set_onended(Some(ended.as_ref().unchecked_ref()));
        Ok(Self { stream, track, _ended: ended })
    }

    /// Shows what it sees.
    pub fn show_in(&self, video: &HtmlVideoElement) {
        video.set_src_object(Some(&self.stream));
        play(video);
    }

    /// Which camera it is.
    pub fn device(&self) -> Option<String> {
        self.setting("deviceId")
    }

    /// Whether it looks away from the person, as the one at the back of a phone.
    pub fn looks_away(&self) -> bool {
        self.setting("facingMode").is_some_and(|facing| facing == "environment")
    }

    fn setting(&self, name: &str) -> Option<String> {
        Reflect::get(&self.track.get_settings(), &name.into()).ok()?.as_string()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.track.set_onended(None);
        self.track.stop();
    }
}

/// The cameras of the device. Before one was allowed, browsers tell none or do not name them.
pub async fn devices() -> Vec<Device> {
    let Some(Ok(listed)) = devices_api().map(|api| api.enumerate_devices()) else { return Vec::new() };
    let Ok(listed) = JsFuture::from(listed).await else { return Vec::new() };
    let infos = Array::from(&listed).iter().map(JsCast::unchecked_into::<MediaDeviceInfo>).collect::<Vec<_>>();
    let cameras = infos.iter().filter(|info| info.kind() == MediaDeviceKind::Videoinput);
    cameras
        .map(|info| Device { id: info.device_id(), label: info.label() })
        .filter(|device| !device.id.is_empty())
        .collect()
}

/// A page without a secure address has no such thing.
fn devices_api() -> Option<MediaDevices> {
    let navigator = window()?.navigator();
    let api = Reflect::get(&navigator, &"mediaDevices".into()).ok()?;
    api.is_object().then(|| api.unchecked_into())
}

fn constraints(wanted: &Wanted) -> Result<MediaStreamConstraints, JsValue> {
    let ideal = |value: JsValue| {
        let range = Object::new();
        Reflect::set(&range, &"ideal".into(), &value).map(|_| range)
    };
    let video = Object::new();
    Reflect::set(&video, &"width".into(), &ideal(WIDTH.into())?.into())?;
    Reflect::set(&video, &"height".into(), &ideal(HEIGHT.into())?.into())?;
    match wanted {
        Wanted::Any => Reflect::set(&video, &"facingMode".into(), &ideal("environment".into())?.into())?,
        Wanted::Device(id) => {
            let exact = Object::new();
            Reflect::set(&exact, &"exact".into(), &id.into())?;
            Reflect::set(&video, &"deviceId".into(), &exact.into())?
        }
    };
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&video);
    Ok(constraints)
}

/// What the browser's error means to a person.
fn trouble(thrown: &JsValue) -> Trouble {
    let name = thrown.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "SecurityError" => Trouble::Denied,
        "NotFoundError" | "OverconstrainedError" => Trouble::Missing,
        "NotReadableError" | "AbortError" => Trouble::Busy,
        _ => Trouble::Failed { detail: super::wire::detail_of(thrown) },
    }
}
