//! The languages of the page: complete, with the same values, with all forms that their plurals have, and no sentence outside
//! of them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Each language with the forms of its plurals, by Unicode's rules.
const LANGUAGES: [(&str, &[&str]); 4] = [
    ("en", &["one", "other"]),
    ("de", &["one", "other"]),
    ("es", &["one", "many", "other"]),
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
];

/// The forms of each sentence; a plain one has a single form without a name.
type Sentences = BTreeMap<String, BTreeMap<String, String>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sentences(language: &str) -> Sentences {
    let text = fs::read_to_string(root().join(format!("locales/{language}.json"))).unwrap();
    let groups: BTreeMap<String, Map<String, Value>> = serde_json::from_str(&text).unwrap();
    let mut all = Sentences::new();
    for (group, keys) in &groups {
        for (key, text) in keys {
            let form = key
                .rsplit_once('_')
                .filter(|(base, form)| LANGUAGES[3].1.contains(form) && keys.contains_key(&format!("{base}_other")));
            let (base, form) = form.unwrap_or((key, ""));
            let forms = all.entry(format!("{group}.{base}")).or_default();
            forms.insert(form.to_owned(), text.as_str().unwrap().to_owned());
        }
    }
    all
}

/// The values of a sentence, over all its forms, and how it sets names apart.
fn values(forms: &BTreeMap<String, String>) -> BTreeSet<&str> {
    forms
        .values()
        .flat_map(|text| text.split("{{").skip(1))
        .map(|rest| rest.split("}}").next().unwrap().trim())
        .collect()
}

#[test]
fn every_language_has_every_sentence_with_its_values_and_forms() {
    let english = sentences("en");
    assert!(english.len() > 500);
    for (language, needed) in LANGUAGES {
        let sentences = sentences(language);
        let keys = |of: &Sentences| of.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&sentences), keys(&english), "{language}");
        for (key, forms) in &sentences {
            let plain = &english[key];
            let wanted: BTreeSet<&str> =
                if plain.contains_key("") { [""].into() } else { needed.iter().copied().collect() };
            assert_eq!(forms.keys().map(String::as_str).collect::<BTreeSet<_>>(), wanted, "{language} {key}");
            let missing: Vec<_> = values(plain).difference(&values(forms)).copied().collect();
            assert!(values(forms).is_subset(&values(plain)), "{language} {key} has values that English has not");
            // A plural may say its count in words.
            assert!(
                missing.is_empty() || (!plain.contains_key("") && missing == ["count"]),
                "{language} {key} misses {missing:?}"
            );
            for text in forms.values() {
                assert!(!text.trim().is_empty(), "{language} {key} is empty");
                let [starts, ends] = ['\u{2068}', '\u{2069}'].map(|mark| text.matches(mark).count());
                assert_eq!(starts, ends, "{language} {key}: names are set apart by two marks");
            }
            if let (Some(text), Some(of)) = (forms.get(""), plain.get("")) {
                assert_eq!(text.matches('\u{2068}').count(), of.matches('\u{2068}').count(), "{language} {key}");
                assert_eq!(text.matches("<b>").count(), of.matches("<b>").count(), "{language} {key}");
            }
        }
    }
}

#[test]
fn every_language_is_chosen_by_name_and_copied_into_the_bundle() {
    let choice = fs::read_to_string(root().join("src/ui/i18n/choice.rs")).unwrap();
    let index = fs::read_to_string(root().join("index.html")).unwrap();
    for (language, _) in LANGUAGES {
        assert!(choice.contains(&format!("tag: \"{language}\"")), "{language} cannot be chosen");
        let copied = index.contains(&format!("href=\"locales/{language}.json\""));
        assert_eq!(copied, language != "en", "{language}: English is in the page, the others are files");
    }
}

/// The strings of a source, each with where it starts and ends between its quotes.
fn strings(code: &str) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = code[at..].find('"').map(|quote| at + quote + 1) {
        if code[..start - 1].ends_with('\'') && code[start..].starts_with('\'') {
            at = start; // the character '"'
            continue;
        }
        let raw = code[..start - 1].ends_with("r#");
        let mut end = start;
        loop {
            let rest = &code[end..];
            if rest.is_empty() || (raw && rest.starts_with("\"#")) || (!raw && rest.starts_with('"')) {
                break;
            }
            let letters = if !raw && rest.starts_with('\\') { 2 } else { 1 };
            end += rest.chars().take(letters).map(char::len_utf8).sum::<usize>();
        }
        found.push((start, end));
        at = (end + 1).min(code.len());
    }
    found
}

/// Strings that a person would read: text in a view, or the value of an attribute that is read out.
fn untranslated(source: &str) -> Vec<String> {
    const READ_OUT: [&str; 6] = ["aria-label=", "title=", "placeholder=", "alt=", "aria-description=", "label="];
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (start, end) in strings(&code) {
        let (before, text) = (code[..start - 1].trim_end(), &code[start..end]);
        let after = code.get(end + 1..).unwrap_or("").trim_start();
        let has_words = text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        let in_view = (before.ends_with(['>', '}']) && !before.ends_with("=>") && !before.ends_with("->"))
            && after.starts_with(['<', '{']);
        if has_words && (in_view || READ_OUT.iter().any(|name| before.ends_with(name))) {
            found.push(text.to_owned());
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { sources(&path, found) } else { found.push(path) }
    }
}

#[test]
fn no_sentence_stands_in_the_code_of_the_page() {
    assert_eq!(untranslated("view! { <p>\"Some words\"</p> }"), ["Some words"]);
    assert_eq!(untranslated("view! { <p aria-label=\"Some words\"/> }"), ["Some words"]);
    assert!(untranslated("view! { <p class=\"some words\">\" · \"{t!(i18n, app.name)}</p> }").is_empty());
    let mut files = Vec::new();
    sources(&root().join("src/ui"), &mut files);
    assert!(files.len() > 50);
    for file in files {
        assert_eq!(untranslated(&fs::read_to_string(&file).unwrap()), Vec::<String>::new(), "{}", file.display());
    }
}
