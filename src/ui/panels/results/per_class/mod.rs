//! How many photos of each class were found.

mod table;

use super::{
    behind::{Behind, PhotosBehind, open_or_close},
    prediction::marks,
};
use crate::{
    dataset::ClassId,
    protocol::{ClassScore, HeadClass, HeadView},
    ui::{
        browser::focus_soon,
        components::{ClassKey, Mark, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        panels::share_line::{Bar, Opens, share_line},
        state::State,
        words::whole,
    },
};
use leptos::prelude::*;
use table::Table;

/// The heading of the photos behind a line.
const OPENED: &str = "per-class-opened";

/// One line of the list: the class, the key that stands for it, how it did.
#[derive(Clone, PartialEq)]
struct Found {
    class: HeadClass,
    mark: Mark,
    score: ClassScore,
    /// The class of the project, where photos of it were judged.
    judged: Option<ClassId>,
}

impl Found {
    fn share(&self) -> f64 {
        f64::from(self.score.right) / f64::from(self.score.photos.max(1))
    }

    fn width(&self) -> f64 {
        self.score.interval.high - self.score.interval.low
    }
}

fn found(state: &State, head: &HeadView) -> Vec<Found> {
    let judged = |class: &HeadClass| {
        let class = state.photos.classes().iter().find(|other| other.name == class.name)?.id;
        state.judged().any(|judged| judged.class == class).then_some(class)
    };
    let scores = head.score.iter().flat_map(|score| score.per_class.clone());
    head.classes
        .iter()
        .cloned()
        .zip(marks(state))
        .zip(scores)
        .map(|((class, mark), score)| Found { judged: judged(&class), class, mark, score })
        .collect()
}

/// The list; only where there is a score.
#[component]
pub(super) fn PerClass() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let list = page.examined(|state| state.head.as_ref().map(|head| found(state, head)).unwrap_or_default());
    let open = RwSignal::new(None);
    let lines = move || list.get().into_iter().map(|found| line(i18n, found, open)).views();
    let closed = |behind| {
        if let Behind::Class(class) = behind {
            focus_soon(line_id(class));
        }
    };
    view! {
        <When is=live(move || !list.with(Vec::is_empty))>
            <section class="section" id="per-class" aria-labelledby="per-class-heading">
                <div class="section-head"><h3 id="per-class-heading">{t!(i18n, results.per_class)}</h3></div>
                <ul class="perclass">{part(lines)}</ul>
                <PhotosBehind open heading=OPENED on_close=Callback::new(closed)/>
                <p class="small muted more-line">{live(move || list.with(|list| least_certain(i18n, list)))}</p>
                <Table list/>
            </section>
        </When>
    }
}

fn line_id(class: ClassId) -> String {
    format!("class-line-{}", class.0)
}

fn line(i18n: Words, found: Found, open: RwSignal<Option<Behind>>) -> impl IntoView {
    let bar = Bar { right: found.share(), interval: found.score.interval, colour: found.mark.colour() };
    let opens = found.judged.map(|class| Opens {
        id: line_id(class),
        label: t_string!(i18n, results.show_photos, name = found.class.name.clone()).to_string(),
        open: live(move || open.get() == Some(Behind::Class(class))),
        on_press: Callback::new(move |()| open_or_close(open, Some(Behind::Class(class)), OPENED)),
    });
    let name = view! { <ClassKey mark=Signal::stored(found.mark)/><span>{found.class.name}</span> };
    share_line(i18n, name.into_any(), bar, opens)
}

fn least_certain(i18n: Words, list: &[Found]) -> Option<String> {
    let widest = list.iter().max_by(|a, b| a.width().total_cmp(&b.width()))?;
    let (name, count) = (widest.class.name.clone(), widest.score.photos);
    Some(t_string!(i18n, results.least_certain, name = name, count = count, n = whole(count)).to_string())
}
