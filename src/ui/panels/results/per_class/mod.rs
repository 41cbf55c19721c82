//! How many photos of each class were found.

mod table;

use super::prediction::marks;
use crate::{
    protocol::{ClassScore, HeadClass, HeadView},
    ui::{
        components::{ClassKey, Mark, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        panels::share_line::share_line,
        words::whole,
    },
};
use leptos::prelude::*;
use table::Table;

/// One line of the list: the class, the key that stands for it, how it did.
#[derive(Clone, PartialEq)]
struct Found {
    class: HeadClass,
    mark: Mark,
    score: ClassScore,
}

impl Found {
    fn share(&self) -> f64 {
        f64::from(self.score.right) / f64::from(self.score.photos.max(1))
    }

    fn width(&self) -> f64 {
        self.score.interval.high - self.score.interval.low
    }
}

fn found(head: &HeadView, marks: Vec<Mark>) -> Vec<Found> {
    let scores = head.score.iter().flat_map(|score| score.per_class.clone());
    head.classes
        .iter()
        .cloned()
        .zip(marks)
        .zip(scores)
        .map(|((class, mark), score)| Found { class, mark, score })
        .collect()
}

/// The list; only where there is a score.
#[component]
pub(super) fn PerClass() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let list = page.memo(|state| state.head.as_ref().map(|head| found(head, marks(state))).unwrap_or_default());
    view! {
        <When is=live(move || !list.with(Vec::is_empty))>
            <section class="section" id="per-class" aria-labelledby="per-class-heading">
                <div class="section-head"><h3 id="per-class-heading">{t!(i18n, results.per_class)}</h3></div>
                <ul class="perclass">{part(move || list.get().into_iter().map(|found| line(i18n, found)).views())}</ul>
                <p class="small muted more-line">{live(move || list.with(|list| least_certain(i18n, list)))}</p>
                <Table list/>
            </section>
        </When>
    }
}

fn line(i18n: Words, found: Found) -> impl IntoView {
    let (share, colour) = (found.share(), found.mark.colour());
    let name = view! { <ClassKey mark=Signal::stored(found.mark)/><span>{found.class.name}</span> };
    share_line(i18n, name.into_any(), share, found.score.interval, colour)
}

fn least_certain(i18n: Words, list: &[Found]) -> Option<String> {
    let widest = list.iter().max_by(|a, b| a.width().total_cmp(&b.width()))?;
    let (name, count) = (widest.class.name.clone(), widest.score.photos);
    Some(t_string!(i18n, results.least_certain, name = name, count = count, n = whole(count)).to_string())
}
