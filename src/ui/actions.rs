//! What a person does, as requests to the engine.

use super::{
    browser::now_ms,
    page::Page,
    state::{JobKind, NoticeKind, State},
};
use crate::{
    dataset::{Class, ClassId, HeadId, is_junk, safe_file_name, sort_by_path},
    protocol::{Destination, Failure, FileRef, Incoming, Request, RunId},
    web::{
        DeviceChoice,
        files::{self, Arriving, PickedFile},
    },
};
use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};
use web_sys::Url;

impl Page {
    pub(super) fn send(self, request: Request) {
        if self.with_untracked(State::is_held) {
            return self.update(|state| state.refuse(request.run()));
        }
        self.client.with_value(|client| client.send(request));
    }

    pub(super) fn next_run(self) -> RunId {
        self.client.with_value(|client| client.next_run())
    }

    /// Begins a run of which it is not known how long it takes.
    pub(super) fn begin(self, kind: JobKind) -> RunId {
        let run = self.next_run();
        self.update(|state| state.jobs.begin(run, kind, 0, now_ms()));
        run
    }

    fn incoming(self, picked: PickedFile) -> Incoming {
        let file = self.client.with_value(|client| client.register(picked.file));
        Incoming { file, path: picked.path }
    }

    /// Takes files in, and does with them what was meant once it is known which they are.
    pub(super) fn take_in(self, files: Arriving, meant: impl FnOnce(Self, Vec<PickedFile>) + 'static) {
        if self.with_untracked(State::is_held) {
            return self.update(State::refuse_files);
        }
        self.update(|state| state.jobs.files_arriving());
        let meant: Box<dyn FnOnce(Self, Vec<PickedFile>)> = Box::new(meant);
        spawn_local(async move {
            let picked = files.await;
            meant(self, picked);
            self.update(|state| state.jobs.files_arrived());
        });
    }

    /// Reads files into the project.
    pub(super) fn add_files(self, picked: Vec<PickedFile>, into: Destination) {
        let Some(picked) = self.without_junk(picked) else { return };
        let files: Vec<Incoming> = picked.into_iter().map(|file| self.incoming(file)).collect();
        let run = self.next_run();
        let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
        self.update(|state| {
            // What a zip holds is not known yet.
            let paths = files.iter().map(|file| file.path.as_str());
            let paths: Vec<&str> = paths.filter(|path| !path.to_ascii_lowercase().ends_with(".zip")).collect();
            state.waiting.begin(run, into, &paths, state.photos.classes());
            state.jobs.begin(run, JobKind::Read, total, now_ms());
            if state.photos.is_empty() && state.head.is_none() {
                state.at_results = false;
            }
        });
        self.send(Request::Import { run, files, into });
    }

    /// Reads files where folders name classes, if there are folders; loose files wait in the unsorted tray.
    pub(super) fn add_dropped(self, picked: Vec<PickedFile>) {
        let mut heads = picked.iter().filter(|file| file.path.to_ascii_lowercase().ends_with(".safetensors"));
        if let (Some(head), 1) = (heads.next(), picked.len()) {
            return self.open_head(head.clone());
        }
        // Browsers put a number into the name of a file that they download once more. Other zips hold photos.
        let is_project = |path: &str| path.contains(".headstart") && path.ends_with(".zip");
        let mut projects = picked.iter().filter(|file| is_project(&file.path.to_ascii_lowercase()));
        if let (Some(project), 1) = (projects.next(), picked.len()) {
            return self.open_project(project.clone());
        }
        let has_folders = |path: &str| path.contains('/') || path.to_ascii_lowercase().ends_with(".zip");
        let folders = picked.iter().any(|file| has_folders(&file.path));
        self.add_files(picked, if folders { Destination::Folders } else { Destination::Unsorted });
    }

    /// Asks the head about files.
    pub(super) fn predict(self, picked: Vec<PickedFile>) {
        let Some(picked) = self.without_junk(picked) else { return };
        if !self.with_untracked(|state| state.can_predict()) {
            return self.update(|state| state.notices.say(NoticeKind::Failed(Failure::NoHead)));
        }
        let run = self.next_run();
        let mut files = Vec::new();
        for picked in picked {
            let handle = picked.file.clone();
            let incoming = self.incoming(picked);
            self.asked.update_value(|asked| {
                asked.insert(incoming.file, (run, handle));
            });
            files.push(incoming);
        }
        let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
        self.update(|state| state.jobs.begin(run, JobKind::Predict, total, now_ms()));
        self.send(Request::Predict { run, files });
    }

    /// Adds photos that were answered to a class.
    pub(super) fn add_answered(self, files: &[FileRef], class: ClassId) {
        let name = |file: FileRef| {
            self.with_untracked(|state| {
                let answer = state.predictions.answers().iter().find(|answer| answer.file == file)?;
                Some(answer.name.clone())
            })
        };
        let picked = self.answered.with_value(|handles| {
            let handle = |file: &FileRef| handles.get(file).cloned().zip(name(*file));
            files.iter().filter_map(handle).map(|(file, path)| PickedFile { path, file }).collect()
        });
        self.add_files(picked, Destination::Class(class));
    }

    /// Asks where the head looked in a photo that it answered.
    pub(super) fn explain(self, file: FileRef) {
        let handle = self.answered.try_with_value(|files| files.get(&file).cloned()).flatten();
        let answer = |state: &State| {
            let answer = state.predictions.answers().iter().find(|answer| answer.file == file)?;
            Some((answer.name.clone(), answer.ranking.first()?.name.clone()))
        };
        let (Some(handle), Some((path, class))) = (handle, self.with_untracked(answer)) else {
            return self.update(|state| state.gaze.fail(file));
        };
        let run = self.next_run();
        self.update(|state| state.gaze.ask(run, file));
        let file = self.incoming(PickedFile { path, file: handle });
        self.send(Request::Explain { run, file, class });
    }

    /// Tests whether the classes are told by their background.
    pub(super) fn test_border(self) {
        let run = self.begin(JobKind::Border);
        self.send(Request::TestBorder { run });
    }

    /// Downloads all answers as a table.
    pub(super) fn download_table(self) {
        let table = self.with_untracked(|state| state.predictions.csv());
        let name = self.with_untracked(|state| safe_file_name(&state.name, ".answers.csv"));
        files::save(&name, &Uint8Array::from(table.as_bytes()), "text/csv");
    }

    /// Takes all answers off the page.
    pub(super) fn clear_predictions(self) {
        self.update(|state| {
            state.predictions.clear();
            state.compared = None;
            state.gaze.clear();
        });
        self.answered.update_value(std::collections::HashMap::clear);
        self.let_go_of_pictures();
    }

    /// Frees the pictures that no answer shows any more.
    pub(super) fn let_go_of_pictures(self) {
        let unused = self.state.try_update_untracked(|state| state.predictions.take_unused()).unwrap_or_default();
        for picture in unused {
            let _ = Url::revoke_object_url(&picture); // never fails for an address made here
        }
    }

    /// Makes the head of a file the one that answers.
    pub(super) fn open_head(self, picked: PickedFile) {
        let file = self.incoming(picked);
        let run = self.next_run();
        self.update(|state| state.jobs.begin(run, JobKind::OpenHead, 1, now_ms()));
        self.send(Request::OpenHead { run, file });
    }

    /// Does so with the first of files that the person chose.
    pub(super) fn open_first_head(self, picked: Vec<PickedFile>) {
        if let Some(file) = picked.into_iter().next() {
            self.open_head(file);
        }
    }

    /// Downloads the project.
    pub(super) fn save_project(self) {
        if self.with_untracked(|state| state.jobs.has(JobKind::SaveProject)) {
            return;
        }
        let run = self.begin(JobKind::SaveProject);
        self.send(Request::SaveProject { run });
    }

    /// Reads a project file, beside the projects that are there, and opens it.
    pub(super) fn open_project(self, picked: PickedFile) {
        let file = self.incoming(picked);
        let run = self.begin(JobKind::OpenProject);
        self.send(Request::OpenProject { run, file });
    }

    /// Opens the first of files that the person chose.
    pub(super) fn open_first_project(self, picked: Vec<PickedFile>) {
        if let Some(file) = picked.into_iter().next() {
            self.open_project(file);
        }
    }

    /// Lets one of the heads answer; none for the one with the better score.
    pub(super) fn use_head(self, head: Option<HeadId>) {
        self.send(Request::UseHead { head });
    }

    /// Takes a head away.
    pub(super) fn remove_head(self, head: HeadId) {
        self.send(Request::RemoveHead { head });
    }

    /// Lets two heads answer the photos that were asked about, and those of the test set.
    pub(super) fn compare(self, heads: [HeadId; 2]) {
        let files = self.with_untracked(|state| state.predictions.answers().iter().map(|answer| answer.file).collect());
        let run = self.begin(JobKind::Compare);
        self.send(Request::Compare { run, heads, files });
    }

    /// Lets another share of the photos of the classes be called unknown.
    pub(super) fn set_false_unknown(self, percent: u8) {
        self.send(Request::SetFalseUnknown { percent });
    }

    /// Downloads the head.
    pub(super) fn download_head(self) {
        if self.with_untracked(|state| state.head.is_some()) {
            self.send(Request::ExportHead);
        }
    }

    /// Trains, if it can.
    pub(super) fn train(self) {
        if self.with_untracked(|state| state.train_block().is_some()) {
            return;
        }
        let run = self.next_run();
        self.update(|state| state.train_started(run, now_ms()));
        self.send(Request::Train { run });
    }

    /// Measures what the network's knowledge is worth.
    pub(super) fn measure_head_start(self) {
        let run = self.begin(JobKind::HeadStart);
        self.send(Request::MeasureHeadStart { run });
    }

    /// Stops all runs of a kind; what they have done is kept.
    pub(super) fn cancel(self, kind: JobKind) {
        let runs: Vec<RunId> = self.with_untracked(|state| state.jobs.of(kind).map(|job| job.run).collect());
        runs.into_iter().for_each(|run| self.send(Request::Cancel { run }));
    }

    /// Makes a class; a name of blanks makes none.
    pub(super) fn add_class(self, name: &str) {
        let name = name.trim();
        if !name.is_empty() {
            self.send(Request::AddClass { name: name.to_owned() });
        }
    }

    /// Gives a class another name.
    pub(super) fn rename_class(self, class: &Class, name: &str) {
        let name = name.trim();
        if !name.is_empty() && name != class.name {
            self.send(Request::RenameClass { class: class.id, name: name.to_owned() });
        }
    }

    /// Closes a notice; one of files that were not read is not told again.
    pub(super) fn close_notice(self, id: u32) {
        let kind = self.with_untracked(|state| state.notices.get(id).map(|notice| notice.kind.clone()));
        if let Some(NoticeKind::Unfinished(unfinished)) = kind {
            self.send(Request::ForgetUnfinished { entry: unfinished.entry });
        }
        self.update(|state| state.notices.close(id));
    }

    /// Names the project.
    pub(super) fn rename_project(self, name: &str) {
        let name = name.trim();
        if self.with_untracked(|state| state.name != name) {
            self.send(Request::RenameProject { name: name.to_owned() });
        }
    }

    /// Computes on another device.
    pub(super) fn choose_device(self, choice: DeviceChoice) {
        self.client.with_value(|client| client.choose_device(choice));
    }

    /// What is left without litter, sorted as people number their files. None, and a notice, when nothing is.
    fn without_junk(self, mut picked: Vec<PickedFile>) -> Option<Vec<PickedFile>> {
        picked.retain(|file| !is_junk(&file.path));
        sort_by_path(&mut picked, |file| &file.path);
        if picked.is_empty() {
            self.update(|state| state.notices.say(NoticeKind::NothingToAdd));
            return None;
        }
        Some(picked)
    }
}
