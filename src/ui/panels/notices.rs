//! Notices: what happened, what is safe, what to do. Each stays until it is closed.

use crate::protocol::{Destination, Failure, Unfinished};
use crate::ui::{
    browser::{copy, open_picker},
    components::{Icon, When},
    i18n::{Words, t, t_string, use_i18n},
    live::{Views, each, live, part},
    page::Page,
    panels::{
        elsewhere::Elsewhere,
        inputs::{FILES, FOLDER, TEST, class_picker},
        project_file::ProjectFileTasks,
        version::VersionNotices,
    },
    state::{LeftOut, NoticeKind},
    words::{failure_say, failure_title, whole},
};
use leptos::prelude::*;

/// A notice lists so many files; all of them are in the copied list.
const MOST_LISTED: usize = 8;

/// All notices.
#[component]
pub(in crate::ui) fn NoticeList() -> impl IntoView {
    let page = Page::get();
    let ids = move || page.with(|state| state.notices.all().iter().map(|notice| notice.id).collect());
    let elsewhere = page.memo(|state| state.open_elsewhere);
    view! {
        <div class="notices">
            <When is=elsewhere><Elsewhere/></When>
            <VersionNotices/>
            <ProjectFileTasks/>
            {each(ids, |id| view! { <NoticeView id/> })}
        </div>
    }
}

#[component]
fn NoticeView(id: u32) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let kind = page.memo(move |state| state.notices.get(id).map(|notice| told(&notice.kind)));
    let grave = page.memo(move |state| state.notices.get(id).is_some_and(|notice| is_grave(&notice.kind)));
    view! {
        <section
            class=live(move || if grave.get() { "notice bad" } else { "notice warn" })
            data-testid="notice"
            role=live(move || if grave.get() { "alert" } else { "status" })
        >
            <Icon name="alert"/>
            <div class="body">{part(move || kind.get().map(|(kind, files)| body(i18n, id, kind, files)))}</div>
            <button
                class="btn plain icon-only small"
                aria-label=t_string!(i18n, app.close)
                on:click=move |_| page.close_notice(id)
            >
                <Icon name="x"/>
            </button>
        </section>
    }
}

/// What is told of a notice: of files that were left out only the first ones, as there may be a hundred thousand.
fn told(kind: &NoticeKind) -> (NoticeKind, usize) {
    match kind {
        NoticeKind::LeftOut { run, files } => {
            let first = files.iter().take(MOST_LISTED).cloned().collect();
            (NoticeKind::LeftOut { run: *run, files: first }, files.len())
        }
        other => (other.clone(), 0),
    }
}

fn is_grave(kind: &NoticeKind) -> bool {
    matches!(kind, NoticeKind::Failed(_) | NoticeKind::Evicted { .. } | NoticeKind::OutOfReach { .. })
}

fn body(i18n: Words, id: u32, kind: NoticeKind, all: usize) -> AnyView {
    let plain = |title: String, say: String| view! { <h2>{title}</h2><p>{say}</p> }.into_any();
    match kind {
        NoticeKind::LeftOut { files, .. } => view! { <LeftOutBody id files all/> }.into_any(),
        NoticeKind::Failed(Failure::StorageNewer) => view! {
            <h2>{failure_title(i18n, &Failure::StorageNewer)}</h2>
            <p>{failure_say(i18n, &Failure::StorageNewer)}</p>
            <Reload/>
        }
        .into_any(),
        NoticeKind::Unfinished(Unfinished { into, left, total, .. }) => {
            let again = match into {
                Destination::Folders | Destination::Test => t_string!(i18n, notice.choose_folder),
                Destination::Class(_) | Destination::Burst(_) | Destination::Unsorted => t_string!(i18n, notice.choose_photos),
            };
            view! {
                <h2>{t_string!(i18n, notice.unfinished, count = total, left = whole(left), total = whole(total)).to_string()}</h2>
                <p>{t!(i18n, notice.unfinished_say)}</p>
                <div class="acts">
                    <button class="btn link small" data-testid="choose-again" on:click=move |_| choose_again(into)>{again}</button>
                </div>
            }
            .into_any()
        }
        NoticeKind::Evicted { photos } => view! {
            <h2>{t!(i18n, notice.evicted)}</h2>
            <p>{t_string!(i18n, notice.evicted_say, count = photos, n = whole(photos)).to_string()}</p>
            <div class="acts">
                <button class="btn link small" on:click=|_| open_picker(FOLDER)>{t!(i18n, notice.choose_folder)}</button>
            </div>
        }
        .into_any(),
        NoticeKind::OutOfReach { photos } => view! {
            <h2>{t!(i18n, notice.out_of_reach)}</h2>
            <p>{t_string!(i18n, notice.out_of_reach_say, count = photos, n = whole(photos)).to_string()}</p>
            <Reload/>
        }
        .into_any(),
        NoticeKind::Failed(failure) => plain(failure_title(i18n, &failure), failure_say(i18n, &failure)),
        NoticeKind::Restarted { detail, on_gpu } => {
            let (title, say) = if on_gpu {
                (t_string!(i18n, notice.gpu_failed), t_string!(i18n, notice.gpu_failed_say))
            } else {
                (t_string!(i18n, notice.restarted), t_string!(i18n, notice.restarted_say))
            };
            view! {
                <h2>{title}</h2>
                <p>{say}</p>
                <details class="behind small">
                    <summary>{t!(i18n, notice.browser_says)}</summary>
                    <p class="mono pre">{detail}</p>
                </details>
            }
            .into_any()
        }
        NoticeKind::NotKept => plain(
            t_string!(i18n, notice.not_kept).to_string(),
            t_string!(i18n, notice.not_kept_say).to_string(),
        ),
        NoticeKind::Elsewhere => plain(
            t_string!(i18n, elsewhere.refused).to_string(),
            t_string!(i18n, elsewhere.refused_say).to_string(),
        ),
        NoticeKind::Changing => plain(
            t_string!(i18n, projects.changing).to_string(),
            t_string!(i18n, projects.changing_say).to_string(),
        ),
        NoticeKind::DeletedElsewhere => view! {
            <h2>{t!(i18n, notice.deleted_elsewhere)}</h2>
            <p>{t!(i18n, notice.deleted_elsewhere_say)}</p>
            <div class="acts">
                <button class="btn link small" on:click=|_| drop(window().location().reload())>{t!(i18n, notice.reload_now)}</button>
            </div>
        }
        .into_any(),
        NoticeKind::OnlyAnAddress => plain(t_string!(i18n, notice.address).to_string(), t_string!(i18n, notice.address_say).to_string()),
        NoticeKind::NothingToAdd => plain(t_string!(i18n, notice.nothing).to_string(), t_string!(i18n, notice.nothing_say).to_string()),
        NoticeKind::NoSamples => plain(t_string!(i18n, notice.no_samples).to_string(), t_string!(i18n, notice.no_samples_say).to_string()),
        NoticeKind::Reload => view! {
            <h2>{t!(i18n, notice.reload)}</h2>
            <p>{t!(i18n, notice.reload_say)}</p>
            <Reload/>
        }
        .into_any(),
    }
}

/// Opens the picker by which an interrupted import goes on.
fn choose_again(into: Destination) {
    match into {
        Destination::Folders => open_picker(FOLDER),
        Destination::Unsorted => open_picker(FILES),
        Destination::Test => open_picker(TEST),
        Destination::Class(class) | Destination::Burst(class) => open_picker(&class_picker(class)),
    }
}

#[component]
fn Reload() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="acts">
            <button class="btn link small" on:click=|_| drop(window().location().reload())>{t!(i18n, notice.reload_now)}</button>
        </div>
    }
}

#[component]
fn LeftOutBody(id: u32, files: Vec<LeftOut>, all: usize) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let count = u32::try_from(all).unwrap_or(u32::MAX);
    let copied = RwSignal::new(false);
    let line = move |file: &LeftOut| {
        view! { <li><span class="file" title=file.path.clone()>{file.path.clone()}</span><span>{failure_say(i18n, &file.failure)}</span></li> }
    };
    let more = all.saturating_sub(files.len());
    let listed = files.iter().map(line).views();
    let copy_list = move |_| {
        let line = |file: &LeftOut| format!("{}\t{}", file.path, failure_say(i18n, &file.failure));
        let lines: Vec<String> = page.with_untracked(|state| match state.notices.get(id).map(|notice| &notice.kind) {
            Some(NoticeKind::LeftOut { files, .. }) => files.iter().map(line).collect(),
            _ => Vec::new(),
        });
        copied.set(copy(&lines.join("\n")));
    };
    view! {
        <h2>{t_string!(i18n, notice.left_out, count = count, n = whole(count)).to_string()}</h2>
        <ul class="left-out">
            {listed}
            {(more > 0).then(|| view! { <li>{t_string!(i18n, notice.and_more, n = whole(more)).to_string()}</li> })}
        </ul>
        <div class="acts">
            <button class="btn link small" on:click=copy_list>
                {live(move || if copied.get() { t_string!(i18n, notice.copied) } else { t_string!(i18n, notice.copy) })}
            </button>
        </div>
    }
}
