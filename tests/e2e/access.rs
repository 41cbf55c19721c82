//! Nobody is kept out: axe-core looks at every screen in every language, at the widths of a desk and two phones, light and dark;
//! at the same places nothing is wider than the page, and on a phone nothing is too small for a finger.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};

use crate::{
    app::App,
    browser::{Camera, Options, Profile},
    cdp,
    page::Page,
};

const LANGUAGES: [&str; 4] = ["en", "de", "es", "ar"];
/// High enough for the whole page: what lies below the bar of a phone can be scrolled, which axe does not do.
const SIZES: [(u32, u32); 3] = [(1280, 900), (390, 9000), (320, 9000)];

/// Everything that WCAG 2.2 asks for up to AA and a machine can see, and what axe calls good practice.
const AXE: &str = "const done = arguments[arguments.length - 1];
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
      ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 160)}`))),
      (error) => done([`axe failed: ${error}`]));";

/// What a finger cannot hit well: 44 pixels are asked for. Links within a sentence are as high as its lines.
const SMALL: &str =
    "const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.vh, [inert]');
    const hit = (e) => ['checkbox', 'radio'].includes(e.type) && e.labels[0] ? e.labels[0] : e;
    const all = [...document.querySelectorAll('button, select, summary, input, a[href], [role=button]')].filter(shown);
    const small = ({ width, height }) => width > 1 && height > 1 && (width < 43.5 || height < 43.5);
    return all.filter((e) => small(hit(e).getBoundingClientRect()) && !e.matches('p a, p .link'))
      .map((e) => `too small: ${e.outerHTML.slice(0, 160)}`)";

/// What is wrong, and at which screens first.
type Found = BTreeMap<String, Vec<String>>;

struct Eye<'p> {
    page: &'p Page,
    axe: String,
    found: Found,
    looks: usize,
}

impl Eye<'_> {
    async fn emulate(&self, (width, height): (u32, u32), scheme: &str) {
        let client = &self.page.browser.client;
        let phone = width < 500;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        cdp::devtools(client, "Emulation.setDeviceMetricsOverride", size).await;
        cdp::devtools(client, "Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await;
        // Nothing moves: a colour on its way is no colour to judge.
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }
        ]);
        cdp::devtools(client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    async fn speak(&self, language: &str) {
        let script = format!(
            "const select = document.querySelector('[data-testid=language]');
             if (select.value !== '{language}') {{
               select.value = '{language}'; select.dispatchEvent(new Event('change', {{ bubbles: true }}));
             }}"
        );
        self.page.run(&script).await;
        let spoken = format!("return document.documentElement.lang === '{language}'");
        self.page.until(10, language, &spoken).await;
    }

    async fn look(&mut self, screen: &str) {
        for size in SIZES {
            for scheme in ["light", "dark"] {
                self.emulate(size, scheme).await;
                let has = self.page.run("return globalThis.axe !== undefined").await;
                if has != true {
                    self.page.run(&self.axe).await;
                }
                let told = self.page.browser.client.execute_async(AXE, Vec::new()).await.unwrap();
                let mut wrong: Vec<String> = serde_json::from_value(told).unwrap();
                let over = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
                if self.page.run(over).await == true {
                    wrong.push("wider than the page".to_owned());
                }
                if size.0 < 500 {
                    wrong.extend(serde_json::from_value::<Vec<String>>(self.page.run(SMALL).await).unwrap());
                }
                for one in wrong {
                    self.found.entry(one).or_default().push(format!("{screen}, {} {scheme}", size.0));
                }
                self.looks += 1;
            }
        }
        self.emulate(SIZES[0], "light").await;
    }

    /// Looks at a screen in every language; `open` and `close` are scripts around each look.
    async fn look_at(&mut self, screen: &str, open: &str, seen: &str, close: &str) {
        for language in LANGUAGES {
            self.speak(language).await;
            self.page.run(open).await;
            self.page.until(20, screen, &format!("return {seen}")).await;
            self.look(&format!("{screen} ({language})")).await;
            self.page.run(close).await;
        }
    }
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_any_language() {
    let Some(axe) = std::env::var_os("HEADSTART_AXE") else {
        println!("skipped: HEADSTART_AXE does not say where axe-core is; ./test gets it by npm");
        return;
    };
    let Some(app) = App::start().await else { return };
    let options = Options { camera: Camera::Made(2), ..Options::default() };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, options).await;
    let mut eye = Eye { page: &page, axe: fs::read_to_string(axe).unwrap(), found: Found::new(), looks: 0 };
    let closed = "for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close()";
    eye.look_at("empty", "", "true", "").await;
    let panel = "document.getElementById('privacy').open && document.querySelectorAll('[data-part]').length === 7";
    let press = |id: &str| format!("document.querySelector(\"[data-testid='{id}']\").click()");
    eye.look_at("privacy", &press("request-meter"), panel, closed).await;
    eye.look_at(
        "deletion",
        &format!("{}; {}", press("request-meter"), press("delete-everything")),
        "document.getElementById('keep-everything')?.checkVisibility() === true",
        closed,
    )
    .await;
    eye.speak("en").await;
    page.press("try-samples").await;
    page.wait("answers", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    eye.look_at("results", "", "true", "").await;
    let turn = press("as-table");
    let rows = "document.querySelectorAll(\"[data-testid='answer-row']\").length === 4";
    eye.look_at("answers as a table", &turn, rows, &turn).await;
    let keys = "document.querySelector('.topbar .keys').click()";
    eye.look_at("keys", keys, "document.getElementById('keys').open", closed).await;
    page.train().await;
    let lines = "document.querySelectorAll(\"[data-testid='compared-row']\").length === 4";
    eye.look_at("heads", &press("compare"), lines, "").await;
    eye.look_at(
        "menu of projects",
        "document.getElementById('projects-button').click()",
        "document.querySelector('.menu-list') !== null",
        "document.getElementById('projects-button').click()",
    )
    .await;
    let live = "document.querySelector(\"[data-testid='live-prediction']\").dataset.top !== undefined";
    eye.look_at("camera", &press("camera"), live, closed).await;
    page.run(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('in use', 'NotReadableError'))",
    )
    .await;
    let trouble = "document.querySelector('dialog.camera').dataset.phase === 'trouble'";
    eye.look_at("no camera", &press("camera"), trouble, closed).await;
    eye.look_at(
        "photos",
        "document.querySelector('#photos .step-head > button.push')?.click()",
        "document.querySelector('.class-row') !== null",
        "",
    )
    .await;
    // Everything folded open, and a photo chosen.
    let unfold = "for (const fold of document.querySelectorAll('details')) fold.open = true; document.querySelector('.class-row .thumb')?.click()";
    eye.look_at(
        "photos, unfolded",
        unfold,
        "document.querySelector('.chosen') !== null",
        "document.querySelector('.class-row .thumb')?.click()",
    )
    .await;
    println!("axe-core looked {} times", eye.looks);
    let told: Vec<String> =
        eye.found.iter().map(|(what, at)| format!("{what}\n    {} times, first at {}", at.len(), at[0])).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// Words at twice their size, as a person sets it in the browser: nothing is cut off sideways, and nothing lies upon another.
#[tokio::test]
async fn text_of_twice_the_size_fits() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.press("try-samples").await;
    page.wait("answers", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    page.run("document.documentElement.style.fontSize = '200%'").await;
    for width in [1280, 390, 320] {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        cdp::devtools(&page.browser.client, "Emulation.setDeviceMetricsOverride", size).await;
        let over = "const wide = document.documentElement.scrollWidth - innerWidth;
            return wide > 0 ? [wide, ...[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility()).slice(0, 5).map((e) => e.outerHTML.slice(0, 120))] : []";
        assert_eq!(page.run(over).await, Value::Array(Vec::new()), "{width} pixels wide");
    }
}

/// A system's own colours, as people with low vision set them: every control and every mark of a choice is still seen.
#[tokio::test]
async fn forced_colours_keep_edges_and_choices() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.press("try-samples").await;
    page.wait("answers", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    let features = json!([{ "name": "forced-colors", "value": "active" }]);
    cdp::devtools(&page.browser.client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
    let script = "const edge = (e) => { const s = getComputedStyle(e); return s.borderTopStyle !== 'none' && parseFloat(s.borderTopWidth) > 0 };
        const shown = [...document.querySelectorAll('button.btn:not(.link)')].filter((e) => e.checkVisibility());
        const keys = [...document.querySelectorAll('.key')].filter((e) => e.checkVisibility());
        return [shown.length > 5, shown.filter((e) => !edge(e)).map((e) => e.outerHTML.slice(0, 120)),
                keys.length > 2 && keys.every((e) => getComputedStyle(e).forcedColorAdjust === 'none')]";
    assert_eq!(page.run(script).await, json!([true, [], true]));
}
