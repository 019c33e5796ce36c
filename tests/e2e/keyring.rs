//! A desktop whose keyring is not open: the app starts all the same, says so, and hangs nowhere.

use crate::app::App;
use crate::bus::Bus;
use crate::home::Home;
use crate::posthog::PostHog;
use crate::secrets::assert_unwritten;
use crate::steps::{enter_key, sign_in};

/// Signs in with the key kept in memory, which has to be chosen.
async fn sign_in_for_this_run(app: &App) {
    app.press("Sign in").await;
    app.says("Choose this to sign in without a keyring.").await;
    app.press_at("input[type='checkbox']").await;
    app.press("Sign in").await;
    app.see("[data-server]").await;
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn with_a_locked_keyring_the_app_starts_says_so_and_keeps_a_key_for_this_run_if_that_is_chosen() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let bus = Bus::with_open_keyring(&home);
    let app = App::start_on(&home, &bus).await;
    sign_in(&app, &posthog).await;
    app.quit();
    drop(bus);

    // Another day nobody has given the password: the keyring asks for it and does not answer meanwhile.
    let bus = Bus::with_locked_keyring(&home);
    let app = App::start_on(&home, &bus).await;
    app.see("[data-server]").await;
    app.says("The keyring did not answer").await;
    app.picture("keyring-locked").await;
    // The window goes on answering.
    app.press("Settings").await;
    app.press("Add an account").await;
    enter_key(&app, &posthog).await;
    app.press("Sign in").await;
    app.says("Unlock it and restart Hedgerow").await;
    app.picture("keyring-locked-sign-in").await;
    app.type_into("Personal API key", posthog.key()).await;
    sign_in_for_this_run(&app).await;
    app.says("Up to date").await;
    let page = app.page().await;
    app.quit();
    assert_unwritten(&home, &[page], &[("the key", posthog.key())]);
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn without_any_keyring_a_key_is_kept_for_this_run_only_and_the_next_run_shows_what_was_known() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let bus = Bus::without_keyring(&home);
    let app = App::start_on(&home, &bus).await;
    enter_key(&app, &posthog).await;
    app.says("This system has no keyring that answers").await;
    sign_in_for_this_run(&app).await;
    app.says("Up to date").await;
    let page = app.page().await;
    app.quit();
    assert_unwritten(&home, &[page], &[("the key", posthog.key())]);

    // The next run has no key, and says so beside what it knows.
    let asked = posthog.sent("GET").await;
    let app = App::start_on(&home, &bus).await;
    app.see("[data-server]").await;
    app.says("Sign in again with a personal API key.").await;
    app.says("rests while you are signed out").await;
    app.picture("keyring-absent-next-run").await;
    assert_eq!(posthog.sent("GET").await, asked, "nothing is asked without a key");
    app.quit();
}
