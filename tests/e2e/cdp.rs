//! What the WebDriver client leaves out: the console's log, the DevTools protocol, names as a screen reader says them.

use axum::http::Method;
use fantoccini::{Client, elements::Element, wd::WebDriverCompatibleCommand};
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command that fantoccini does not know: its path below the session, and what is posted there, if anything.
#[derive(Debug)]
struct Other {
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Other {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        match &self.body {
            Some(body) => (Method::POST, Some(body.to_string())),
            None => (Method::GET, None),
        }
    }
}

/// Errors on the console since the last call: exceptions, refusals of the policy, files that did not load.
pub(crate) async fn console_errors(client: &Client) -> Vec<String> {
    let entries =
        client.issue_cmd(Other { path: "se/log".to_owned(), body: Some(json!({ "type": "browser" })) }).await.unwrap();
    let entries = entries.as_array().cloned().unwrap_or_default();
    let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
    errors.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
}

/// One command of the DevTools protocol.
pub(crate) async fn devtools(client: &Client, command: &str, params: Value) -> Value {
    let body = Some(json!({ "cmd": command, "params": params }));
    client.issue_cmd(Other { path: "goog/cdp/execute".to_owned(), body }).await.unwrap()
}

/// The name that a screen reader says.
pub(crate) async fn accessible_name(element: &Element) -> String {
    let path = format!("element/{}/computedlabel", element.element_id().as_ref());
    let name = element.clone().client().issue_cmd(Other { path, body: None }).await.unwrap();
    name.as_str().unwrap_or_default().to_owned()
}
