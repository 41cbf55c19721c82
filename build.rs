//! Makes a constant or a type of every sentence in `locales/en.json`, so that a key or a value that is missing does not
//! compile. Only the keys and the English sentences go into the page; the other languages are files that it loads.
//!
//! A key that ends in `_other` is a plural: its other forms stand beside it, and the value `count` chooses.

use serde_json::{Map, Value};
use std::{collections::BTreeSet, env, error::Error, fmt::Write, fs, path::PathBuf};

/// The language that is in the page itself, and that names the keys.
const ENGLISH: &str = "locales/en.json";
/// The forms that a language can have, as Unicode names them.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ENGLISH}");
    if env::var("CARGO_CFG_TARGET_ARCH")? != "wasm32" || env::var("CARGO_FEATURE_ENGINE").is_ok() {
        return Ok(());
    }
    let groups: Map<String, Value> = serde_json::from_str(&fs::read_to_string(ENGLISH)?)?;
    let (mut code, mut keys, mut english, mut at) = (String::new(), String::new(), String::new(), 0);
    for (group, sentences) in &groups {
        let sentences = sentences.as_object().ok_or("a group of sentences is an object")?;
        writeln!(code, "pub mod {group} {{\n    use super::super::{{Text, Value, Words}};")?;
        for key in sentences.keys().filter_map(|key| base(key, sentences)).collect::<BTreeSet<_>>() {
            let forms = forms(key, sentences);
            code += &item(key, at, &forms);
            writeln!(keys, "{group}.{key}")?;
            writeln!(english, "{}", forms.join("\t"))?;
            at += 1;
        }
        code += "}\n";
    }
    writeln!(code, "pub const KEYS: &str = {keys:?};\npub const ENGLISH: &str = {english:?};")?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("sentences.rs"), code)?;
    Ok(())
}

/// The key of the sentence that this entry is one form of.
fn base<'k>(key: &'k str, sentences: &Map<String, Value>) -> Option<&'k str> {
    let (base, form) = key.rsplit_once('_').unwrap_or((key, ""));
    let is_form = FORMS.contains(&form) && sentences.contains_key(&format!("{base}_other"));
    Some(if is_form { base } else { key })
}

/// The sentence, or its six forms, one after the other; a form that English does not tell apart is empty.
fn forms<'s>(key: &str, sentences: &'s Map<String, Value>) -> Vec<&'s str> {
    let text = |key: &str| sentences.get(key).and_then(Value::as_str);
    text(key)
        .map_or_else(|| FORMS.map(|form| text(&format!("{key}_{form}")).unwrap_or("")).to_vec(), |plain| vec![plain])
}

/// A constant for a plain sentence; a type whose fields are its values for one with values.
fn item(key: &str, at: usize, forms: &[&str]) -> String {
    let mut values: BTreeSet<&str> = forms.iter().flat_map(|form| placeholders(form)).collect();
    if forms.len() > 1 {
        values.insert("count");
    }
    if values.is_empty() {
        return format!("    pub const {key}: Text = Text({at});\n");
    }
    let list = |each: fn(&str) -> String| values.iter().map(|value| each(value)).collect::<String>();
    let fields = list(|value| format!("pub {value}: &'a dyn Value, "));
    let pairs = list(|value| format!("({value:?}, self.{value}), "));
    let count = if forms.len() > 1 { "Some(self.count)" } else { "None" };
    format!(
        "    pub struct {key}<'a> {{ {fields}}}\n    impl {key}<'_> {{ pub fn say(&self, words: Words) -> String {{ \
         words.fill({at}, {count}, &[{pairs}]) }} }}\n"
    )
}

fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()).map(str::trim)
}
