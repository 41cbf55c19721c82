//! The head as a file: what is in it, and what never is.

use crate::{
    dataset::head_file_name,
    protocol::HeadView,
    ui::{
        app::Labelled,
        browser::open_picker,
        components::{Icon, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live, part},
        page::Page,
        panels::{fold::Fold, inputs::HEAD, version::works_offline},
        shortcuts::Hint,
        state::Command,
        words::{size, whole},
    },
};
use leptos::prelude::*;

/// Bytes of one number in the file.
const NUMBER_BYTES: u64 = 4;

/// The sizes of the parts of a head file.
struct Parts {
    learned: u64,
    classes: u64,
    unknown: u64,
    rest: u64,
}

impl Parts {
    fn of(head: &HeadView) -> Self {
        let classes = head.classes.len() as u64;
        let dim = u64::from(head.dim);
        // Tensors `weight` [C, D], `bias` [C] and `mean` [D].
        let learned = (classes * dim + classes + dim) * NUMBER_BYTES;
        let names = head
            .classes
            .iter()
            .map(|class| format!(r#"{{"name":"{}","count":{}}},"#, class.name, class.count).len() as u64)
            .sum();
        let unknown = head.unknown_bytes;
        Self { learned, classes: names, unknown, rest: head.file_bytes.saturating_sub(learned + names + unknown) }
    }
}

/// The section.
#[component]
pub(super) fn Share() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let head = page.memo(|state| state.head.clone());
    let file = page.memo(|state| head_file_name(&state.name));
    view! {
        <section class="section" id="share" aria-labelledby="share-heading" hidden=live(move || head.with(Option::is_none))>
            <div class="section-head"><h3 id="share-heading">{t!(i18n, share.title)}</h3></div>
            <Fold name="share" say=t_string!(i18n, fold.share)/>
            <div class="parcel">
                <div>{part(move || head.get().map(|head| manifest(i18n, &head, file)))}</div>
                <div class="stack-4">
                    <NeverIn/>
                    <p class="small muted">{t!(i18n, share.note)}</p>
                    <button
                        class="btn primary wide"
                        data-testid="download-head"
                        disabled=live(move || head.with(Option::is_none))
                        on:click=move |_| page.download_head()
                    >
                        <Labelled icon="download">{t!(i18n, share.download)}</Labelled>
                        " "
                        <Hint command=Command::Download/>
                    </button>
                    <button class="btn quiet small wide" on:click=|_| open_picker(HEAD)>
                        <Labelled icon="folder">{t!(i18n, share.open)}</Labelled>
                    </button>
                    <p class="small muted">{t!(i18n, share.replaces)}</p>
                    <When is=works_offline()>
                        <p class="small muted" data-testid="works-offline">{t!(i18n, offline.works_say)}</p>
                    </When>
                </div>
            </div>
        </section>
    }
}

#[component]
fn NeverIn() -> impl IntoView {
    let i18n = use_i18n();
    let line = |text: &'static str| view! { <li><Icon name="x" size="s"/>" "{text}</li> };
    view! {
        <div class="stack">
            <h4 class="small">{t!(i18n, share.never)}</h4>
            <ul class="not-in">
                {line(t_string!(i18n, share.never_photos))}
                {line(t_string!(i18n, share.never_names))}
                {line(t_string!(i18n, share.never_places))}
            </ul>
        </div>
    }
}

fn manifest(i18n: Words, head: &HeadView, file: Memo<String>) -> impl IntoView + use<> {
    let parts = Parts::of(head);
    let classes = u32::try_from(head.classes.len()).unwrap_or(u32::MAX);
    let row =
        |text: String, bytes: u64| view! { <li><span>{text}</span><span class="num">{size(i18n, bytes)}</span></li> };
    let learned = t_string!(i18n, share.learned, classes = whole(classes), dim = whole(head.dim)).to_string();
    view! {
        <div class="manifest">
            <div class="file-head">
                <Icon name="layers"/>
                <span class="mono">{file}</span>
                <span class="num push faint">{size(i18n, head.file_bytes)}</span>
            </div>
            <ul>
                {row(t_string!(i18n, share.classes, count = classes).to_string(), parts.classes)}
                {row(learned, parts.learned)}
                {(parts.unknown > 0).then(|| row(t_string!(i18n, share.spots_unknown).to_string(), parts.unknown))}
                {row(t_string!(i18n, share.score_and_network).to_string(), parts.rest)}
            </ul>
        </div>
    }
}
