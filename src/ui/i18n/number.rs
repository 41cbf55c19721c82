//! Numbers, plurals and days as the language has them. The browser knows; to bring its tables along would be many times the code.

use super::table;
use js_sys::{
    Array, Date, Function,
    Intl::{NumberFormat, PluralRules},
    Object, Reflect,
};
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::JsValue;

/// Made once for a language: to make one takes a tenth of a millisecond.
#[derive(Default)]
struct Kept {
    formats: HashMap<usize, Function>,
    rules: Option<PluralRules>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

fn locale() -> Array {
    Array::of1(&table::now().language().tag.into())
}

/// A number with so many places behind the point, rounded as Rust does.
pub(in crate::ui) fn format(number: f64, places: usize) -> String {
    let plain = format!("{number:.places$}");
    let rounded: f64 = plain.parse().unwrap_or(number);
    let format = KEPT.with_borrow_mut(|kept| {
        let new = || {
            let options = Object::new();
            for option in ["minimumFractionDigits", "maximumFractionDigits"] {
                let _ = Reflect::set(&options, &option.into(), &JsValue::from_f64(places as f64)); // a plain object takes all
            }
            NumberFormat::new(&locale(), &options).format()
        };
        kept.formats.entry(places).or_insert_with(new).clone()
    });
    format.call1(&JsValue::UNDEFINED, &rounded.into()).ok().and_then(|text| text.as_string()).unwrap_or(plain)
}

/// The day of a moment such as `2026-11-27T01:41:47Z`, where the person is; what is no moment stays as it is.
pub(in crate::ui) fn date(moment: &str) -> String {
    said(moment, &[("dateStyle", "long")])
}

/// Its time to the second if it is today, otherwise its day and minute.
pub(in crate::ui) fn day_and_time(moment: &str) -> String {
    let is_today = Date::new(&moment.into()).to_date_string() == Date::new_0().to_date_string();
    let parts: &[_] =
        if is_today { &[("timeStyle", "medium")] } else { &[("dateStyle", "short"), ("timeStyle", "short")] };
    said(moment, parts)
}

fn said(moment: &str, styles: &[(&str, &str)]) -> String {
    let date = Date::new(&moment.into());
    if date.get_time().is_nan() {
        return moment.to_owned();
    }
    let options = Object::new();
    for (style, how) in styles {
        let _ = Reflect::set(&options, &(*style).into(), &(*how).into()); // a plain object takes all
    }
    date.to_locale_string(table::now().language().tag, &options).into()
}

/// The form of a plural: "one", "few", "other".
pub(super) fn plural(count: f64) -> String {
    KEPT.with_borrow_mut(|kept| {
        let rules = kept.rules.get_or_insert_with(|| PluralRules::new(&locale(), &Object::new()));
        rules.select(count).into()
    })
}

/// The language changes.
pub(super) fn forget() {
    KEPT.take();
}
