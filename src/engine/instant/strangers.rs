//! How photos like none of the classes are told: the last part of a fit.

use super::{Instant, STEP, Stage, fitting::Fitted};
use crate::{
    engine::{Engine, PhotoSource, heads::NewHead},
    head::{Head, Unknown, unknown::UnknownFit},
    protocol::{Failure, HeadOrigin},
    store::Store,
};

/// Up to so many photos it takes moments, and the head waits for it; a larger one answers meanwhile with the bounds from
/// before.
const WAITS_UP_TO: usize = 600;

/// The fit under way, and the head that waits for it.
pub(super) struct Bounding {
    fit: UnknownFit,
    waiting: Option<Box<Fitted>>,
}

/// How photos like none of the classes are told.
pub(super) struct Bounds {
    unknown: Unknown,
    /// Of every photo, without its having helped: from them the threshold follows.
    distances: Vec<f64>,
}

impl Instant {
    /// How strangers to so many classes are told, where that is known.
    pub(in crate::engine) fn unknown(&self, classes: usize) -> Option<Unknown> {
        self.unknown.as_ref().map(|bounds| &bounds.unknown).filter(|unknown| unknown.offsets.len() == classes).cloned()
    }
}

impl Bounds {
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    fn set_false_unknown(&mut self, percent: u8) {
        self.unknown.threshold = UnknownFit::threshold(&self.distances, share(percent)) as f32;
    }
}

fn share(percent: u8) -> f64 {
    f64::from(percent) / 100.0
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Lets another share of the photos of the classes be called unknown, by all heads that were made here.
    ///
    /// # Errors
    /// When the store fails.
    pub(in crate::engine) async fn set_false_unknown(&mut self, percent: u8) -> Result<(), Failure> {
        let mut draft = self.session()?.draft([]);
        draft.project.false_unknown_percent = percent.min(100);
        self.keep_draft(draft, Vec::new()).await?;
        let session = self.session()?;
        if let Some(bounds) = &mut session.instant.unknown {
            bounds.set_false_unknown(percent.min(100));
        }
        self.change_heads(|head, instant| {
            let unknown = instant.unknown(head.classes.len());
            let changes = head.unknown.is_some() && unknown.is_some() && head.unknown != unknown;
            if changes {
                head.unknown = unknown;
            }
            changes
        })
        .await?;
        self.tell_heads()
    }

    /// Begins; without a fit, where a class has too few photos, no photo is unknown.
    pub(super) async fn begin_bounding(
        &mut self,
        instant: &mut Instant,
        mut fitted: Fitted,
        fit: Option<UnknownFit>,
    ) -> Result<(), Failure> {
        let Some(fit) = fit else {
            instant.unknown = None;
            fitted.head.unknown = None;
            return self.publish(fitted).await;
        };
        let waiting = if instant.members.len() <= WAITS_UP_TO {
            Some(Box::new(fitted))
        } else {
            self.publish(fitted).await?;
            None
        };
        instant.stage = Stage::Bounding(Bounding { fit, waiting });
        Ok(())
    }

    /// One step, or the end of the whole fit.
    pub(super) async fn bound_instant(&mut self, instant: &mut Instant, mut job: Bounding) -> Result<(), Failure> {
        if !job.fit.step(&instant.wide, STEP, self.clock) {
            instant.stage = Stage::Bounding(job);
            return Ok(());
        }
        let Some([_, wide]) = &instant.decompositions else { return Ok(()) };
        let false_unknown = share(self.session()?.project.false_unknown_percent);
        let (unknown, distances) = job.fit.finish(&instant.wide, wide, false_unknown);
        instant.unknown = Some(Bounds { unknown: unknown.clone(), distances });
        if let Some(mut fitted) = job.waiting {
            fitted.head.unknown = Some(unknown);
            return self.publish(*fitted).await;
        }
        let kept = self.session()?.shelf.instant.as_ref().map(|kept| Head::clone(&kept.head));
        if let Some(mut head) = kept.filter(|head| head.classes.len() == unknown.offsets.len()) {
            head.unknown = Some(unknown);
            self.keep_head(NewHead::without_curve(head, HeadOrigin::Instant)).await?;
        }
        Ok(())
    }
}
