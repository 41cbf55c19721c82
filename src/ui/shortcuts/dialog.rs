//! The list of all keys, where they are changed or switched off.

use super::{Hint, Shortcuts};
use crate::ui::{
    browser::{element, focus_soon},
    components::{Icon, When},
    i18n::{Words, t, t_string, use_i18n},
    live::{Views, live, part},
    state::{Command, Keys},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

const DIALOG: &str = "keys";
const TITLE: &str = "keys-title";

fn dialog() -> Option<HtmlDialogElement> {
    element(DIALOG)?.dyn_into().ok()
}

/// Shows the list.
pub(in crate::ui) fn show_keys() {
    if let Some(dialog) = dialog() {
        let _ = dialog.show_modal(); // fails only for one that is open already
        focus_soon(TITLE);
    }
}

/// The button that shows it: in the bar, or at the foot of a phone.
#[component]
pub(in crate::ui) fn KeysButton() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <button class="btn plain icon-only small keys" aria-haspopup="dialog" aria-label=t_string!(i18n, keys.title) on:click=|_| show_keys()>
            <Icon name="help"/>
        </button>
    }
}

/// The list. It is on the page all the time, closed.
#[component]
pub(in crate::ui) fn KeysDialog() -> impl IntoView {
    let i18n = use_i18n();
    let shortcuts = Shortcuts::get();
    let keys = shortcuts.keys;
    let changing = RwSignal::new(None::<Command>);
    let on = live(move || keys.with(|keys| keys.on));
    let key_down = move |event: ev::KeyboardEvent| {
        // The page's own shortcuts are not for here.
        event.stop_propagation();
        let Some(command) = changing.get_untracked() else { return };
        if event.key() == "Tab" || event.key() == "Shift" {
            return;
        }
        event.prevent_default();
        if event.key() == "Escape" {
            return changing.set(None);
        }
        let mut taken = false;
        shortcuts.change(|keys| taken = keys.set(command, &event.key()));
        if taken {
            changing.set(None);
        }
    };
    view! {
        <dialog id=DIALOG class="dialog keys" aria-labelledby=TITLE on:keydown=key_down on:close=move |_| changing.set(None)>
            <div class="row">
                <h2 id=TITLE tabindex="-1">{t!(i18n, keys.title)}</h2>
                <button class="btn plain icon-only small push" aria-label=t_string!(i18n, app.close) on:click=|_| if let Some(dialog) = dialog() { dialog.close() }>
                    <Icon name="x"/>
                </button>
            </div>
            <label class="switch">
                <input type="checkbox" data-testid="keys-on" prop:checked=on on:change=move |event| shortcuts.change(|keys| keys.on = event_target_checked(&event))/>
                {t!(i18n, keys.on)}
            </label>
            <p class="small muted">{t!(i18n, keys.on_say)}</p>
            <When is=on>
                <dl class="shortcuts">{Command::ALL.into_iter().map(|command| view! { <Line command changing/> }).views()}</dl>
                <p class="small muted" role="status">{live(move || changing.get().map(|_| t_string!(i18n, keys.press)))}</p>
                <div class="acts start">
                    <button class="btn quiet small" data-testid="keys-usual" disabled=live(move || keys.with(|keys| *keys == Keys::default())) on:click=move |_| shortcuts.change(|keys| *keys = Keys::default())>
                        {t!(i18n, keys.usual)}
                    </button>
                </div>
            </When>
            <h3>{t!(i18n, keys.within)}</h3>
            <dl class="shortcuts">{fixed(i18n).map(|(say, keys)| view! {
                <dt>{say}</dt>
                <dd>{keys.iter().map(|key| view! { <kbd class="kbd solo">{*key}</kbd> }).views()}</dd>
            }).views()}</dl>
        </dialog>
    }
}

/// A command and its letter, which is changed by pressing it.
#[component]
fn Line(command: Command, changing: RwSignal<Option<Command>>) -> impl IntoView {
    let i18n = use_i18n();
    let keys = Shortcuts::get().keys;
    let say = does(i18n, command);
    let label = move || {
        let letter = keys.with(|keys| keys.letter(command).to_uppercase().to_string());
        t_string!(i18n, keys.change, what = say, letter = letter).to_string()
    };
    let is_it = live(move || changing.get() == Some(command));
    view! {
        <dt>{say}</dt>
        <dd>
            <button
                class="btn quiet small key"
                data-testid="change-key"
                aria-label=live(label)
                aria-pressed=live(move || is_it.get().to_string())
                on:click=move |_| changing.set(Some(command))
            >
                {part(move || if is_it.get() { "…".into_any() } else { view! { <Hint command class="kbd solo"/> }.into_any() })}
            </button>
        </dd>
    }
}

/// What a command does, in words.
fn does(i18n: Words, command: Command) -> &'static str {
    match command {
        Command::Train => t_string!(i18n, keys.train),
        Command::Download => t_string!(i18n, keys.download),
        Command::Camera => t_string!(i18n, keys.camera),
        Command::Gaze => t_string!(i18n, keys.gaze),
        Command::Next => t_string!(i18n, keys.next),
        Command::Previous => t_string!(i18n, keys.previous),
        Command::Help => t_string!(i18n, keys.help),
    }
}

/// The keys of what has the focus, which are the same everywhere.
fn fixed(i18n: Words) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let lines: [(&str, &[&str]); 8] = [
        (t_string!(i18n, keys.to_class), &["1", "…", "9"]),
        (t_string!(i18n, keys.walk), &["←", "→", "↑", "↓"]),
        (t_string!(i18n, keys.choose), &["↵"]),
        (t_string!(i18n, keys.choose_all), &["Ctrl", "A"]),
        (t_string!(i18n, keys.exclude), &["X"]),
        (t_string!(i18n, keys.remove), &["⌫"]),
        (t_string!(i18n, keys.undo), &["Ctrl", "Z"]),
        (t_string!(i18n, keys.redo), &["Ctrl", "Y"]),
    ];
    lines.into_iter()
}
