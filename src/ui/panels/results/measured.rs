//! How the score was measured, and whether it means anything.

use crate::{
    protocol::{Score, ScoreProtocol},
    ui::{
        components::Icon,
        i18n::{Words, t, t_string},
        words::{percent, range, whole},
    },
};
use leptos::prelude::*;

/// The protocol, as scripts read it.
pub(super) fn protocol_code(protocol: ScoreProtocol) -> &'static str {
    match protocol {
        ScoreProtocol::HeldBack => "held-back",
        ScoreProtocol::LeaveOneBurstOut => "leave-one-burst-out",
        ScoreProtocol::TestSet => "test-set",
    }
}

/// A mark on a score whose interval is so wide that it tells nothing.
pub(super) fn too_few(i18n: Words, score: &Score) -> Option<impl IntoView + use<>> {
    score.interval.tells_nothing().then(|| {
        view! {
            <p class="too-few" data-testid="too-few">
                <span class="chip warn"><Icon name="alert" size="s"/>" "{t!(i18n, results.too_few)}</span>
            </p>
        }
    })
}

/// Why the score can be believed, and on demand how it came about.
pub(super) fn measured(i18n: Words, score: &Score) -> impl IntoView + use<> {
    let count = score.photos;
    let (claim, on, how) = match score.protocol {
        ScoreProtocol::HeldBack => (
            t_string!(i18n, results.held_back_claim),
            t_string!(i18n, results.measured, count = count, n = whole(count)).to_string(),
            t_string!(i18n, results.measured_say),
        ),
        ScoreProtocol::LeaveOneBurstOut => (
            t_string!(i18n, results.left_out_claim),
            t_string!(i18n, results.judged, count = count, n = whole(count)).to_string(),
            t_string!(i18n, results.judged_say),
        ),
        ScoreProtocol::TestSet => (
            t_string!(i18n, test_set.claim),
            t_string!(i18n, results.judged, count = count, n = whole(count)).to_string(),
            t_string!(i18n, test_set.how),
        ),
    };
    view! {
        <details class="behind how">
            <summary><span>{claim}" "<span class="go">{t!(i18n, results.how)}</span></span></summary>
            <p class="small muted">{on}" "{how}</p>
        </details>
    }
}

/// The score in short: right answers, and the range in which the true share probably lies.
pub(super) fn in_short(i18n: Words, score: &Score) -> String {
    format!("{} ({})", percent(i18n, score.accuracy), range(i18n, score.interval))
}
