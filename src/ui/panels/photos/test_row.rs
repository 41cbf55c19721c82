//! The test set below the classes, while photos have the room.

use crate::ui::{
    app::Over,
    components::When,
    drops::Target,
    i18n::{t, t_string, use_i18n},
    live::{live, memo},
    page::Page,
    panels::{test_buttons::TestButtons, test_counts::TestCounts},
    words::{percent, photos, whole},
};
use leptos::prelude::*;

const ADD: &str = "test-row-add";

/// The row; there as soon as a class is.
#[component]
pub(super) fn TestRow() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let over = expect_context::<Over>().0;
    let is_over = memo(move || over.get() == Some(Target::Test));
    let shown = page.memo(|state| !state.photos.classes().is_empty());
    let count = page.memo(|state| state.photos.test().len());
    let accuracy = page.memo(|state| state.test_score().map(|score| score.accuracy));
    let right = move || {
        let share = accuracy.get()?;
        Some(t_string!(i18n, test_set.right, percent = percent(i18n, share)).to_string())
    };
    let say = move || match (is_over.get(), count.get()) {
        (true, _) => t_string!(i18n, test_set.let_go).to_string(),
        (false, 0) => t_string!(i18n, test_set.none).to_string(),
        (false, count) => [Some(photos(i18n, count)), right()].into_iter().flatten().collect::<Vec<_>>().join(", "),
    };
    let some = memo(move || count.get() > 0);
    let excluded = page.memo(|state| u32::try_from(state.photos.excluded_tests().len()).unwrap_or(u32::MAX));
    let include = move |_| page.exclude_photos(page.with_untracked(|state| state.photos.excluded_tests()), false);
    view! {
        <When is=shown>
            <section
                class="class-row test-row"
                class:is-over=is_over.signal()
                data-drop=Target::Test.word()
                aria-labelledby="test-row-heading"
            >
                <div class="class-id">
                    <h3 class="name" id="test-row-heading">{t!(i18n, test_set.title)}</h3>
                </div>
                <div>
                    <p class="small muted">{live(say)}</p>
                    <When is=some><TestCounts/></When>
                    <When is=live(move || excluded.get() > 0)>
                        <p class="small muted">
                            {live(move || t_string!(i18n, photos.excluded_of, count = excluded.get(), n = whole(excluded.get())).to_string())}
                            " "
                            <button class="btn link small" on:click=include>{t!(i18n, photos.include)}</button>
                        </p>
                    </When>
                    <TestButtons id=ADD then=ADD/>
                </div>
            </section>
        </When>
    }
}
