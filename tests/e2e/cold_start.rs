//! The app was closed while the person was in the browser.

use crate::app::{App, end, running};
use crate::home::Home;
use crate::posthog::{PostHog, WIKI};
use crate::steps::{begin_connecting, follow_to_consent, sign_in};
use crate::wait::until;

/// Signs in, begins to connect, and closes the app.
async fn leave_in_the_middle(home: &Home, posthog: &PostHog) {
    let app = App::start(home).await;
    sign_in(&app, posthog).await;
    begin_connecting(&app, WIKI).await;
    app.quit();
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn the_system_starts_the_closed_app_for_a_link_and_it_asks_posthog() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    leave_in_the_middle(&home, &posthog).await;
    let wiki = posthog.installation(WIKI).await.expect("a row that waits for its login");
    let row = format!("/mcp_server_installations/{}/", wiki["id"].as_str().expect("an id"));
    let before = posthog.asked("GET", &row).await;

    let browser = follow_to_consent(&home, &posthog).await;
    browser.press("approve").await;

    until("the system to start the app", async || (running(&home.data_dir()).len() == 1).then_some(())).await;
    until("the app to read the row back", async || (posthog.asked("GET", &row).await > before).then_some(()))
        .await;
    browser.close().await;
    // That one has no WebDriver. The next start takes its place and shows what it found.
    end(&home.data_dir());
    let app = App::start(&home).await;
    app.press(&format!("Open {WIKI}")).await;
    app.see("[data-tool='search_pages']").await;
    app.quit();
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn an_app_started_by_a_link_shows_the_connection() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    leave_in_the_middle(&home, &posthog).await;
    // Noted instead of followed: WebDriver has to be the one who starts the app.
    home.note_links("");
    let browser = follow_to_consent(&home, &posthog).await;
    browser.press("approve").await;
    let link = home.noted_link().await;
    browser.close().await;

    let app = App::start_with(&home, &[&link]).await;

    app.says("Wiki is connected").await;
    app.picture("cold-start").await;
    app.quit();
}
