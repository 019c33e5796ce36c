//! Names and texts as an unkind server would send them, on every screen: shown as text, and nothing gives way.

use serde_json::{Value, json};

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, plain};
use crate::sizes::{SIZES, resize};
use crate::steps::{finish_batch, sign_in};

const MARKUP: &str =
    "<img src=x onerror=\"window.struck=1\"><b class=struck>bold</b><script>window.struck=1</script>";
const BIDI: &str = "invoice\u{202e}gpj.exe\u{2066}\u{200b}";
const ANSI: &str = "\u{1b}[31mred\u{1b}[0m\u{7}\u{9b}2J";
const CJK: &str = "株式会社の社内ツールと検索サーバー";
const EMOJI: &str = "👩‍👩‍👧‍👦🏳️‍🌈🦔";

/// All of it in one text.
fn all() -> String {
    format!("{MARKUP} {BIDI} {ANSI} {} {CJK} {EMOJI}", long())
}

/// As long as PostHog takes a name, and nowhere to break it.
fn long() -> String {
    "x".repeat(200)
}

fn tool(name: &str) -> Value {
    json!({
        "name": name, "title": name, "description": all(),
        "input_schema": { "type": "object", "required": [name], "properties": {
            (name): { "type": "string", "description": all() }
        } }
    })
}

/// Six servers with six tools each, three catalog entries, a project and a person, all with such names.
async fn start() -> PostHog {
    let names = [MARKUP, BIDI, ANSI, &long(), CJK, EMOJI];
    let server = |slug: &str, name: &str, auth: &str| {
        json!({ "slug": slug, "name": name, "url": format!("https://{slug}.example/mcp"), "auth_type": auth,
                "category": "dev", "description": all(), "tools": names.map(tool) })
    };
    let mut fixture = plain();
    let slugs: Vec<String> = (0..names.len()).map(|index| format!("server-{index}")).collect();
    let mut servers: Vec<Value> =
        slugs.iter().zip(names).map(|(slug, name)| server(slug, name, "oauth")).collect();
    servers.push(server("keyed", &format!("Key {MARKUP}"), "api_key"));
    servers.push(server("login", &format!("Login {BIDI} {EMOJI} {CJK}"), "oauth"));
    let mut refused = server("refused", &format!("Refused {ANSI}"), "oauth");
    refused["oauth_failure"] = json!({ "registration_rejected": all() });
    servers.push(refused);
    fixture["servers"] = servers.into();
    let installed = |slug: &String| json!({ "server": slug, "person": "robin", "description": all(), "last_synced_at": "-2h" });
    fixture["installations"] = slugs.iter().map(installed).collect();
    fixture["installations"][0]["choices"] = names.map(|name| (name, "approved")).into_iter().collect();
    fixture["installations"][3]["last_sync_error"] = all().into();
    fixture["installations"][4]["state"] = "needs_reauth".into();
    fixture["organizations"][0]["name"] = all().into();
    fixture["organizations"][0]["projects"][0]["name"] = all().into();
    fixture["people"][0]["email"] = format!("{MARKUP}{}@plain.example", long()).into();
    PostHog::with(fixture).await
}

/// Everything that must not have come of a text; answers what did.
const FOUND: &str = r"
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`);
    if (window.struck !== undefined) found.push('a script ran');
    for (const one of document.querySelectorAll('.struck, img, iframe, script:not([src]), style, [onerror], [onload]'))
        found.push(`became an element: ${one.outerHTML.slice(0, 80)}`);
    const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    if (unseen.test(document.body.textContent)) found.push('a text has what cannot be seen');
    for (const one of document.querySelectorAll('[title], [aria-label]'))
        if (unseen.test(one.title + one.getAttribute('aria-label'))) found.push(`hides something: ${one.className}`);
    for (const one of document.querySelectorAll('button, input, textarea, [role=radio], [role^=menuitem]')) {
        const place = one.getBoundingClientRect();
        if (place.width > 0 && (place.left < 0 || place.right > innerWidth + 0.5))
            found.push(`reaches from ${place.left} to ${place.right}: ${one.textContent.slice(0, 40)}`);
    }
    for (const one of document.querySelectorAll('[role=dialog], [role=menu]')) {
        const place = one.getBoundingClientRect();
        if (place.top < 0 || place.bottom > innerHeight + 0.5) found.push(`${one.role} leaves the window`);
    }
    for (const one of document.querySelectorAll('*'))
        if (/auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1 && one.tagName !== 'PRE')
            found.push(`scrolls sideways: ${one.tagName} ${one.className} ${one.scrollWidth} > ${one.clientWidth}`);
    return found";

/// Judges what is on screen in both sizes, and keeps pictures.
async fn judge(app: &App, screen: &str) {
    for size in SIZES {
        resize(app, size).await;
        let found = app.run(FOUND, vec![]).await;
        app.picture(&format!("hostile-{screen}-{}", size.0)).await;
        assert_eq!(found, json!([]), "{screen} at {size:?}");
    }
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn hostile_texts_are_text_on_every_screen_and_no_control_leaves_the_window() {
    let (home, posthog) = (Home::new(), start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    app.says("<img src=x onerror=").await;
    judge(&app, "servers").await;
    app.press_at("nav button[aria-haspopup='menu']").await;
    app.see("[role='menu']").await;
    judge(&app, "project-menu").await;
    app.escape("[role='menu']").await;
    the_servers(&app, &posthog).await;
    the_dialogs_of_a_server(&app).await;
    connecting(&app).await;
    reviewing(&app, &posthog).await;
    app.press("Settings").await;
    app.says("Data folder").await;
    judge(&app, "settings").await;
    app.quit();
}

/// Each server, and each of one's tools.
async fn the_servers(app: &App, posthog: &PostHog) {
    for index in 0..6 {
        app.press_at(&format!("nav li:nth-child({}) button", index + 1)).await;
        app.see("[data-tool]").await;
        judge(app, &format!("server-{index}")).await;
    }
    for row in 2..8 {
        app.press_at(&format!("[role='row'][aria-rowindex='{row}']")).await;
        app.see("[data-decision]").await;
        judge(app, &format!("tool-{}", row - 2)).await;
    }
    app.press("As JSON").await;
    judge(app, "schema").await;
    for index in 0..6 {
        posthog.fail_to_read(&format!("server-{index}"), &all()).await;
    }
    app.press("Refresh tools").await;
    app.says("PostHog could not read the server").await;
    judge(app, "refresh-failed").await;
}

async fn the_dialogs_of_a_server(app: &App) {
    for (item, screen) in [
        ("Rename and describe…", "edit"),
        ("Turn off…", "off"),
        ("Share with the project…", "share"),
        ("Remove…", "remove"),
    ] {
        app.press_at("main button[aria-haspopup='menu']").await;
        app.press(item).await;
        app.see("[role='dialog']").await;
        judge(app, screen).await;
        app.escape("[role='dialog']").await;
    }
}

/// The catalog, and what stands between it and a connection.
async fn connecting(app: &App) {
    app.press("Catalog").await;
    app.see("[data-template]").await;
    judge(app, "catalog").await;
    app.press_at("[data-template^='Key'] button").await;
    app.see("[role='dialog']").await;
    judge(app, "key").await;
    app.escape("[role='dialog']").await;
    app.press_at("[data-template^='Login'] button").await;
    app.press("Leave it as it is").await;
    app.see("[data-flow-step='waiting']").await;
    judge(app, "waiting").await;
    app.escape("[role='dialog']").await;
    app.press_at("[data-template^='Refused'] button").await;
    app.see("[data-flow-step='failed']").await;
    judge(app, "refused").await;
    app.escape("[role='dialog']").await;
    app.press("Add by URL").await;
    app.retype("Address of the MCP server", "https://server-0.example/mcp").await;
    app.press("Add server").await;
    app.says("You already have this address").await;
    judge(app, "already-there").await;
    app.escape("[role='dialog']").await;
}

/// Every tool of a server changes while it is allowed: what Review, the plan, its batch and Activity make of it.
async fn reviewing(app: &App, posthog: &PostHog) {
    posthog.tell("servers/server-0/upstream", json!({ "mode": "ok" })).await;
    posthog.tell("servers/server-0/tools/rewrite", json!({ "which": { "share": 1.0 } })).await;
    let id = posthog.id(MARKUP).await;
    app.press("Servers").await;
    app.press_at(&format!("[data-server='{id}']")).await;
    app.press("Refresh tools").await;
    app.says("PostHog has read").await;
    app.press("Review").await;
    app.says("Changed while allowed · 6").await;
    for entry in 0..6 {
        app.press_at(&format!("[data-inbox] [data-index='{entry}']")).await;
        app.says("PostHog kept this tool allowed").await;
        judge(app, &format!("review-{entry}")).await;
    }
    app.press("Ask first for all 6 changed…").await;
    app.says("You can undo all of it as one step.").await;
    judge(app, "plan").await;
    finish_batch(app).await;
    judge(app, "batch").await;
    app.escape("[role='dialog']").await;
    app.press("Activity").await;
    app.says("Export CSV").await;
    app.see("[role='row'], [role='listitem'], li").await;
    judge(app, "activity").await;
}
