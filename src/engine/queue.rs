//! What the engine has to do, and in which order it does it.

use super::{
    Engine, PhotoSource,
    border::Border,
    comparing::Comparing,
    duplicating::Duplicating,
    import::Import,
    learning::HeadStart,
    predicting::Predicting,
    project_file::{Opening, Saving},
    training::Training,
};
use crate::{
    protocol::{Event, Failure, FileRef, InstantState, Outcome, Request, RunId},
    store::Store,
};

/// What a person waits for.
pub(super) enum Interactive {
    Request(Request),
    Predicting(Predicting),
}

/// What runs on between.
pub(super) enum Background {
    Import(Import),
    Training(Training),
    Border(Border),
    Comparing(Comparing),
    HeadStart(HeadStart),
    Saving(Saving),
    Opening(Opening),
    Duplicating(Duplicating),
}

impl Background {
    pub(super) fn run(&self) -> RunId {
        match self {
            Self::Import(import) => import.run,
            Self::Training(training) => training.run,
            Self::Border(border) => border.run,
            Self::Comparing(comparing) => comparing.run,
            Self::HeadStart(measuring) => measuring.run,
            Self::Saving(saving) => saving.run,
            Self::Opening(opening) => opening.run,
            Self::Duplicating(duplicating) => duplicating.run,
        }
    }

    pub(super) fn cancel(&mut self) {
        match self {
            Self::Import(import) => import.cancel(),
            Self::Training(training) => training.cancel(),
            Self::Border(border) => border.cancel(),
            Self::Comparing(comparing) => comparing.cancel(),
            Self::HeadStart(measuring) => measuring.cancel(),
            Self::Saving(saving) => saving.cancel(),
            Self::Opening(opening) => opening.cancel(),
            Self::Duplicating(duplicating) => duplicating.cancel(),
        }
    }

    /// Lets go of the files that it did not come to.
    pub(super) fn forget_files(&self, source: &impl PhotoSource) {
        match self {
            Self::Import(import) => import.forget_files(source),
            Self::Opening(opening) => source.forget(opening.file.file),
            _ => {}
        }
    }
}

/// How far a job came with one step.
pub(super) enum Step {
    More,
    /// Another job goes on under the same run.
    HandedOn,
    End(Outcome),
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Takes a request in. It is served by later calls of [`Self::step`], but a cancellation counts at once.
    pub fn push(&mut self, request: Request) {
        match request {
            Request::Cancel { run } => self.cancel(run),
            Request::Import { run, files, into } => {
                self.background.push_back(Background::Import(Import::new(run, files, into)));
            }
            Request::Train { run } => self.background.push_back(Background::Training(Training::new(run))),
            Request::TestBorder { run } => self.background.push_back(Background::Border(Border::new(run))),
            Request::Compare { run, heads, files } => {
                self.background.push_back(Background::Comparing(Comparing::new(run, heads, files)));
            }
            Request::MeasureHeadStart { run } => {
                self.background.push_back(Background::HeadStart(HeadStart::new(run)));
            }
            Request::SaveProject { run } => self.background.push_back(Background::Saving(Saving::new(run))),
            Request::OpenProject { run, file } => {
                self.background.push_back(Background::Opening(Opening::new(run, file)));
            }
            Request::DuplicateProject { run, name } => {
                self.background.push_back(Background::Duplicating(Duplicating::new(run, name)));
            }
            Request::Predict { run, files } => {
                self.interactive.push_back(Interactive::Predicting(Predicting::new(run, files)));
            }
            other => self.interactive.push_back(Interactive::Request(other)),
        }
    }

    /// Whether a step would do anything.
    pub fn has_work(&self) -> bool {
        !self.interactive.is_empty()
            || self.frame.is_some()
            || !self.background.is_empty()
            || self.instant_is_due()
            || self.test_set_is_due()
            || self.tags_are_due()
            || self.learning_is_due()
    }

    /// Does one bounded piece of work: one photo, one batch, one slice of training. On the CPU that is under 250 ms.
    pub async fn step(&mut self) {
        match self.interactive.front() {
            Some(Interactive::Predicting(_)) | None if self.frame.is_some() => self.step_frame().await,
            // Without a head an answer can wait for the training that stands in the queue.
            Some(Interactive::Predicting(_)) if self.head_is_coming() => self.step_beside().await,
            Some(_) => self.step_interactive().await,
            None => self.step_beside().await,
        }
    }

    async fn step_interactive(&mut self) {
        match self.interactive.pop_front() {
            Some(Interactive::Request(request)) => self.answer(request).await,
            Some(Interactive::Predicting(mut job)) => {
                let step = self.step_predicting(&mut job).await;
                match self.told(job.run, step) {
                    Step::More => self.interactive.push_front(Interactive::Predicting(job)),
                    Step::HandedOn => {}
                    Step::End(outcome) => {
                        job.forget_files(&self.source);
                        self.finish(job.run, outcome);
                    }
                }
            }
            None => {}
        }
    }

    /// What nobody waits for.
    async fn step_beside(&mut self) {
        if self.journal_is_due() {
            self.step_journal().await;
        } else if self.instant_is_due() {
            self.step_instant().await;
        } else if self.test_set_is_due() {
            self.step_test_set();
        } else if self.tags_are_due() {
            self.step_tags();
        } else if self.background.is_empty() {
            self.step_learning();
        } else {
            self.step_background().await;
        }
    }

    async fn step_background(&mut self) {
        let Some(mut job) = self.background.pop_front() else { return };
        let step = match &mut job {
            Background::Import(import) => self.step_import(import).await,
            Background::Training(training) => self.step_training(training).await,
            Background::Border(border) => self.step_border(border).await,
            Background::Comparing(comparing) => self.step_comparing(comparing),
            Background::HeadStart(measuring) => self.step_head_start(measuring).await,
            Background::Saving(saving) => self.step_saving(saving).await,
            Background::Opening(opening) => self.step_opening(opening).await,
            Background::Duplicating(duplicating) => self.step_duplicating(duplicating).await,
        };
        match self.told(job.run(), step) {
            Step::More => self.background.push_front(job),
            Step::HandedOn => {}
            Step::End(outcome) => {
                job.forget_files(&self.source);
                if let Background::Import(import) = &job {
                    // The photos are there all the same; of an import that failed the failure is told already.
                    if let Err(failure) = self.note_added(import).await
                        && outcome != Outcome::Failed
                    {
                        self.emit(Event::Failed { run: None, failure });
                    }
                    if outcome == Outcome::Failed
                        && let Err(failure) = self.interrupted().await
                    {
                        self.emit(Event::Failed { run: None, failure });
                    }
                    // The head that was fitted on the way does not know the last photos.
                    if self.instant_is_due() {
                        self.emit(Event::Instant { state: InstantState::Fitting });
                    }
                }
                self.finish(job.run(), outcome);
            }
        }
    }

    /// Serves a request that is done in one piece.
    async fn answer(&mut self, request: Request) {
        let is_served = request.is_served();
        let result = match request {
            Request::Open { run } => self.open(run).await,
            Request::Measure => self.measure().await,
            Request::Release => self.release().await,
            Request::UseHead { head } => self.use_head(head).await,
            Request::SetFalseUnknown { percent } => self.set_false_unknown(percent).await,
            Request::ExportHead => self.export_head().await,
            Request::OpenOther { run, project } => self.open_other(run, project).await,
            Request::DeleteProject { run, project } => self.delete_project(run, project).await,
            Request::RestoreProject { run, project } => self.restore_project(run, project).await,
            Request::ForgetUnfinished { entry } => self.forget_unfinished(entry).await,
            Request::OpenHead { run, file } => {
                let result = self.open_head(&file).await;
                self.done_with(run, file.file, result);
                Ok(())
            }
            Request::Explain { run, file, class } => {
                let result = self.explain(run, &file, &class).await;
                self.done_with(run, file.file, result);
                Ok(())
            }
            Request::Import { .. }
            | Request::Train { .. }
            | Request::TestBorder { .. }
            | Request::Compare { .. }
            | Request::MeasureHeadStart { .. }
            | Request::SaveProject { .. }
            | Request::OpenProject { .. }
            | Request::DuplicateProject { .. }
            | Request::Predict { .. }
            | Request::Cancel { .. } => Ok(()),
            edit => self.edit(edit).await,
        };
        if let Err(failure) = result {
            self.emit(Event::Failed { run: None, failure });
        }
        if is_served {
            self.emit(Event::Served);
        }
    }

    /// Ends a job of one file that was done in one piece.
    fn done_with(&self, run: RunId, file: FileRef, result: Result<(), Failure>) {
        self.source.forget(file);
        if let Step::End(outcome) = self.told(run, result.map(|()| Step::End(Outcome::Done))) {
            self.finish(run, outcome);
        }
    }

    fn cancel(&mut self, run: RunId) {
        for job in &mut self.background {
            if job.run() == run {
                job.cancel();
            }
        }
        for job in &mut self.interactive {
            if let Interactive::Predicting(job) = job
                && job.run == run
            {
                job.cancel();
            }
        }
    }

    fn head_is_coming(&self) -> bool {
        let has_head = self.session.as_ref().is_some_and(|session| session.active().is_some());
        !has_head && (self.instant_is_due() || self.background.iter().any(|job| matches!(job, Background::Training(_))))
    }
}
