//! A reader: reads one photo after the other until the engine ends it.

use super::message;
use crate::{
    backbone::{Backbone, registry::LITE0},
    engine::reading::Seen,
    protocol::Failure,
    web::{
        bridge::{post_with, scope},
        decoding::read_photo,
        inbox::Inbox,
        requests::Watch,
        weights,
        yield_now::yield_now,
    },
};
use std::rc::Rc;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::MessageEvent;

/// Reads photos in this worker; `sees` says whether it computes their pools too.
///
/// # Errors
/// When the network's weights do not arrive.
pub(in crate::web) async fn serve(sees: bool, watch: &Watch) -> Result<(), Failure> {
    let inbox = Rc::new(Inbox::default());
    let jobs = inbox.clone();
    let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(job) = message::job_of(&event.data()) {
            jobs.push(job);
        }
    });
    scope().set_onmessage(Some(message.into_js_value().unchecked_ref()));
    let backbone =
        if sees { Some(Backbone::on_processor(&LITE0, &weights::fetch(&LITE0, |_| ()).await?)?) } else { None };
    watch.loaded();
    post_with((message::ready(), js_sys::Array::new()));
    loop {
        let (id, bytes): (u32, Vec<u8>) = inbox.wait().await;
        let mut read = read_photo(bytes).await;
        if let (Some(backbone), Ok(photo)) = (&backbone, &mut read)
            && let Seen::Pixels(pixels) = &photo.seen
        {
            let pools = backbone.pools(std::slice::from_ref(pixels)).await?;
            photo.seen = Seen::Pools(pools.into_iter().next().unwrap_or_default());
        }
        post_with(message::answer(id, read));
        yield_now().await;
    }
}
