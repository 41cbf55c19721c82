//! A table of sentences, and filling one in.

use super::{
    choice::{ENGLISH, Language},
    number, sentences,
};
use js_sys::{JSON, Reflect};
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// The forms of a plural, as Unicode names them; also the order of the columns in `sentences::ENGLISH`.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
const OTHER: usize = 5;

thread_local! {
    static NOW: Cell<Option<Words>> = const { Cell::new(None) };
}

/// A sentence without values: its place in the table.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Text(pub(super) usize);

/// All sentences of one language. They stay for good: there are four at most, and so a sentence is a plain `&str`.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Words {
    language: &'static Language,
    /// One form, or six.
    sentences: &'static [Vec<&'static str>],
}

/// What can stand in a sentence.
pub(in crate::ui) trait Value {
    /// Writes it as the language does.
    fn write(&self, sentence: &mut String);
    /// What a plural goes by.
    fn amount(&self) -> f64 {
        0.0
    }
}

impl Value for String {
    fn write(&self, sentence: &mut String) {
        sentence.push_str(self);
    }
}

impl Value for &str {
    fn write(&self, sentence: &mut String) {
        sentence.push_str(self);
    }
}

macro_rules! whole_numbers {
    ($($number:ty)+) => { $(
        #[allow(clippy::cast_lossless, clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        impl Value for $number {
            fn write(&self, sentence: &mut String) {
                sentence.push_str(&number::format(*self as f64, 0));
            }
            fn amount(&self) -> f64 {
                *self as f64
            }
        }
    )+ };
}
whole_numbers!(u8 u16 u32 u64 usize);

impl Words {
    /// English, which is always there.
    pub(super) fn english() -> Self {
        let sentences: Vec<_> = sentences::ENGLISH.lines().map(|forms| forms.split('\t').collect()).collect();
        Self { language: ENGLISH, sentences: sentences.leak() }
    }

    /// A language from its file. A sentence that the file does not have stays English: it may be of another version.
    pub(super) fn read(language: &'static Language, file: &str) -> Option<Self> {
        let groups = JSON::parse(file).ok()?;
        let text = |group: &JsValue, key: &str| -> Option<&'static str> {
            Some(Reflect::get(group, &key.into()).ok()?.as_string()?.leak())
        };
        let english = Self::english();
        let sentences = sentences::KEYS.lines().zip(english.sentences).map(|(key, forms)| {
            let found = key.split_once('.').and_then(|(group, key)| {
                let group = Reflect::get(&groups, &group.into()).ok()?;
                if forms.len() == 1 {
                    return Some(vec![text(&group, key)?]);
                }
                let other = text(&group, &[key, "_other"].concat())?;
                Some(FORMS.map(|form| text(&group, &[key, "_", form].concat()).unwrap_or(other)).to_vec())
            });
            found.unwrap_or_else(|| forms.clone())
        });
        Some(Self { language, sentences: sentences.collect::<Vec<_>>().leak() })
    }

    /// The language that they are of.
    pub(in crate::ui) fn language(self) -> &'static Language {
        self.language
    }

    /// A sentence without values.
    pub(in crate::ui) fn text(self, Text(at): Text) -> &'static str {
        self.sentences[at].first().copied().unwrap_or_default()
    }

    /// A sentence with its values, in the form that the count asks for.
    pub(super) fn fill(self, at: usize, count: Option<&dyn Value>, values: &[(&str, &dyn Value)]) -> String {
        let forms = &self.sentences[at];
        let form = count.map_or(0, |count| {
            let form = number::plural(count.amount());
            FORMS.iter().position(|name| *name == form).unwrap_or(OTHER)
        });
        let chosen = forms.get(form).filter(|form| !form.is_empty()).or(forms.last()).copied().unwrap_or_default();
        let mut sentence = String::with_capacity(chosen.len() + 16);
        let mut parts = chosen.split("{{");
        sentence.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
            if let Some((_, value)) = values.iter().find(|(of, _)| *of == name.trim()) {
                value.write(&mut sentence);
            }
            sentence.push_str(rest);
        }
        sentence
    }
}

/// The language that the page is in.
pub(super) fn now() -> Words {
    NOW.get().unwrap_or_else(|| {
        let english = Words::english();
        NOW.set(Some(english));
        english
    })
}

/// From now on the page is in this language.
pub(super) fn set_now(words: Words) {
    number::forget();
    NOW.set(Some(words));
}
