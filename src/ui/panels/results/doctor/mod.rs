//! The photo doctor: what is worth a look, most useful first, put right with one key.

mod fixes;
mod item;
mod short;

use crate::{
    dataset::PhotoId,
    protocol::{Finding, FindingKind},
    ui::{
        browser::{focus_soon, has_focus_within},
        components::When,
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, each, live, memo},
        page::Page,
        shortcuts::{Hint, Shortcuts},
        state::{Command, JobKind, Layout, State, finding_id},
        words::whole,
    },
};
use item::Item;
use leptos::{ev, prelude::*};
use short::ShortClasses;

/// Findings that are drawn at first, and more each time.
const FIRST: usize = 20;
const SECTION: &str = "doctor";
const HEADING: &str = "doctor-heading";

/// What makes a finding the same one.
type Name = (PhotoId, &'static str, Option<PhotoId>);

/// The list and where the person is in it.
#[derive(Clone, Copy)]
struct Doctor {
    list: Memo<Vec<Finding>>,
    current: Memo<Option<Name>>,
    /// The id of the item that the person went to last.
    at: RwSignal<String>,
    limit: RwSignal<usize>,
}

impl Doctor {
    fn new(page: Page) -> Self {
        let list = page.examined(State::findings);
        let at = RwSignal::new(String::new());
        // Where the current finding stood: when it is gone, the next one has moved up to its place.
        let place = StoredValue::new(0);
        let current = memo(move || {
            list.with(|list| {
                let at = at.get();
                let found = list.iter().position(|finding| item_id(finding_id(finding)) == at);
                let here = found.unwrap_or(place.get_value()).min(list.len().saturating_sub(1));
                place.set_value(here);
                list.get(here).map(finding_id)
            })
        });
        Self { list, current, at, limit: RwSignal::new(FIRST) }
    }

    /// Goes some findings on, or stays where the list ends.
    fn go(self, by: isize) {
        let now = self.current.get_untracked();
        let next = self.list.with_untracked(|list| {
            let here = list.iter().position(|finding| Some(finding_id(finding)) == now)?;
            let next = here.checked_add_signed(by)?;
            if next >= self.limit.get_untracked() {
                self.limit.update(|limit| *limit += FIRST);
            }
            list.get(next).map(finding_id)
        });
        if let Some(next) = next {
            self.at.set(item_id(next));
        }
        self.focus();
    }

    /// Gives the focus to the current finding, or to the heading where there is none.
    fn focus(self) {
        focus_soon(self.current.get_untracked().map_or_else(|| HEADING.to_owned(), item_id));
    }
}

/// The id of a finding's item.
fn item_id((photo, kind, other): Name) -> String {
    format!("doctor-{}-{kind}-{}", photo.0, other.map_or(0, |other| other.0))
}

/// The section; only where photos were judged.
#[component]
pub(super) fn DoctorSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let doctor = Doctor::new(page);
    let there = page.examined(|state| state.judged().next().is_some() || !state.findings().is_empty());
    let count = memo(move || doctor.list.with(Vec::len));
    listen(page, doctor);
    view! {
        <section class="section" id=SECTION aria-labelledby=HEADING hidden=live(move || !there.get())>
            <div class="section-head">
                <h3 id=HEADING tabindex="-1">{t!(i18n, doctor.title)}</h3>
                <span class="small muted" role="status">{live(move || worth_a_look(i18n, count.get()))}</span>
                <span class="small muted push kbd-hint" hidden=live(move || count.get() < 2 || !Shortcuts::get().are_on())>
                    <Hint command=Command::Next class="kbd solo"/>
                    " "
                    <Hint command=Command::Previous class="kbd solo"/>
                    " "
                    {t!(i18n, doctor.to_move)}
                </span>
            </div>
            <When is=live(move || count.get() == 0)><p class="small muted">{t!(i18n, doctor.nothing_say)}</p></When>
            <ShortClasses/>
            <List doctor/>
            <More doctor count/>
        </section>
    }
}

/// "6 photos are worth a look".
fn worth_a_look(i18n: Words, count: usize) -> String {
    let plural = u32::try_from(count).unwrap_or(u32::MAX);
    match count {
        0 => t_string!(i18n, doctor.nothing).to_string(),
        _ => t_string!(i18n, doctor.worth_a_look, count = plural, n = whole(count)).to_string(),
    }
}

#[component]
fn List(doctor: Doctor) -> impl IntoView {
    let names = move || doctor.list.with(|list| list.iter().take(doctor.limit.get()).map(number).collect());
    let found =
        move |name| doctor.list.with_untracked(|list| list.iter().find(|finding| number(finding) == name).copied());
    let key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        doctor.go(by);
    };
    view! {
        <ul class="doctor" on:keydown=key>
            {each(names, move |name: u64| found(name).map(|finding| view! { <Item finding doctor/> }))}
        </ul>
    }
}

/// A finding as a number, with the other photo or class that it names: an item is drawn anew when that is another one.
fn number(finding: &Finding) -> u64 {
    let (kind, other) = match finding.kind {
        FindingKind::LooksLike { class, .. } => (0, class.0),
        FindingKind::TwinElsewhere { other } => (1, other.0),
        FindingKind::Twin { other } => (2, other.0),
        FindingKind::Outlier => (3, 0),
        FindingKind::Flaw(flaw) => (4, flaw as u32),
    };
    (u64::from(finding.photo.0) << 35) | (kind << 32) | u64::from(other)
}

#[component]
fn More(doctor: Doctor, count: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let shown =
        move || t_string!(i18n, app.of, done = whole(doctor.limit.get()), total = whole(count.get())).to_string();
    view! {
        <When is=live(move || count.get() > doctor.limit.get())>
            <p class="more-line">
                <span class="num">{live(shown)}</span>
                <button class="btn link small" on:click=move |_| doctor.limit.update(|limit| *limit += FIRST)>
                    {t!(i18n, app.more)}
                </button>
            </p>
        </When>
    }
}

/// J and K lead to the list from anywhere in the results, and through it from there.
fn listen(page: Page, doctor: Doctor) {
    let shortcuts = Shortcuts::get();
    let listener = window_event_listener(ev::keydown, move |event| {
        let by = match shortcuts.command(&event) {
            Some(Command::Next) => 1,
            Some(Command::Previous) => -1,
            _ => return,
        };
        let there = page.with_untracked(State::layout) == Layout::Trained
            && doctor.list.with_untracked(|list| !list.is_empty());
        if there {
            if has_focus_within(SECTION) { doctor.go(by) } else { doctor.focus() }
        }
    });
    on_cleanup(move || listener.remove());
}

/// Beside the photos, where there is no room for the list: the way to it.
#[component]
pub(super) fn DoctorHint() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let count = page.examined(|state| state.findings().len());
    let shown = page.memo(|state| state.layout() == Layout::Gathering && !state.jobs.has(JobKind::Read));
    let open = move |_| {
        page.update(|state| state.at_results = true);
        focus_soon(HEADING);
    };
    view! {
        <When is=live(move || shown.get() && count.get() > 0)>
            <p class="doctor-hint">
                <button class="btn link small" on:click=open>{live(move || worth_a_look(i18n, count.get()))}</button>
            </p>
        </When>
    }
}

/// How many findings there are, for the tab that leads to them.
pub(super) fn count(page: Page) -> Memo<usize> {
    page.examined(|state| state.findings().len())
}
