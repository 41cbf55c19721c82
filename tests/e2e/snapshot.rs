//! All that the page's stable hooks say at one moment, read in one step.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Collects the hooks. Predictions are only counted: this is asked often, and must not itself keep the page busy.
pub(crate) const SCRIPT: &str = r"
const one = (id) => { const e = document.querySelector(`[data-testid='${id}']`); return e ? { ...e.dataset } : {}; };
const all = (id) => [...document.querySelectorAll(`[data-testid='${id}']`)];
return {
  engine: one('engine-status'),
  progress: one('extract-progress'),
  train: one('train-status'),
  instant: one('instant-head'),
  score: one('score'),
  classes: all('class-card').map((e) => ({ ...e.dataset })),
  predictions: all('prediction').length,
  notices: all('notice').map((e) => e.textContent.trim()).filter((text) => text !== ''),
};
";

/// Collects the answers.
pub(crate) const ANSWERS: &str =
    "return [...document.querySelectorAll(\"[data-testid='prediction']\")].map((e) => ({ ...e.dataset }))";

/// `data-…` attributes of one element.
pub(crate) type Data = BTreeMap<String, String>;

/// The page at one moment.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) engine: Data,
    pub(crate) progress: Data,
    pub(crate) train: Data,
    pub(crate) instant: Data,
    pub(crate) score: Data,
    pub(crate) classes: Vec<Data>,
    pub(crate) predictions: usize,
    pub(crate) notices: Vec<String>,
}

/// What the page says of a photo.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) top: String,
    /// Probability of the best class, 0..1.
    pub(crate) confidence: f64,
}

/// Whether two scores are the same; the last digit may be lost where one was kept as JSON.
pub(crate) fn same_score(one: &Data, other: &Data) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|((key, a), (other, b))| {
            let near = a.parse::<f64>().ok().zip(b.parse::<f64>().ok()).is_some_and(|(a, b)| (a - b).abs() < 1e-12);
            key == other && (a == b || near)
        })
}

impl Snapshot {
    /// `loading`, `ready`, `busy` or `failed`.
    pub(crate) fn engine_state(&self) -> &str {
        text(&self.engine, "state")
    }

    /// `idle`, `training`, `trained` or `failed`.
    pub(crate) fn train_state(&self) -> &str {
        text(&self.train, "state")
    }

    /// `none`, `fitting` or `ready`.
    pub(crate) fn instant_state(&self) -> &str {
        text(&self.instant, "state")
    }

    /// How the score was measured.
    pub(crate) fn protocol(&self) -> &str {
        text(&self.score, "protocol")
    }

    /// Photos whose record is committed, over all classes.
    pub(crate) fn photos(&self) -> usize {
        self.classes.iter().map(|class| text(class, "count").parse::<usize>().unwrap_or(0)).sum()
    }

    /// Committed photos of each class.
    pub(crate) fn counts(&self) -> BTreeMap<String, String> {
        self.classes.iter().map(|class| (text(class, "class").to_owned(), text(class, "count").to_owned())).collect()
    }

    /// A number of the progress bar: `done`, `total` or `failed`.
    pub(crate) fn progress(&self, name: &str) -> usize {
        text(&self.progress, name).parse().unwrap_or(0)
    }

    /// In few words, for the message of a test that waited in vain.
    pub(crate) fn told(&self) -> String {
        format!(
            "engine {:?}, progress {:?}, training {:?}, instant {:?}, score {:?}, {} photos in {} classes, {} predictions, notices {:?}",
            self.engine,
            self.progress,
            self.train,
            self.instant,
            self.score,
            self.photos(),
            self.classes.len(),
            self.predictions,
            self.notices
        )
    }
}

/// The answers by file name.
pub(crate) fn answers(found: &[Data]) -> BTreeMap<String, Answer> {
    let answers = found.iter().map(|data| {
        let confidence = text(data, "confidence").parse().unwrap_or(f64::NAN);
        (text(data, "file").to_owned(), Answer { top: text(data, "top").to_owned(), confidence })
    });
    answers.collect()
}

fn text<'a>(data: &'a Data, name: &str) -> &'a str {
    data.get(name).map_or("", String::as_str)
}
