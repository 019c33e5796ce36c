//! Adding a server by its address: what is checked first, and the login in the browser up to the end.

use serde_json::json;

use crate::app::App;
use crate::browser::Browser;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER, plain};
use crate::secrets::assert_unwritten;
use crate::steps::sign_in;

const ADDRESS: &str = "Address of the MCP server";
const INTRANET: &str = "https://mcp.intranet.example/mcp";
const VAULT: &str = "https://mcp.vault.example/mcp";
/// Secret of the client that the person registered at the provider.
const CLIENT_SECRET: &str = "client-secret-of-a-person-0123456789";

/// Two servers more that the catalog does not have.
async fn start() -> PostHog {
    let mut fixture = plain();
    let own = |slug: &str, url: &str, tool: &str| {
        json!({ "slug": slug, "name": slug, "url": url, "auth_type": "oauth", "in_catalog": false,
                "tools": [{ "name": tool, "description": "Does it.", "input_schema": {} }] })
    };
    let servers = fixture["servers"].as_array_mut().expect("servers");
    servers.extend([own("intranet", INTRANET, "find_colleague"), own("vault", VAULT, "read_file")]);
    PostHog::with(fixture).await
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_server_is_added_by_its_address_once_with_posthogs_client_or_an_own_one() {
    let (home, posthog) = (Home::new(), start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;

    refuses_what_would_not_work(&app, &posthog).await;
    logs_in_again_instead_of_adding_twice(&app, &posthog).await;
    let browser = Browser::open(&home, posthog.origin()).await;
    posthog.sign_in(&browser).await;

    app.press("Add by URL").await;
    app.retype(ADDRESS, INTRANET).await;
    app.press("Add server").await;
    app.see("[data-flow-step='waiting']").await;
    browser.go(&home.opened_address(2).await).await;
    browser.press("approve").await;
    app.see("[data-flow-step='connected']").await;
    app.press("Open server").await;
    app.see("[data-tool='find_colleague']").await;
    // Without a better name it goes by its host.
    assert!(posthog.installation("mcp.intranet.example").await.is_some());

    app.press("Servers").await;
    app.press("Add by URL").await;
    app.retype(ADDRESS, VAULT).await;
    app.retype("Name", "Vault").await;
    app.press("Advanced").await;
    app.retype("Own client id", "client-of-a-person").await;
    app.retype("Client secret, if it has one", CLIENT_SECRET).await;
    app.picture("add-advanced").await;
    app.press("Add server").await;
    app.see("[data-flow-step='waiting']").await;
    let login = home.opened_address(3).await;
    assert!(login.contains("client_id=client-of-a-person"), "the login is asked for with the own client");
    browser.go(&login).await;
    browser.press("approve").await;
    app.see("[data-flow-step='connected']").await;
    let page = app.page().await;
    app.press("Open server").await;
    app.see("[data-tool='read_file']").await;
    browser.close().await;
    app.quit();
    assert_unwritten(&home, &[page], &[("the client's secret", CLIENT_SECRET)]);
}

/// An address with a fault is told of at once; nothing is sent.
async fn refuses_what_would_not_work(app: &App, posthog: &PostHog) {
    app.press("Add by URL").await;
    for (address, reason) in [
        ("mcp.intranet.example", "That is not an address"),
        ("ftp://mcp.intranet.example", "The address must begin with https:// or http://."),
        (
            "https://robin:swordfish@mcp.intranet.example",
            "The address must not contain a user name or password.",
        ),
    ] {
        app.retype(ADDRESS, address).await;
        app.press("Add server").await;
        app.says(reason).await;
    }
    app.picture("add-refused").await;
    assert_eq!(posthog.asked("POST", "/install_custom/").await, 0);
}

/// Installing once more would drop a login that works (contract 3.9): what is offered renews it.
async fn logs_in_again_instead_of_adding_twice(app: &App, posthog: &PostHog) {
    app.retype(ADDRESS, "https://mcp.tracker.example/mcp").await;
    app.press("Add server").await;
    app.says(&format!("You already have this address as “{TRACKER}”")).await;
    app.picture("add-installed").await;
    app.press("Log in again").await;
    app.press("Let Hedgerow open them").await;
    app.see("[data-flow-step='waiting']").await;
    assert_eq!(posthog.asked("POST", "/install_custom/").await, 0);
    app.press("Cancel").await;
    app.see("[data-flow-step='cancelled']").await;
    app.press("Close").await;
}
