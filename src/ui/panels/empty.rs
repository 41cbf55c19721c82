//! The page before anything is there.

use super::{
    inputs::{FILES, FOLDER, HEAD, PROJECT},
    photos::AddClass,
    version::works_offline,
};
use crate::ui::{
    app::{Labelled, Over},
    browser::{open_picker, phone},
    camera::Camera,
    components::{ClassKey, Icon, KeySize, Mark, When},
    i18n::{t, t_string, use_i18n},
    live::{Views, live, memo},
    page::Page,
    samples,
    state::{Layout, State},
};
use leptos::prelude::*;

/// What the page is for.
#[component]
pub(in crate::ui) fn EmptyIntro() -> impl IntoView {
    let i18n = use_i18n();
    let layout = Page::get().memo(State::layout);
    view! {
        <div class="hello" hidden=live(move || layout.get() != Layout::Empty)>
            <h1>{t!(i18n, empty.title)}</h1>
            <p>{t!(i18n, empty.say)}</p>
        </div>
    }
}

/// The large drop zone and what stands below it.
#[component]
pub(in crate::ui) fn EmptyRest() -> impl IntoView {
    let layout = Page::get().memo(State::layout);
    let is_empty = memo(move || layout.get() == Layout::Empty);
    // Gone once there is something: what it holds is reached from elsewhere then.
    view! {
        <When is=is_empty>
            <DropZone/>
            <Trust/>
            <Steps/>
        </When>
    }
}

#[component]
fn DropZone() -> impl IntoView {
    let i18n = use_i18n();
    let over = expect_context::<Over>().0;
    let pile = |place: usize, name: &'static str| {
        let pictures = samples::drawings(place).map(|address| view! { <img src=address alt=""/> });
        view! {
            <li class="pile">
                <span class="fan">{pictures.into_iter().views()}</span>
                <span class="named"><ClassKey mark=Signal::stored(Mark::new(Some(place), name, 3)) size=KeySize::Small/><span>{name}</span></span>
            </li>
        }
    };
    view! {
        <section class="drop" class:is-over=live(move || over.get().is_some()) aria-labelledby="drop-heading">
            <ul class="piles" aria-hidden="true">
                {pile(0, t_string!(i18n, empty.oak))}
                {pile(1, t_string!(i18n, empty.birch))}
                {pile(2, t_string!(i18n, empty.maple))}
            </ul>
            <div class="stack">
                <h2 id="drop-heading">{t!(i18n, empty.drop)}</h2>
                <p class="muted">{t!(i18n, empty.folder_best)}<br class="hide-s"/>" "{t!(i18n, empty.ten_enough)}</p>
            </div>
            <Choices/>
            <OtherWays/>
        </section>
    }
}

/// The ways in: a phone has a camera at hand and seldom folders.
#[component]
fn Choices() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let on_phone = phone();
    let way = |first: bool| if first { "btn primary big" } else { "btn quiet big" };
    let by_camera = view! {
        <button class=way(on_phone) aria-haspopup="dialog" on:click=move |_| camera.show(None)>
            <Labelled icon="camera" size="l">{t!(i18n, camera.open)}</Labelled>
        </button>
    };
    let by_folder = view! {
        <button class=way(!on_phone) on:click=|_| open_picker(FOLDER)>
            <Labelled icon="folder" size="l">{t!(i18n, empty.choose_folder)}</Labelled>
        </button>
    };
    let by_photos = view! {
        <button class=way(false) on:click=|_| open_picker(FILES)>
            <Labelled icon="image" size="l">{t!(i18n, empty.choose_photos)}</Labelled>
        </button>
    };
    let ways = if on_phone {
        [by_camera.into_any(), by_photos.into_any(), by_folder.into_any()]
    } else {
        [by_folder.into_any(), by_photos.into_any(), by_camera.into_any()]
    };
    view! { <div class="choices">{ways.into_iter().collect::<Vec<_>>()}</div> }
}

#[component]
fn OtherWays() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    view! {
        <div class="or">
            {t!(i18n, empty.or_else)}
            <span>
                <button class="btn link strong" data-testid="try-samples" on:click=move |_| page.try_samples(i18n)>
                    {t!(i18n, empty.samples)}
                </button>
                ","
            </span>
            <span><AddClass class="btn link">{t!(i18n, empty.add_class)}</AddClass>","</span>
            <button class="btn link" on:click=|_| open_picker(HEAD)>{t!(i18n, empty.open_head)}</button>
            {t!(i18n, empty.or)}
            <button class="btn link" on:click=|_| open_picker(PROJECT)>{t!(i18n, empty.open_project)}</button>
        </div>
    }
}

#[component]
fn Trust() -> impl IntoView {
    let i18n = use_i18n();
    let kept = works_offline();
    let unruled = Page::get().memo(|state| state.offline.unruled);
    let plug_say = move || if kept.get() { t_string!(i18n, offline.plug_say) } else { t_string!(i18n, empty.plug_say) };
    view! {
        <section class="trust" aria-label=t_string!(i18n, empty.privacy)>
            <details>
                <summary>
                    <Icon name="shield"/>
                    <span class="strong">{t!(i18n, empty.stay)}</span>
                    " "
                    <span>{t!(i18n, empty.nothing_uploaded)}</span>
                    " "
                    <When is=kept><span>{t!(i18n, offline.works)}</span></When>
                    " "
                    <span class="go">{t!(i18n, empty.check)}</span>
                </summary>
                <ol>
                    <li><b>{t!(i18n, empty.plug)}</b>{live(plug_say)}</li>
                    <li hidden=live(move || unruled.get())><b>{t!(i18n, empty.policy)}</b>{t!(i18n, empty.policy_say)}</li>
                    <li><b>{t!(i18n, empty.curtain)}</b>{t!(i18n, empty.curtain_say)}</li>
                </ol>
            </details>
        </section>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <ol class="steps">
            <li><span class="step-no">"1"</span><b>{t!(i18n, steps.photos)}</b><span>{t!(i18n, empty.step_photos)}</span></li>
            <li><span class="step-no">"2"</span><b>{t!(i18n, steps.training)}</b><span>{t!(i18n, empty.step_training)}</span></li>
            <li><span class="step-no">"3"</span><b>{t!(i18n, steps.results)}</b><span>{t!(i18n, empty.step_results)}</span></li>
        </ol>
    }
}
