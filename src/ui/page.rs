//! What all panels share: the state, the engine's client, the thumbnails.

use super::{
    browser::{focus_soon, holds_focus, now_ms},
    live::{Memo, memo},
    panels::join_tabs,
    state::{Layout, Live, NoticeKind, State, TrainingState},
};
use crate::{
    dataset::PhotoId,
    protocol::{Event, FileRef, RunId},
    web::{
        Client, Handlers, Thumbs,
        files::{self, Parts, PickedFile},
        remembered,
        tabs::{Tabs, Word},
    },
};
use js_sys::Uint8Array;
use leptos::{ev, prelude::*, task::spawn_local};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};
use web_sys::{File, Url};

/// The step that a phone shows; wider windows show all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Photos,
    Training,
    Results,
}

impl Step {
    /// Its id in the document.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Training => "training",
            Self::Results => "results",
        }
    }
}

/// The heading that takes the focus when a training is through.
pub(super) const SCORE_HEADING: &str = "score-heading";
/// The heading that takes the focus when photos get the room, or when what held it is removed.
pub(super) const PHOTOS_HEADING: &str = "photos-heading";

/// The button that takes the focus when another project is open.
pub(super) const PROJECTS_BUTTON: &str = "projects-button";

/// How long a change that comes often may wait to be drawn.
const DRAW_WITHIN: Duration = Duration::from_millis(50);

/// Files of the predictions that are running.
pub(super) type Asked = StoredValue<HashMap<FileRef, (RunId, File)>, LocalStorage>;
/// Files of the predictions on the page.
pub(super) type Answered = StoredValue<HashMap<FileRef, File>, LocalStorage>;

/// The shared handles; copying it copies no state.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) state: RwSignal<State>,
    pub(super) client: StoredValue<Client, LocalStorage>,
    /// Files that wait for an answer. Their pictures get an address only then: for hundreds at once that takes too long.
    pub(super) asked: Asked,
    /// Files to be asked about as soon as there is a head.
    pub(super) to_ask: StoredValue<Vec<PickedFile>, LocalStorage>,
    /// Files that were answered, to be looked at once more.
    pub(super) answered: Answered,
    /// The step that a phone shows.
    pub(super) step: RwSignal<Step>,
    /// What the head says of the camera's picture.
    pub(super) live: RwSignal<Live>,
    thumbs: RwSignal<Option<Rc<Thumbs>>, LocalStorage>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

/// Reads the state once.
trait Reader {
    fn read(&mut self, state: &State);
}

/// A question to the state, and its answer.
struct Asking<P, T> {
    part: Option<P>,
    told: Option<T>,
}

impl<T, P: FnOnce(&State) -> T> Reader for Asking<P, T> {
    fn read(&mut self, state: &State) {
        self.told = self.part.take().map(|part| part(state));
    }
}

/// Changes the state once.
trait Writer {
    fn write(&mut self, state: &mut State);
}

struct Changing<C>(Option<C>);

impl<C: FnOnce(&mut State)> Writer for Changing<C> {
    fn write(&mut self, state: &mut State) {
        if let Some(change) = self.0.take() {
            change(state);
        }
    }
}

impl Page {
    /// Starts the engine and provides the page to all panels.
    pub(super) fn start() -> Self {
        let state = RwSignal::new(State { remembered: remembered::photos(), ..State::default() });
        let asked: Asked = StoredValue::new_local(HashMap::new());
        let answered: Answered = StoredValue::new_local(HashMap::new());
        let live = RwSignal::new(Live::default());
        let parts = RefCell::new(HashMap::new());
        let client = Client::start(Handlers {
            event: Box::new(move |event, bytes| {
                // Many a second, and nothing else follows them.
                if let Event::Live { frame, ranking, unknown } = event {
                    return live.update(|live| live.answer(frame, ranking, unknown, now_ms()));
                }
                save(&parts, &event, bytes.as_ref());
                receive(state, asked, answered, event);
            }),
            engine: Box::new(move |engine| state.update(|state| state.engine_changed(engine))),
            asked: Box::new(move |asked| state.update(|state| state.requests.take(asked))),
        });
        let page = Self {
            state,
            client: StoredValue::new_local(client),
            asked,
            to_ask: StoredValue::new_local(Vec::new()),
            answered,
            step: RwSignal::new(Step::Photos),
            live,
            thumbs: RwSignal::new_local(None),
            tabs: StoredValue::new_local(None),
        };
        page.tabs.set_value(Some(join_tabs(page)));
        page.open_thumbs();
        page.follow_layout();
        page.remember();
        provide_context(page);
        page
    }

    /// The page, within a panel.
    pub(super) fn get() -> Self {
        expect_context()
    }

    /// Something of the state, told again whenever the state changes.
    pub(super) fn with<T>(self, part: impl FnOnce(&State) -> T) -> T {
        let mut asked = Asking { part: Some(part), told: None };
        self.show(true, &mut asked);
        asked.told.expect("the state is there as long as the page")
    }

    /// Something of the state as it is now.
    pub(super) fn with_untracked<T>(self, part: impl FnOnce(&State) -> T) -> T {
        let mut asked = Asking { part: Some(part), told: None };
        self.show(false, &mut asked);
        asked.told.expect("the state is there as long as the page")
    }

    /// Changes the state.
    pub(super) fn update(self, change: impl FnOnce(&mut State)) {
        self.change(&mut Changing(Some(change)));
    }

    // These two are not generic: Leptos's code for reading and writing is made once, not for everything that is read.
    fn show(self, tracked: bool, reader: &mut dyn Reader) {
        if tracked {
            self.state.with(|state| reader.read(state))
        } else {
            self.state.with_untracked(|state| reader.read(state))
        }
    }

    fn change(self, writer: &mut dyn Writer) {
        self.state.update(|state| writer.write(state));
    }

    /// A part of the state, told again only when it changes.
    pub(super) fn memo<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        memo(move || self.with(&part))
    }

    /// What is told of the photos that the engine examined, counted anew only when that could change.
    pub(super) fn examined<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let revision = self.memo(|state| state.examined.revision());
        memo(move || {
            revision.get();
            self.with_untracked(&part)
        })
    }

    /// The address of a photo's thumbnail, as soon as it is read.
    pub(super) fn thumb(self, photo: PhotoId) -> ReadSignal<Option<String>> {
        let url = RwSignal::new(None);
        // The address holds as long as what shows it is on the page.
        let shown = StoredValue::new_local(None);
        let project = self.with_untracked(|state| state.photos.project());
        Effect::new(move || {
            if let (Some(thumbs), Some(project)) = (self.thumbs.get(), project) {
                spawn_local(async move {
                    let found = thumbs.address(project, photo).await;
                    let address = found.as_ref().map(|found| found.url().to_owned());
                    // The tile may be gone by now.
                    if shown.try_update_value(|shown| *shown = found).is_some() {
                        url.try_set(address);
                    }
                });
            }
        });
        url.read_only()
    }

    /// Tells the other tabs.
    pub(super) fn tell_tabs(self, word: Word) {
        self.tabs.with_value(|tabs| tabs.iter().for_each(|tabs| tabs.tell(word)));
    }

    /// Another tab is about to delete everything: nothing here may write any more.
    pub(super) fn deleted_elsewhere(self) {
        self.client.with_value(|client| client.close());
        self.update(|state| state.notices.say(NoticeKind::DeletedElsewhere));
    }

    fn open_thumbs(self) {
        spawn_local(async move {
            // Without a store there are no thumbnails: the tiles show a drawing instead.
            if let Ok(thumbs) = Thumbs::open().await {
                self.thumbs.set(Some(Rc::new(thumbs)));
            }
        });
    }

    fn remember(self) {
        let photos = self.memo(State::to_remember);
        Effect::new(move || {
            if let Some(photos) = photos.get() {
                remembered::remember(photos);
            }
        });
    }

    /// A phone goes where the room is, and so does the focus when what held it has gone.
    fn follow_layout(self) {
        let layout = self.memo(State::layout);
        // On a page that was just opened nothing had the focus, and nothing has to get it.
        let had_focus = StoredValue::new(false);
        let _ = window_event_listener(ev::focusin, move |_| had_focus.set_value(true));
        Effect::new(move |before: Option<Layout>| {
            let layout = layout.get();
            self.step.set(if layout == Layout::Trained { Step::Results } else { Step::Photos });
            if before.is_some_and(|before| before != layout) && layout != Layout::Empty {
                let heading = if layout == Layout::Trained { SCORE_HEADING } else { PHOTOS_HEADING };
                request_animation_frame(move || {
                    if had_focus.get_value() && !holds_focus() {
                        focus_soon(heading);
                    }
                });
            }
            layout
        });
    }
}

/// Saves the files that come beside events.
fn save(parts: &RefCell<HashMap<RunId, Parts>>, event: &Event, bytes: Option<&Uint8Array>) {
    match (event, bytes) {
        (Event::HeadFile { name }, Some(bytes)) => files::save(name, bytes, "application/octet-stream"),
        (Event::ProjectPart { run }, Some(bytes)) => parts.borrow_mut().entry(*run).or_default().add(bytes),
        (Event::ProjectFile { run, name }, Some(bytes)) => {
            let parts = parts.borrow_mut().remove(run).unwrap_or_default();
            parts.add(bytes);
            parts.save(name, "application/zip");
        }
        // Of a file that did not come to its end.
        (Event::Finished { run, .. }, _) => drop(parts.borrow_mut().remove(run)),
        _ => {}
    }
}

fn receive(state: RwSignal<State>, asked: Asked, answered: Answered, event: Event) {
    let training = state.with_untracked(|state| state.training.run.is_some());
    if let Event::Opened { project, .. } = &event
        && state.with_untracked(|state| state.photos.project().is_some_and(|before| before != project.id))
    {
        // The answers on the page go with the project that they are of, and so does what had the focus.
        answered.update_value(HashMap::clear);
        focus_soon(PROJECTS_BUTTON);
    }
    let picture = picture_for(asked, answered, &event);
    let often = is_often(&event);
    state.update_untracked(|state| {
        state.apply(event, now_ms());
        if let Some((file, picture)) = picture {
            state.predictions.picture(file, picture);
        }
    });
    if often {
        draw_soon(state)
    } else {
        state.notify()
    }
    let through =
        state.with_untracked(|state| state.training.run.is_none() && state.training.state == TrainingState::Trained);
    if training && through {
        focus_soon(SCORE_HEADING);
    }
}

/// What is told once or twice for every file. A hundred thousand of them can come faster than the page is drawn.
fn is_often(event: &Event) -> bool {
    matches!(event, Event::LeftOut { .. } | Event::Known { .. } | Event::Progressed { .. } | Event::PhotoKept { .. })
}

/// Draws what has changed, once for all that comes within a moment.
fn draw_soon(state: RwSignal<State>) {
    thread_local! { static COMING: Cell<bool> = const { Cell::new(false) }; }
    if !COMING.replace(true) {
        let draw = move || {
            COMING.set(false);
            state.notify();
        };
        set_timeout(draw, DRAW_WITHIN);
    }
}

/// The address of the picture that an answer is about; files of a run that has ended are let go of.
fn picture_for(asked: Asked, answered: Answered, event: &Event) -> Option<(FileRef, String)> {
    match event {
        Event::Predicted { file, .. } => {
            let (_, handle) = asked.try_update_value(|asked| asked.remove(file))??;
            let address = Url::create_object_url_with_blob(&handle).ok()?;
            answered.update_value(|files| drop(files.insert(*file, handle)));
            Some((*file, address))
        }
        Event::Finished { run, .. } => {
            asked.update_value(|asked| asked.retain(|_, (of_run, _)| of_run != run));
            None
        }
        _ => None,
    }
}
