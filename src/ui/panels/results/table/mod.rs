//! Many answers at once: as pictures, or as a table that is sorted, searched and put into classes.

mod rows;
mod toolbar;

use crate::{
    protocol::FileRef,
    ui::{
        components::When,
        i18n::{t, t_string, use_i18n},
        live::{Memo, live, memo, part},
        page::Page,
        panels::class_pick::ClassPick,
        state::{AnswerTable, Only, agreement},
        words::whole,
    },
};
use leptos::prelude::*;
use rows::Rows;
use std::collections::{BTreeMap, BTreeSet};
use toolbar::Toolbar;

/// Rows that are drawn at first, and then each time that more are asked for.
const STEP: usize = 200;

/// How the answers are looked at; copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    /// Whether as a table.
    pub(super) as_table: RwSignal<bool>,
    table: RwSignal<AnswerTable>,
    chosen: RwSignal<BTreeSet<FileRef>>,
    limit: RwSignal<usize>,
    rows: Memo<Vec<FileRef>>,
    /// The first row of each group: what is answered, and how many rows it has.
    groups: Memo<BTreeMap<FileRef, (Option<String>, usize)>>,
}

impl Looking {
    /// As pictures, in the order in which they came.
    pub(super) fn new(page: Page) -> Self {
        let table = RwSignal::new(AnswerTable::default());
        let as_table = RwSignal::new(false);
        let rows = memo(move || {
            if !as_table.get() {
                return Vec::new();
            }
            page.with(|state| {
                let answers = state.predictions.answers();
                table.with(|table| table.rows(answers).into_iter().map(|at| answers[at].file).collect())
            })
        });
        let groups = memo(move || {
            page.with(|state| {
                let answers = state.predictions.answers();
                let group =
                    |(at, count): (usize, usize)| (answers[at].file, (answers[at].said().map(str::to_owned), count));
                table.with(|table| table.groups(answers, &table.rows(answers)).into_iter().map(group).collect())
            })
        });
        Self { as_table, table, chosen: RwSignal::default(), limit: RwSignal::new(STEP), rows, groups }
    }

    /// Looks in another way; what is not seen any more is not chosen.
    fn change(self, change: impl FnOnce(&mut AnswerTable)) {
        self.table.update(change);
        self.limit.set(STEP);
        let rows: BTreeSet<FileRef> = self.rows.with_untracked(|rows| rows.iter().copied().collect());
        self.chosen.update(|chosen| chosen.retain(|file| rows.contains(file)));
    }
}

/// The table with what is above and below it.
#[component]
pub(super) fn Answers(looking: Looking) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let count = live(move || looking.rows.with(Vec::len));
    let shown = move || {
        t_string!(i18n, app.of, done = whole(looking.limit.get().min(count.get())), total = whole(count.get()))
            .to_string()
    };
    let put = Callback::new(move |class| {
        let files: Vec<FileRef> = looking.chosen.get_untracked().into_iter().collect();
        looking.chosen.set(BTreeSet::new());
        page.add_answered(&files, class);
    });
    view! {
        <When is=looking.as_table>
            <div class="stack answers" data-testid="answer-table" data-rows=count>
                <Toolbar looking/>
                <Agreement looking/>
                <When is=live(move || looking.chosen.with(|chosen| !chosen.is_empty()))>
                    <p class="row small chosen">
                        <span class="num">{live(move || chosen_say(looking))}</span>
                        <ClassPick label=t_string!(i18n, answers.put_chosen) say=t_string!(i18n, answers.put_chosen) testid="put-chosen" on_pick=put/>
                    </p>
                </When>
                <Rows looking/>
                <When is=live(move || count.get() == 0)><p class="small muted">{t!(i18n, answers.none)}</p></When>
                <When is=live(move || count.get() > looking.limit.get())>
                    <p class="more-line">
                        <span class="num">{live(shown)}</span>
                        <button class="btn link small" on:click=move |_| looking.limit.update(|limit| *limit += STEP)>{t!(i18n, app.more)}</button>
                    </p>
                </When>
            </div>
        </When>
    }
}

fn chosen_say(looking: Looking) -> String {
    let i18n = use_i18n();
    let count = u32::try_from(looking.chosen.with(BTreeSet::len)).unwrap_or(u32::MAX);
    t_string!(i18n, photos.chosen, count = count).to_string()
}

/// How many answers are what their folder says, and the way to the others.
#[component]
fn Agreement(looking: Looking) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let told = page.memo(|state| agreement(state.predictions.answers()));
    let view = move || {
        let (agree, of) = told.get();
        (of > 0).then(|| {
            let say = t_string!(
                i18n,
                answers.agree,
                count = u32::try_from(of).unwrap_or(u32::MAX),
                agree = whole(agree),
                of = whole(of)
            );
            let others = (agree < of).then(|| {
                view! {
                    <button class="btn link small" data-testid="show-disagreeing" on:click=move |_| looking.change(|table| table.only = Only::Disagree)>
                        {t!(i18n, answers.show_others)}
                    </button>
                }
            });
            view! { <p class="row small" data-testid="agreement" data-agree=agree data-of=of><span>{say.to_string()}</span>{others}</p> }
        })
    };
    part(view)
}
