//! The instant head: fitted again as photos arrive, move and change class, a bounded step at a time between everything else.

mod findings;
mod fitting;
mod members;
mod strangers;

use super::{Background, Engine, PhotoSource, session::hash_of};
use crate::{
    dataset::PhotoId,
    head::{
        Transform,
        instant::{Decomposition, Feature, Gram, InstantError, Reduction},
    },
    protocol::{Event, Failure, InstantState, Judged},
    store::Store,
};
use findings::COPY;
use fitting::Fitting;
use members::MOST_PHOTOS;
pub(super) use members::spread;
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};
use strangers::{Bounding, Bounds};

/// How long a step takes at most, but for the last one of a fit.
const STEP: Duration = Duration::from_millis(80);

/// Photos whose products are computed in one step.
const BATCH: usize = 32;

/// While photos are being read the head is fitted again after so many new ones, or a quarter of what it knows: then all fits
/// of an import together cost little more than the last one. When it knows as many as it takes, it waits until there are half
/// as many again.
const FEW_PHOTOS: u64 = 16;

/// What the instant head was, or is being, fitted to.
pub(super) struct Instant {
    /// Photos in the order of the rows.
    members: Vec<PhotoId>,
    narrow: Gram,
    wide: Gram,
    /// Of the narrow and of the wide feature, while it fits the members.
    decompositions: Option<[Decomposition; 2]>,
    /// What it says of each photo without the photo's burst.
    judged: HashMap<PhotoId, Judged>,
    /// How photos like none of the classes are told, where there are enough photos.
    unknown: Option<Bounds>,
    /// The session's revision that it knows.
    revision: u64,
    stage: Stage,
}

enum Stage {
    Resting,
    /// Photos whose features are still to be added.
    Adding(VecDeque<PhotoId>),
    /// The narrow feature's decomposition, once it is there.
    Reducing(Reduction, Option<Decomposition>),
    Fitting(Fitting),
    Bounding(Bounding),
}

impl Default for Instant {
    fn default() -> Self {
        Self {
            members: Vec::new(),
            narrow: Gram::new(Transform::narrow().dim()),
            wide: Gram::new(Transform::wide().dim()),
            decompositions: None,
            judged: HashMap::new(),
            unknown: None,
            revision: 0,
            stage: Stage::Resting,
        }
    }
}

impl Instant {
    /// Whether it is fitted, and nothing is under way.
    pub(super) fn rests(&self) -> bool {
        matches!(self.stage, Stage::Resting)
    }

    /// The session's revision that it knows.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// The photos that it is fitted to.
    pub(super) fn members(&self) -> &[PhotoId] {
        &self.members
    }

    /// Their features of a kind, and the products of these.
    pub(super) fn gram(&self, feature: Feature) -> &Gram {
        if feature == Feature::Narrow { &self.narrow } else { &self.wide }
    }

    /// What it says of each of the members, in their order; nothing where one is not judged.
    pub(super) fn judgements(&self) -> Vec<Judged> {
        self.members.iter().map(|id| self.judged.get(id).copied()).collect::<Option<_>>().unwrap_or_default()
    }

    /// The burst of a photo; a photo that it does not know is alone.
    pub(super) fn burst(&self, photo: PhotoId) -> u32 {
        self.judged.get(&photo).map_or(u32::MAX - photo.0, |judged| judged.burst)
    }

    /// What it says of each photo without the photo's burst, in the order of the photos.
    pub(super) fn judged(&self) -> Vec<&Judged> {
        let mut judged: Vec<&Judged> = self.judged.values().collect();
        judged.sort_unstable_by_key(|judged| judged.photo);
        judged
    }

    /// Whether one of its photos is nearly the same as that of a narrow feature, [1280].
    pub(super) fn has_copy_of(&self, narrow: &[f32]) -> bool {
        self.narrow.largest_product(narrow) >= COPY
    }

    /// Share of right answers on some photos, each judged without its burst; none where it does not know them all.
    pub(super) fn accuracy(&self, photos: impl Iterator<Item = PhotoId>) -> Option<f64> {
        let judged: Vec<&Judged> = photos.map(|photo| self.judged.get(&photo)).collect::<Option<_>>()?;
        let right = judged.iter().filter(|judged| judged.answer == judged.class).count();
        (!judged.is_empty()).then(|| right as f64 / judged.len() as f64)
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Whether the instant head is not what the photos ask for, and it is time to do something about it.
    pub(super) fn instant_is_due(&self) -> bool {
        let Some(session) = &self.session else { return false };
        let instant = &session.instant;
        if !matches!(instant.stage, Stage::Resting) {
            return true;
        }
        let new = session.revision - instant.revision;
        let reading = self.background.iter().any(|job| matches!(job, Background::Import(_)));
        // A fit to as many as it takes takes seconds, and others of the same classes change it little.
        let enough = if instant.members.len() < MOST_PHOTOS {
            FEW_PHOTOS.max(instant.members.len() as u64 / 4)
        } else {
            session.photos.len() as u64 / 3
        };
        new > 0 && (!reading || new >= enough)
    }

    /// One step towards it.
    pub(super) async fn step_instant(&mut self) {
        let Some(session) = &mut self.session else { return };
        // Taken out for the step, so that the engine's other parts are at hand.
        let mut instant = std::mem::take(&mut session.instant);
        let result = self.advance(&mut instant).await;
        let Some(session) = &mut self.session else { return };
        session.instant = instant;
        if let Err(failure) = result {
            // The one from before goes on answering; the next change of the photos is the next try.
            let state = if session.shelf.instant.is_some() { InstantState::Ready } else { InstantState::None };
            self.emit(Event::Failed { run: None, failure });
            self.emit(Event::Instant { state });
        }
    }

    async fn advance(&mut self, instant: &mut Instant) -> Result<(), Failure> {
        match std::mem::replace(&mut instant.stage, Stage::Resting) {
            Stage::Resting => self.begin(instant),
            Stage::Adding(mut photos) => {
                let batch: Vec<PhotoId> = photos.drain(..photos.len().min(BATCH)).collect();
                self.add(instant, &batch)?;
                instant.stage = match (photos.is_empty(), &instant.decompositions) {
                    (false, _) => Stage::Adding(photos),
                    (true, Some(_)) => return self.begin_fitting_instant(instant).await,
                    (true, None) if instant.members.is_empty() => return self.no_instant().await,
                    (true, None) => Stage::Reducing(Reduction::new(&instant.narrow)?, None),
                };
                Ok(())
            }
            Stage::Reducing(mut reduction, narrow) => {
                let done = reduction.step(STEP, self.clock);
                instant.stage = match (done, narrow) {
                    (false, narrow) => Stage::Reducing(reduction, narrow),
                    (true, None) => Stage::Reducing(Reduction::new(&instant.wide)?, reduction.finish()),
                    (true, Some(narrow)) => {
                        instant.decompositions = reduction.finish().map(|wide| [narrow, wide]);
                        return self.begin_fitting_instant(instant).await;
                    }
                };
                Ok(())
            }
            Stage::Fitting(fitting) => self.fit_instant(instant, fitting).await,
            Stage::Bounding(bounding) => self.bound_instant(instant, bounding).await,
        }
    }

    /// Looks which photos there are now.
    fn begin(&mut self, instant: &mut Instant) -> Result<(), Failure> {
        let session = self.session()?;
        instant.revision = session.revision;
        let wanted = members::wanted(session);
        let stays: Vec<bool> = instant.members.iter().map(|photo| wanted.contains(photo)).collect();
        if stays.contains(&false) {
            instant.narrow.retain(|row| stays[row]);
            instant.wide.retain(|row| stays[row]);
            instant.decompositions = None;
            let mut stays = stays.iter();
            instant.members.retain(|_| stays.next() == Some(&true));
        }
        let known: std::collections::HashSet<PhotoId> = instant.members.iter().copied().collect();
        let new: VecDeque<PhotoId> = wanted.into_iter().filter(|photo| !known.contains(photo)).collect();
        if !new.is_empty() {
            instant.decompositions = None;
        }
        instant.stage = Stage::Adding(new);
        self.emit(Event::Instant { state: InstantState::Fitting });
        Ok(())
    }

    /// Adds the features of photos.
    fn add(&mut self, instant: &mut Instant, photos: &[PhotoId]) -> Result<(), Failure> {
        let (as_narrow, as_wide) = (Transform::narrow(), Transform::wide());
        let (mut narrow, mut wide) = (Vec::new(), Vec::new());
        let session = self.session()?;
        for id in photos {
            // Gone meanwhile: the revision is another one then, and it begins again.
            let Some(hash) = session.photos.get(id).and_then(hash_of) else { continue };
            let Some(pools) = session.features.pools(hash) else { continue };
            narrow.extend(as_narrow.apply(&pools));
            wide.extend(as_wide.apply(&pools));
            instant.members.push(*id);
        }
        instant.narrow.push(&narrow)?;
        Ok(instant.wide.push(&wide)?)
    }

    /// There is nothing to tell apart.
    async fn no_instant(&mut self) -> Result<(), Failure> {
        self.drop_instant().await?;
        self.emit(Event::Instant { state: InstantState::None });
        self.emit(Event::Examined { judged: Vec::new(), findings: Vec::new() });
        Ok(())
    }
}

impl From<InstantError> for Failure {
    fn from(error: InstantError) -> Self {
        Self::DeviceFailed { detail: format!("instant head: {error}") }
    }
}
