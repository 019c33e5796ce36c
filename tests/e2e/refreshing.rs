//! A server that PostHog cannot read: why, in its own words, and nothing that was known is lost.

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER};
use crate::steps::sign_in;

/// What the server says when PostHog asks it.
const WORDS: &str = "Upstream said: <b>come back</b> at 9";

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_refresh_that_fails_says_why_keeps_the_tools_and_offers_the_next_step() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    app.press_at("[data-server]").await;
    app.see("[data-tool='create_issue']").await;
    posthog.fail_to_read("tracker", WORDS).await;

    app.press("Refresh tools").await;

    app.says("PostHog could not read the server").await;
    app.says(WORDS).await;
    app.see("[data-tool='create_issue']").await;
    app.picture("refresh-failed").await;
    let asked = posthog.asked("POST", "/tools/refresh/").await;
    app.press("Try again").await;
    crate::wait::until("PostHog to be asked again", async || {
        (posthog.asked("POST", "/tools/refresh/").await > asked).then_some(())
    })
    .await;
    app.says(WORDS).await;
    app.press("Dismiss").await;

    // The list says so as well, and what helps is there.
    app.press("Servers").await;
    app.says("Last read failed").await;
    app.button(&format!("Refresh tools: {TRACKER}")).await;
    app.picture("refresh-failed-servers").await;
    app.quit();
}
