//! What two heads say to each photo.

use crate::{
    protocol::{Compared, ComparedPhoto, HeadAnswer},
    ui::{
        components::{Icon, Picture, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, memo, part},
        page::Page,
        state::{Comparison, agree, is_right},
        words::{percent, whole},
    },
};
use leptos::prelude::*;

/// Photos that are drawn at first, and more each time.
const FIRST: usize = 30;

/// The table; `names` are those of the two heads.
#[component]
pub(super) fn SideBySide(compared: Comparison, names: [String; 2]) -> impl IntoView {
    let i18n = use_i18n();
    let differing = compared.photos.len() - compared.same();
    let has_labels = compared.photos.iter().any(|photo| photo.label.is_some());
    let only = RwSignal::new(differing > 0);
    let limit = RwSignal::new(FIRST);
    // The ones that differ come first.
    let all = compared.photos.len();
    let of = memo(move || if only.get() { differing } else { all });
    let photos = StoredValue::new(compared.photos);
    let rows = move || {
        photos.with_value(|photos| {
            photos.iter().take(of.get().min(limit.get())).map(|photo| row(i18n, photo, has_labels)).views()
        })
    };
    let [first, second] = names;
    view! {
        <label class="switch" hidden=differing == 0 || differing == all>
            <input type="checkbox" data-testid="only-differing" prop:checked=only on:change=move |event| only.set(event_target_checked(&event))/>
            {t!(i18n, heads.only_differing)}
        </label>
        <div class="scroll answers">
            <table class="table">
                <caption class="vh">{t!(i18n, heads.caption)}</caption>
                <thead>
                    <tr>
                        <th>{t!(i18n, heads.photo)}</th>
                        {has_labels.then(|| view! { <th>{t!(i18n, heads.known)}</th> })}
                        <th><bdi>{first}</bdi></th>
                        <th><bdi>{second}</bdi></th>
                    </tr>
                </thead>
                <tbody>{part(rows)}</tbody>
            </table>
        </div>
        <When is=live(move || of.get() > limit.get())>
            <button class="btn quiet small" on:click=move |_| limit.update(|limit| *limit += FIRST)>
                {t!(i18n, app.more)}
                " "
                <span class="num">{live(move || whole(of.get().saturating_sub(limit.get())))}</span>
            </button>
        </When>
    }
}

fn row(i18n: Words, compared: &Compared, has_labels: bool) -> impl IntoView + use<> {
    let page = Page::get();
    let (name, url) = page.with_untracked(|state| match compared.photo {
        ComparedPhoto::Asked(file) => {
            let answer = state.predictions.answers().iter().find(|answer| answer.file == file);
            (answer.map(|answer| answer.name.clone()), Signal::stored(answer.and_then(|answer| answer.picture.clone())))
        }
        ComparedPhoto::Test(photo) => (state.photos.name(photo).map(str::to_owned), page.thumb(photo).into()),
    });
    let label = compared.label.clone();
    let known = has_labels.then(|| view! { <td><bdi>{label.clone()}</bdi></td> });
    let answers = compared.answers.each_ref().map(|answer| cell(i18n, answer, label.as_deref()));
    view! {
        <tr data-testid="compared-row" data-agree=agree(compared).to_string()>
            <td class="pictured"><span class="mini"><Picture url/></span><bdi class="small muted">{name}</bdi></td>
            {known}
            {answers.into_iter().views()}
        </tr>
    }
}

/// What one of the two says; whether that is right, where it is known.
fn cell(i18n: Words, answer: &HeadAnswer, label: Option<&str>) -> impl IntoView + use<> {
    // How probable the nearest class is says nothing about a photo like none of them.
    let (said, sure) = if answer.unknown {
        (t_string!(i18n, results.unknown).to_owned(), None)
    } else {
        (answer.class.clone(), Some(percent(i18n, f64::from(answer.probability))))
    };
    let right = label.map(|label| is_right(answer, label));
    let mark = right.map(|right| {
        let (icon, word) =
            if right { ("check", t_string!(i18n, heads.is_right)) } else { ("x", t_string!(i18n, heads.is_wrong)) };
        view! { <Icon name=icon size="s"/><span class="vh">{word}</span> }
    });
    view! {
        <td class:bad=right == Some(false)>
            {mark}" "<bdi>{said}</bdi>" "<span class="num muted">{sure}</span>
        </td>
    }
}
