//! Turns the sentences of `locales/` into code for the page; a build without the page has no use for it.

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use std::{env, error::Error, fs, path::PathBuf};

/// One file a language, this one first.
const DEFAULT: &str = "en";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    if env::var("CARGO_CFG_TARGET_ARCH")? != "wasm32" || env::var("CARGO_FEATURE_ENGINE").is_ok() {
        return Ok(());
    }
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    // Sentences are needed as text too, for labels and titles.
    let config = Config::new(DEFAULT)?.parse_options(ParseOptions::new().interpolate_display(true));
    let sentences = parse_locales(Some(folder), config)?;
    let code = leptos_i18n_codegen::gen_code(&sentences, None, true, None, false)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}
