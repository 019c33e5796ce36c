//! The screens as WebKit really draws them, audited by axe.

use serde_json::Value;

use crate::app::App;
use crate::home::{Home, Theme};
use crate::posthog::{PostHog, WIKI};
use crate::steps::{begin_connecting, sign_in};

/// Audits what is on screen. axe comes with the interface's development packages.
async fn audit(app: &App, screen: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(path).expect("axe-core is installed");
    app.run(&format!("{axe}; window.axe = axe;"), vec![]).await;
    let found = app
        .run_async(
            "const done = arguments[0];
             axe.run(document, { resultTypes: ['violations'] }).then(
                 (result) => done(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)),
                 (error) => done([String(error)]))",
        )
        .await;
    assert_eq!(found, Value::Array(Vec::new()), "{screen}");
}

/// Walks through the screens in one theme.
async fn walk(theme: Theme, name: &str) {
    let (home, posthog) = (Home::with_theme(theme), PostHog::start().await);
    let app = App::start(&home).await;
    let dark = app.run("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await;
    assert_eq!(dark, Value::Bool(matches!(theme, Theme::Dark)), "the window follows the system's theme");

    audit(&app, "sign in").await;
    sign_in(&app, &posthog).await;
    audit(&app, "servers").await;
    app.press_at("[data-server]").await;
    app.press_at("[data-tool='delete_issue']").await;
    app.see("[data-decision='do_not_use']").await;
    audit(&app, "a server and a tool").await;
    app.picture(&format!("{name}-server")).await;
    app.press("Catalog").await;
    app.see("[data-template]").await;
    audit(&app, "catalog").await;
    app.picture(&format!("{name}-catalog")).await;
    begin_connecting(&app, WIKI).await;
    audit(&app, "connecting").await;
    app.picture(&format!("{name}-connecting")).await;
    app.quit();
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn every_screen_passes_the_audit_in_the_light_theme() {
    walk(Theme::Light, "light").await;
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn every_screen_passes_the_audit_in_the_dark_theme() {
    walk(Theme::Dark, "dark").await;
}
