//! The classes of a head that came from a file and tells apart something else than the project's classes.

use super::prediction::marks;
use crate::{
    protocol::HeadClass,
    ui::{
        components::{ClassKey, Mark, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        words::whole,
    },
};
use leptos::prelude::*;

/// The list; not there for a head that fits the project.
#[component]
pub(super) fn HeadClasses() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let classes = page.memo(|state| match &state.head {
        Some(head) if !state.head_fits() => head.classes.iter().cloned().zip(marks(state)).collect(),
        _ => Vec::new(),
    });
    view! {
        <When is=live(move || !classes.with(Vec::is_empty))>
            <section class="section" id="head-classes" aria-labelledby="head-classes-heading">
                <div class="section-head"><h3 id="head-classes-heading">{t!(i18n, results.classes_of_head)}</h3></div>
                <ul class="head-classes">{part(move || classes.get().into_iter().map(|(class, mark)| line(i18n, class, mark)).views())}</ul>
            </section>
        </When>
    }
}

fn line(i18n: Words, class: HeadClass, mark: Mark) -> impl IntoView {
    let say =
        t_string!(i18n, results.head_class, name = class.name, count = class.count, n = whole(class.count)).to_string();
    view! { <li class="named"><ClassKey mark=Signal::stored(mark)/><span>{say}</span></li> }
}
