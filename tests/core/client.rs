//! The client alone against the sandbox: two pieces written from the same contract, without shared code.

use hedgerow_core::posthog::{
    CustomAuth, CustomServer, ErrorKind, Generation, InstallationChange, Installed, Posthog, Theme,
};
use hedgerow_core::secrets::Secret;
use hedgerow_sandbox::{Options, Sandbox};

use crate::support;

const PROJECT: i64 = 1;

async fn sandbox() -> (Sandbox, Posthog) {
    let sandbox = hedgerow_sandbox::start(Options { port: 0, fixture: support::plain() }).await.unwrap();
    let client = Posthog::new(sandbox.url().parse().unwrap(), Secret::new(sandbox.key().into())).unwrap();
    (sandbox, client)
}

fn callback() -> Secret {
    Secret::new("posthog-code://mcp-oauth-complete?flow=bm9uY2U".into())
}

fn custom(url: &str, auth: CustomAuth) -> CustomServer {
    CustomServer { name: " Build farm ".into(), url: url.into(), auth, description: "Ours".into() }
}

#[tokio::test]
async fn an_installation_is_renamed_switched_shared_and_removed() {
    let (_sandbox, client) = sandbox().await;
    let list = client.installations(PROJECT).await.unwrap();
    assert_eq!((list.rows.len(), list.skipped, list.generation), (1, 0, Some(Generation::C)));
    let before = &list.rows[0];
    let change = InstallationChange {
        display_name: Some("  Our tracker ".into()),
        is_enabled: Some(false),
        ..InstallationChange::default()
    };
    let after = client.update_installation(PROJECT, &before.id, &change).await.unwrap();
    assert_eq!((after.name.as_str(), after.is_enabled), ("Our tracker", false));
    assert_eq!((&after.description, &after.url), (&before.description, &before.url), "the rest is as it was");
    let shared = client.share(PROJECT, &before.id).await.unwrap();
    assert_eq!((shared.scope.as_str(), shared.is_owner), ("shared", true));
    assert_eq!(client.share(PROJECT, &before.id).await.unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(client.unshare(PROJECT, &before.id).await.unwrap().scope, "personal");
    assert_eq!(client.unshare(PROJECT, &before.id).await.unwrap_err().kind, ErrorKind::Invalid);
    client.delete_installation(PROJECT, &before.id).await.unwrap();
    let again = client.delete_installation(PROJECT, &before.id).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::NotFound);
    let list = client.installations(PROJECT).await.unwrap();
    assert_eq!((list.rows.len(), list.generation), (0, None));
}

#[tokio::test]
async fn a_url_is_installed_once_and_its_row_is_what_was_asked_for() {
    let (_sandbox, client) = sandbox().await;
    let url = "https://farm.example/mcp";
    let open = custom(url, CustomAuth::Open);
    let Installed::Ready(row) = client.install_custom(PROJECT, &open, &callback()).await.unwrap() else {
        panic!("an open server needs no login");
    };
    assert_eq!((row.name.as_str(), row.url.as_str(), row.description.as_str()), ("Build farm", url, "Ours"));
    let key = custom(url, CustomAuth::Key(Secret::new("the-servers-key".into())));
    let error = client.install_custom(PROJECT, &key, &callback()).await.unwrap_err();
    assert_eq!((error.kind, error.attr.as_deref()), (ErrorKind::Conflict, Some("url")));
    let internal = custom("https://10.0.0.5/mcp", CustomAuth::Open);
    let error = client.install_custom(PROJECT, &internal, &callback()).await.unwrap_err();
    assert_eq!((error.kind, error.attr.as_deref()), (ErrorKind::Invalid, Some("url")));
    assert_eq!(client.installations(PROJECT).await.unwrap().rows.len(), 2, "a refusal leaves nothing behind");
}

#[tokio::test]
async fn a_missing_icon_is_no_error_and_a_missing_project_is_one() {
    let (_sandbox, client) = sandbox().await;
    assert_eq!(client.icon(PROJECT, "linear.app", Theme::Light).await.unwrap(), None);
    let error = client.icon(PROJECT, "not a host", Theme::Light).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
    let elsewhere = client.available_tools(PROJECT + 1).await.unwrap_err();
    assert_eq!(elsewhere.kind, ErrorKind::ProjectNotFound);
}
