//! The screens as WebKit really draws them, audited by axe.

use serde_json::Value;

use crate::app::App;
use crate::home::{Home, Theme};
use crate::posthog::{PostHog, WIKI};
use crate::sizes::{SIZES, resize};
use crate::steps::{begin_connecting, sign_in};

/// Puts axe into the page, which stays the same one from screen to screen. It comes with the interface's development
/// packages.
async fn bring_axe(app: &App) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(path).expect("axe-core is installed");
    app.run(&format!("{axe}; window.axe = axe;"), vec![]).await;
}

/// Audits what is on screen in both sizes, and keeps pictures.
async fn audit(app: &App, theme: Theme, screen: &str) {
    for size in SIZES {
        resize(app, size).await;
        app.picture(&format!("{screen}-{theme:?}-{}", size.0).to_lowercase()).await;
        let found = app
            .run_async(
                "const done = arguments[0];
                 axe.run(document, { resultTypes: ['violations'] }).then(
                     (result) => done(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)),
                     (error) => done([String(error)]))",
            )
            .await;
        assert_eq!(found, Value::Array(Vec::new()), "{screen} at {size:?}");
    }
}

/// Walks through the screens in one theme.
async fn walk(theme: Theme) {
    let (home, posthog) = (Home::with_theme(theme), PostHog::start().await);
    let app = App::start(&home).await;
    let dark = app.run("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await;
    assert_eq!(dark, Value::Bool(matches!(theme, Theme::Dark)), "the window follows the system's theme");
    bring_axe(&app).await;

    audit(&app, theme, "sign-in").await;
    sign_in(&app, &posthog).await;
    audit(&app, theme, "servers").await;
    app.press_at("[data-server]").await;
    app.press_at("[data-tool='delete_issue']").await;
    app.see("[data-decision='do_not_use']").await;
    audit(&app, theme, "server").await;
    app.press_at("main button[aria-haspopup='menu']").await;
    app.see("[role='menu']").await;
    audit(&app, theme, "more").await;
    app.press("Remove…").await;
    app.see("[role='dialog']").await;
    audit(&app, theme, "remove").await;
    app.escape("[role='dialog']").await;
    app.press("Settings").await;
    app.says("Data folder").await;
    audit(&app, theme, "settings").await;
    app.press("Catalog").await;
    app.see("[data-template]").await;
    audit(&app, theme, "catalog").await;
    app.press("Add by URL").await;
    app.press("Advanced").await;
    audit(&app, theme, "add").await;
    app.escape("[role='dialog']").await;
    app.press_at("[data-template='Docs'] button").await;
    app.see("[role='dialog']").await;
    audit(&app, theme, "key").await;
    app.escape("[role='dialog']").await;
    begin_connecting(&app, WIKI).await;
    audit(&app, theme, "connecting").await;
    app.quit();
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn every_screen_passes_the_audit_in_the_light_theme() {
    walk(Theme::Light).await;
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn every_screen_passes_the_audit_in_the_dark_theme() {
    walk(Theme::Dark).await;
}
