//! What is known stays known without a network.

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER};
use crate::steps::sign_in;

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn offline_the_cache_is_on_screen_and_a_decision_is_refused_with_a_reason() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    app.quit();
    posthog.stop().await;

    let app = App::start(&home).await;
    app.says(TRACKER).await;
    app.says("This is what PostHog said at").await;
    let age = "return /said at \\d\\d:\\d\\d .+, (just now|\\d+ min ago)\\./.test(document.body.innerText)";
    assert_eq!(app.run(age, vec![]).await, true, "the age of what is shown is told: {}", app.text().await);
    app.picture("offline").await;
    app.press_at("[data-server]").await;
    app.press_at("[data-tool='delete_issue']").await;
    let before = app.see("[data-decision='do_not_use']").await.attr("aria-checked").await.expect("ask");
    app.press_at("[data-decision='do_not_use']").await;
    app.says("You are offline. Decisions can be made again once PostHog answers.").await;
    app.button("Refresh tools. You are offline: PostHog has to be reached for this.").await;
    app.picture("offline-server").await;
    let after = app.see("[data-decision='do_not_use']").await.attr("aria-checked").await.expect("ask");
    assert_eq!((before.as_deref(), after.as_deref()), (Some("false"), Some("false")));
    app.quit();
}
