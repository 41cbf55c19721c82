//! How many of the person's own photos may be called unknown, and the choice of another share.

use crate::{
    protocol::{HeadOrigin, HeadView},
    ui::{
        components::When,
        i18n::{t, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        state::State,
        words::percent,
    },
};
use leptos::{ev, prelude::*};

/// The shares that can be chosen, in percent: fewer photos called unknown by mistake, or fewer strangers missed.
const CHOICES: [u8; 5] = [1, 2, 5, 10, 20];

/// The figure; not there for a head that cannot tell, or that came from a file.
#[component]
pub(super) fn FalseUnknown() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let share = page.memo(|state: &State| {
        let tells = |head: &HeadView| head.unknown_bytes > 0 && head.origin != HeadOrigin::Opened;
        state.head.as_ref().filter(|head| tells(head)).map(|_| state.heads.false_unknown_percent)
    });
    let picked = move |event: ev::Event| {
        if let Ok(percent) = event_target_value(&event).parse() {
            page.set_false_unknown(percent);
        }
    };
    let options = move || {
        let chosen = share.get();
        // A share that another version kept is a choice as well.
        let mut choices: Vec<u8> = CHOICES.into_iter().chain(chosen).collect();
        choices.sort_unstable();
        choices.dedup();
        let option = |choice: u8| {
            let say = percent(i18n, f64::from(choice) / 100.0);
            view! { <option value=choice.to_string() selected=chosen == Some(choice)>{say}</option> }
        };
        choices.into_iter().map(option).views()
    };
    view! {
        <When is=live(move || share.get().is_some())>
            <div title=t_string!(i18n, facts.false_unknown_hint)>
                <dt id="false-unknown">{t!(i18n, facts.false_unknown)}</dt>
                <dd>
                    <select class="pick" data-testid="false-unknown" aria-labelledby="false-unknown" on:change=picked>{part(options)}</select>
                </dd>
            </div>
        </When>
    }
}
