//! Codes and numbers as words.

use super::{
    i18n::{self, Words, t_string},
    state::{Sure, TimeLeft, TrainBlock, sure},
};
use crate::{
    metrics::Interval,
    protocol::{Failure, Ranked},
};

/// A whole number with separators: "1,280".
pub(super) fn whole(number: impl TryInto<u32>) -> String {
    i18n::format(number.try_into().unwrap_or(u32::MAX).into(), 0)
}

/// A number with so many places behind the point.
pub(super) fn fixed(number: f64, places: usize) -> String {
    i18n::format(number, places)
}

/// A share 0..1 as whole percent: "94 %".
pub(super) fn percent(words: Words, share: f64) -> String {
    t_string!(words, app.percent, value = fixed(share * 100.0, 0)).to_string()
}

/// Both ends of an interval in whole percent, rounded outward.
pub(super) fn outward(low: f64, high: f64) -> (String, String) {
    (fixed((low * 100.0).floor(), 0), fixed((high * 100.0).ceil(), 0))
}

/// An interval in whole percent: "76–93".
pub(super) fn range(words: Words, Interval { low, high }: Interval) -> String {
    let (low, high) = outward(low, high);
    t_string!(words, app.range, low = low, high = high).to_string()
}

/// The sign alone, where it is drawn smaller than its number.
pub(super) fn percent_sign(words: Words) -> String {
    t_string!(words, app.percent, value = "").to_string().trim().to_owned()
}

/// An interval to a tenth of a percent: "76.4–93.2".
pub(super) fn exact_range(words: Words, Interval { low, high }: Interval) -> String {
    let (low, high) = (fixed(low * 100.0, 1), fixed(high * 100.0, 1));
    t_string!(words, app.range, low = low, high = high).to_string()
}

/// So many photos.
pub(super) fn photos(words: Words, count: usize) -> String {
    let n = whole(count);
    t_string!(words, photos.count, count = u32::try_from(count).unwrap_or(u32::MAX), n = n).to_string()
}

/// A size on disk.
#[allow(clippy::cast_precision_loss, reason = "sizes of files are far below 2^53")]
pub(super) fn size(words: Words, bytes: u64) -> String {
    match bytes {
        0 => t_string!(words, size.none).to_string(),
        1..1000 => t_string!(words, size.under_kb).to_string(),
        1000..1_000_000 => t_string!(words, size.kb, value = fixed(bytes as f64 / 1e3, 0)).to_string(),
        _ => t_string!(words, size.mb, value = fixed(bytes as f64 / 1e6, 1)).to_string(),
    }
}

/// How long something will take.
pub(super) fn time_left(words: Words, left: TimeLeft) -> String {
    match left {
        TimeLeft::Moments => t_string!(words, time.moments).to_string(),
        TimeLeft::Seconds(seconds) => t_string!(words, time.seconds, count = seconds).to_string(),
        TimeLeft::Minutes(minutes) => t_string!(words, time.minutes, count = minutes).to_string(),
    }
}

/// How long something took.
pub(super) fn took(words: Words, ms: u32) -> String {
    let seconds = f64::from(ms) / 1000.0;
    if seconds < 60.0 {
        t_string!(words, time.took_seconds, value = fixed(seconds, 1)).to_string()
    } else {
        t_string!(words, time.took_minutes, value = fixed(seconds / 60.0, 1)).to_string()
    }
}

/// How sure an answer is.
pub(super) fn sureness(words: Words, ranking: &[Ranked]) -> String {
    let Some(best) = ranking.first() else { return String::new() };
    match (sure(best.probability), ranking.get(1)) {
        (Sure::Very, _) => t_string!(words, results.very_sure).to_string(),
        (Sure::Quite, _) => t_string!(words, results.quite_sure).to_string(),
        (Sure::Not, Some(other)) => t_string!(words, results.not_sure, other = other.name.clone()).to_string(),
        (Sure::Not, None) => t_string!(words, results.not_sure_alone).to_string(),
    }
}

/// Why training cannot start.
pub(super) fn train_block(words: Words, block: TrainBlock) -> String {
    match block {
        TrainBlock::Loading => t_string!(words, train.block_loading).to_string(),
        TrainBlock::OpenElsewhere => t_string!(words, train.block_elsewhere).to_string(),
        TrainBlock::Reading => t_string!(words, train.block_reading).to_string(),
        TrainBlock::Training => t_string!(words, train.state_training).to_string(),
        TrainBlock::TooFewClasses => t_string!(words, train.block_classes).to_string(),
        TrainBlock::TooFewPhotos { class, missing } => {
            let count = u32::try_from(missing).unwrap_or(u32::MAX);
            t_string!(words, train.block_photos, count = count, class = class).to_string()
        }
    }
}

/// What happened: the title of a notice.
pub(super) fn failure_title(words: Words, failure: &Failure) -> String {
    match failure {
        Failure::FileTooLarge { .. }
        | Failure::TooManyPixels { .. }
        | Failure::EmptyFile
        | Failure::NotAPicture
        | Failure::UnreadableZip
        | Failure::IsProject
        | Failure::UnsupportedFormat { .. }
        | Failure::DamagedPicture
        | Failure::Duplicate { .. }
        | Failure::InTrainingSet { .. }
        | Failure::InTestSet { .. }
        | Failure::NoSuchClass { .. }
        | Failure::UnreadableFile => t_string!(words, failure.file_title).to_string(),
        Failure::StorageFull => t_string!(words, failure.storage_full_title).to_string(),
        Failure::StorageNewer => t_string!(words, failure.storage_newer_title).to_string(),
        Failure::StorageFailed { .. } => t_string!(words, failure.storage_title).to_string(),
        Failure::ClassExists { name } => t_string!(words, failure.class_exists_title, name = name.clone()).to_string(),
        Failure::TooFewClasses | Failure::TooFewPhotos { .. } => t_string!(words, failure.train_title).to_string(),
        Failure::NoHead => t_string!(words, failure.no_head_title).to_string(),
        Failure::NotAHead { .. } => t_string!(words, failure.not_a_head_title).to_string(),
        Failure::DamagedHead { .. } => t_string!(words, failure.damaged_head_title).to_string(),
        Failure::OtherBackbone { .. } => t_string!(words, failure.other_backbone_title).to_string(),
        Failure::NewerHead { .. } => t_string!(words, failure.newer_head_title).to_string(),
        Failure::HeadSelfTest => t_string!(words, failure.self_test_title).to_string(),
        Failure::NotAProject { .. } => t_string!(words, failure.not_a_project_title).to_string(),
        Failure::DamagedProject { .. } => t_string!(words, failure.damaged_project_title).to_string(),
        Failure::NewerProject { .. } => t_string!(words, failure.newer_project_title).to_string(),
        Failure::WeightsMissing { .. } => t_string!(words, failure.weights_missing_title).to_string(),
        Failure::WeightsDamaged => t_string!(words, failure.weights_damaged_title).to_string(),
        Failure::DeviceUnavailable { .. } => t_string!(words, failure.device_title).to_string(),
        Failure::DeviceFailed { .. } => t_string!(words, failure.device_failed_title).to_string(),
    }
}

/// What is safe and what to do.
pub(super) fn failure_say(words: Words, failure: &Failure) -> String {
    match failure.clone() {
        Failure::FileTooLarge { mib, limit_mib } => {
            t_string!(words, failure.file_too_large, mib = mib, limit = limit_mib).to_string()
        }
        Failure::TooManyPixels { megapixels, limit_megapixels } => {
            t_string!(words, failure.too_many_pixels, megapixels = whole(megapixels), limit = limit_megapixels)
                .to_string()
        }
        Failure::EmptyFile => t_string!(words, failure.empty_file).to_string(),
        Failure::UnreadableZip => t_string!(words, failure.zip).to_string(),
        Failure::IsProject => t_string!(words, failure.is_project).to_string(),
        Failure::NotAPicture => t_string!(words, failure.not_a_picture).to_string(),
        Failure::UnsupportedFormat { format } => t_string!(words, failure.unsupported, format = format).to_string(),
        Failure::DamagedPicture => t_string!(words, failure.damaged_picture).to_string(),
        Failure::Duplicate { name } => t_string!(words, failure.duplicate, name = name).to_string(),
        Failure::InTrainingSet { name } => t_string!(words, failure.in_training_set, name = name).to_string(),
        Failure::InTestSet { name } => t_string!(words, failure.in_test_set, name = name).to_string(),
        Failure::NoSuchClass { name } if name.is_empty() => t_string!(words, failure.no_folder).to_string(),
        Failure::NoSuchClass { name } => t_string!(words, failure.no_such_class, name = name).to_string(),
        Failure::UnreadableFile => t_string!(words, failure.unreadable).to_string(),
        Failure::StorageFull => t_string!(words, failure.storage_full).to_string(),
        Failure::StorageNewer => t_string!(words, failure.storage_newer).to_string(),
        Failure::StorageFailed { detail } => t_string!(words, failure.storage, detail = detail).to_string(),
        Failure::ClassExists { .. } => t_string!(words, failure.class_exists).to_string(),
        Failure::TooFewClasses => t_string!(words, failure.too_few_classes).to_string(),
        Failure::TooFewPhotos { class, needed } => {
            t_string!(words, failure.too_few_photos, class = class, needed = needed).to_string()
        }
        Failure::NoHead => t_string!(words, failure.no_head).to_string(),
        Failure::NotAHead { detail } => t_string!(words, failure.not_a_head, detail = detail).to_string(),
        Failure::DamagedHead { detail } => t_string!(words, failure.damaged_head, detail = detail).to_string(),
        Failure::OtherBackbone { needs, has } => {
            t_string!(words, failure.other_backbone, needs = needs, has = has).to_string()
        }
        Failure::NewerHead { version } => t_string!(words, failure.newer_head, version = version).to_string(),
        Failure::HeadSelfTest => t_string!(words, failure.self_test).to_string(),
        Failure::NotAProject { detail } => t_string!(words, failure.not_a_project, detail = detail).to_string(),
        Failure::DamagedProject { detail } => t_string!(words, failure.damaged_project, detail = detail).to_string(),
        Failure::NewerProject { version } => t_string!(words, failure.newer_project, version = version).to_string(),
        Failure::WeightsMissing { detail } => t_string!(words, failure.weights_missing, detail = detail).to_string(),
        Failure::WeightsDamaged => t_string!(words, failure.weights_damaged).to_string(),
        Failure::DeviceUnavailable { detail } => t_string!(words, failure.device, detail = detail).to_string(),
        Failure::DeviceFailed { detail } => t_string!(words, failure.device_failed, detail = detail).to_string(),
    }
}
