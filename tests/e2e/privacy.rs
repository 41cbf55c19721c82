//! No request but to the app's own address, by the network's own record, with a control that shows that the check can fail.

use std::{collections::BTreeSet, fs};

use headstart::serve;

use crate::{
    app::App,
    browser::{Browser, Options, Profile},
    files::{files_below, write_classes},
    net_log::Traffic,
    page::Page,
};

#[tokio::test]
async fn no_request_leaves_the_apps_own_address_and_none_carries_a_photo() {
    let Some((app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.train().await;
    page.predict(&files_below(folder.path())[..4]).await;
    page.download_head(&profile).await;
    page.browser.close().await;

    let traffic = Traffic::read(&profile.net_log());
    println!("{} requests to {:?}, looked up {:?}", traffic.requests, traffic.origins, traffic.lookups);
    assert!(traffic.requests > 5, "the net log shows {} requests only", traffic.requests);
    assert_eq!(traffic.strangers(&app.origin()), Vec::<String>::new());
    let asked: BTreeSet<String> = app.requests().into_iter().collect();
    assert!(asked.contains("/sw.js"), "there was no service worker to watch");
    println!("asked of the server: {asked:?}");
    assert!(
        asked.iter().all(|path| !path.contains('?') || path == "/?device=cpu"),
        "a query carries something: {asked:?}"
    );
}

#[tokio::test]
async fn a_page_that_does_call_elsewhere_is_caught() {
    let bundle = tempfile::tempdir().unwrap();
    fs::write(bundle.path().join("_headers"), "/*\n  Referrer-Policy: no-referrer\n").unwrap();
    fs::write(
        bundle.path().join("index.html"),
        "<link rel=dns-prefetch href=http://leak.invalid><script src=page.js></script>",
    )
    .unwrap();
    let server = serve::start(bundle.path(), 0, true).await.unwrap();
    let elsewhere = serve::start(bundle.path(), 0, true).await.unwrap();
    let told = format!("new Worker(URL.createObjectURL(new Blob([`fetch('http://{}/told')`])))", elsewhere.addr);
    fs::write(bundle.path().join("page.js"), told).unwrap();

    let profile = Profile::fresh();
    let browser = Browser::start(&profile, Options::default()).await;
    browser.client.goto(&format!("http://{}/", server.addr)).await.unwrap();
    for _ in 0..50 {
        if !elsewhere.requests.as_ref().unwrap().paths().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    browser.close().await;
    let strangers = Traffic::read(&profile.net_log()).strangers(&format!("http://{}", server.addr));
    let caught = format!("request to http://{}", elsewhere.addr);
    assert!(strangers.contains(&caught), "{strangers:?}");
    assert!(strangers.iter().any(|it| it.starts_with("look-up of") && it.contains("leak.invalid")), "{strangers:?}");
    assert_eq!(elsewhere.requests.as_ref().unwrap().paths(), ["/told"]);
}

#[tokio::test]
async fn the_policy_stops_page_and_worker_from_calling_elsewhere() {
    let Some(app) = App::start().await else { return };
    let elsewhere = App::start().await.unwrap();
    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let script = format!("return fetch('{}/told').then(() => 'sent', () => 'stopped')", elsewhere.origin());
    assert_eq!(page.run(&script).await, "stopped");
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
    assert!(
        !page.console_errors().await.is_empty(),
        "the refusal is not on the console: the console check would miss it"
    );
}
