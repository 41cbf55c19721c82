//! The test score in a sentence, on its scale, and against what the score promised.

use super::super::{facts::figures, measured::too_few, score::scale_of};
use crate::{
    protocol::Score,
    ui::{
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live, part},
        page::Page,
        state::Promise,
        words::{fixed, outward, percent_sign, photos, whole},
    },
};
use leptos::prelude::*;

/// The score, or why there is none yet.
#[component]
pub(super) fn Verdict(score: Memo<Option<Score>>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let promise = page.memo(|state| state.promise());
    let not_known = page.memo(|state| state.tested.not_known);
    let pending = page.memo(|state| (state.head.is_some(), state.tested.head == state.heads.active));
    let fits = move || {
        Some(match promise.get()? {
            Promise::Kept => t_string!(i18n, test_set.kept),
            Promise::Harder => t_string!(i18n, test_set.harder),
            Promise::Easier => t_string!(i18n, test_set.easier),
        })
    };
    let left_out = move || {
        let count = not_known.get() as usize;
        (count > 0).then(|| t_string!(i18n, test_set.not_known, photos = photos(i18n, count)).to_string())
    };
    let without = move || match pending.get() {
        (false, _) => t_string!(i18n, test_set.waits),
        (true, true) if not_known.get() > 0 => t_string!(i18n, test_set.no_class),
        (true, _) => t_string!(i18n, test_set.judging),
    };
    view! {
        {part(move || match score.get() {
            Some(score) => shown(i18n, &score).into_any(),
            None => view! { <p class="small muted">{without()}</p> }.into_any(),
        })}
        <p class="small" role="status" hidden=live(move || promise.get().is_none())>{live(fits)}</p>
        <p class="small muted" hidden=live(move || score.with(Option::is_none) || not_known.get() == 0)>{live(left_out)}</p>
    }
}

fn shown(i18n: Words, score: &Score) -> impl IntoView + use<> {
    let right: u32 = score.per_class.iter().map(|class| class.right).sum();
    let (low, high) = outward(score.interval.low, score.interval.high);
    let (n, right) = (whole(score.photos), whole(right));
    view! {
        <div class="hero">
            <p class="big">{fixed(score.accuracy * 100.0, 0)}<small>{percent_sign(i18n)}</small></p>
            <p class="say">
                {t!(i18n, test_set.say, n = n.clone(), right = right.clone(), low = low.clone(), high = high.clone(), <b> = <b/>)}
            </p>
        </div>
        {too_few(i18n, score)}
        {scale_of(i18n, score, None)}
        {figures(i18n, score)}
    }
}
