//! What several scenarios begin with.

use crate::app::App;
use crate::browser::Browser;
use crate::home::Home;
use crate::posthog::PostHog;

/// Signs in with a key and waits for the first sync: what it brings moves what a person is about to press.
pub(crate) async fn sign_in(app: &App, posthog: &PostHog) {
    enter_key(app, posthog).await;
    app.press("Sign in").await;
    app.see("[data-server]").await;
    app.says("Up to date").await;
}

/// Fills in the form that signs in with a key.
pub(crate) async fn enter_key(app: &App, posthog: &PostHog) {
    app.press("Own host").await;
    app.type_into("Address of your PostHog", posthog.origin()).await;
    app.type_into("Personal API key", posthog.key()).await;
}

/// From anywhere in the app to a flow that waits for the browser; lets Hedgerow open PostHog's links when asked.
pub(crate) async fn begin_connecting(app: &App, entry: &str) {
    app.press("Catalog").await;
    app.press_at(&format!("[data-template='{entry}'] button")).await;
    app.press("Let Hedgerow open them").await;
    app.see("[data-flow-step='waiting']").await;
}

/// Follows the page that the app opened, in the person's browser, up to the provider's question.
pub(crate) async fn follow_to_consent(home: &Home, posthog: &PostHog) -> Browser {
    let address = home.opened_address(1).await;
    let browser = Browser::open(home, posthog.origin()).await;
    posthog.sign_in(&browser).await;
    browser.go(&address).await;
    browser
}

/// From a plan on screen to its batch, done as asked.
pub(crate) async fn finish_batch(app: &App) {
    app.press("Apply").await;
    app.says("· done").await;
    app.says("as asked").await;
}
