//! How far reading is: count, time left, a way out.

use crate::ui::{
    browser::now_ms,
    i18n::{t_string, use_i18n},
    live::live,
    page::Page,
    panels::task::TaskLine,
    state::{JobKind, Speaker},
    words::{time_left, whole},
};
use leptos::prelude::*;

/// The task; in the document from the first frame on, shown while photos are read.
#[component]
pub(super) fn ReadProgress() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let reading = page.memo(|state| state.jobs.has(JobKind::Read));
    let sum = page.memo(|state| state.jobs.sum(JobKind::Read));
    view! {
        <div
            class="task"
            data-testid="extract-progress"
            data-done=live(move || sum.get().done)
            data-total=live(move || sum.get().total)
            data-failed=live(move || sum.get().failed)
            hidden=live(move || !reading.get())
        >
            <TaskLine kind=JobKind::Read say=t_string!(i18n, photos.reading)/>
        </div>
        <Spoken/>
    }
}

/// What a screen reader hears: every tenth, or after five seconds, and the end.
#[component]
fn Spoken() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let progress = page.memo(|state| (state.jobs.has(JobKind::Read), state.jobs.sum(JobKind::Read)));
    let said = RwSignal::new(String::new());
    let speaker = StoredValue::new(Speaker::default());
    Effect::new(move |before: Option<bool>| {
        let (reading, sum) = progress.get();
        let share = f64::from(sum.done) / f64::from(sum.total.max(1));
        if reading && speaker.try_update_value(|speaker| speaker.should_say(share, now_ms())) == Some(true) {
            let left = page.with_untracked(|state| state.jobs.time_left(JobKind::Read));
            let (done, total) = (whole(sum.done), whole(sum.total));
            said.set(match left {
                Some(left) => {
                    t_string!(i18n, photos.reading_live_left, done = done, total = total, left = time_left(i18n, left))
                        .to_string()
                }
                None => t_string!(i18n, photos.reading_live, done = done, total = total).to_string(),
            });
        } else if !reading && before == Some(true) {
            speaker.set_value(Speaker::default());
            said.set(match sum.failed {
                0 => t_string!(i18n, photos.reading_over_all).to_string(),
                failed => t_string!(i18n, photos.reading_over, count = failed).to_string(),
            });
        }
        reading
    });
    view! { <p class="vh" role="status">{said}</p> }
}
