//! What a newcomer does first: no account, no key, nothing but this machine.

use crate::app::App;
use crate::browser::Browser;
use crate::home::Home;
use crate::steps::begin_connecting;

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_newcomer_explores_the_sample_project_and_connects_a_server_in_it() {
    let home = Home::new();
    let app = App::start(&home).await;
    app.press("Explore a sample project, no account needed").await;
    app.see("[data-server]").await;
    app.says("Up to date").await;
    app.picture("sample-servers").await;
    begin_connecting(&app, "Asana").await;

    // The sample's PostHog counts every browser of this machine as signed in.
    let address = home.opened_address(1).await;
    let origin = reqwest::Url::parse(&address).expect("an address").origin().ascii_serialization();
    let browser = Browser::open(&home, &origin).await;
    browser.go(&address).await;
    browser.press("approve").await;

    app.see("[data-flow-step='connected']").await;
    app.press("Open server").await;
    app.see("[data-tool]").await;
    app.picture("sample-connected").await;
    browser.close().await;
    app.quit();
}
