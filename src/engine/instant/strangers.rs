//! How photos like none of the classes are told: the last part of a fit.

use super::{Instant, STEP, Stage, fitting::Fitted};
use crate::{
    engine::{Engine, PhotoSource, heads::NewHead},
    head::unknown::UnknownFit,
    protocol::{Failure, HeadOrigin},
    store::Store,
};

/// Share of the photos of the classes that may be called unknown.
const FALSE_UNKNOWN: f64 = 0.05;

/// Up to so many photos it takes moments, and the head waits for it; a larger one answers meanwhile with the bounds from
/// before.
const WAITS_UP_TO: usize = 600;

/// The fit under way, and the head that waits for it.
pub(super) struct Bounding {
    fit: UnknownFit,
    waiting: Option<Box<Fitted>>,
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
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
        let (unknown, _) = job.fit.finish(&instant.wide, wide, FALSE_UNKNOWN);
        instant.unknown = Some(unknown.clone());
        if let Some(mut fitted) = job.waiting {
            fitted.head.unknown = Some(unknown);
            return self.publish(*fitted).await;
        }
        let kept = self.session()?.shelf.instant.as_ref().map(|kept| kept.head.clone());
        if let Some(mut head) = kept.filter(|head| head.classes.len() == unknown.offsets.len()) {
            head.unknown = Some(unknown);
            self.keep_head(NewHead::without_curve(head, HeadOrigin::Instant)).await?;
        }
        Ok(())
    }
}
