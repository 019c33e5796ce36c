//! Keys, nonces and login addresses: nowhere on disk, in no error, in nothing the window gets.

use std::path::Path;

use hedgerow_core::secrets::Secret;
use hedgerow_core::view::{ExportKind, FlowStep, Kept};
use serde_json::json;

use crate::support::World;

/// Every byte of every file below the folder.
fn everything(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn no_key_nonce_or_login_address_is_written_or_shown() {
    let (world, project) = World::signed_in().await;
    project.sync_catalog().await.unwrap();
    let catalog = project.catalog().await.unwrap();
    let wiki = catalog.entries.iter().find(|entry| entry.name == "Wiki").unwrap();
    let flow = world.core.connect_template(&wiki.id, None).await.unwrap();
    let waiting = world.flow_at(&flow.id, FlowStep::Waiting).await;
    let login = world.opened.lock().unwrap().last().unwrap().clone();
    let state = login.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let link = world.browse("approve").await;
    let nonce = link.split_once("flow=").unwrap().1.split('&').next().unwrap().to_owned();
    world.core.on_link(&link);
    let done = world.flow_at(&flow.id, FlowStep::Connected).await;
    let docs = catalog.entries.iter().find(|entry| entry.name == "Docs").unwrap();
    let api_key = "sk-upstream-0123456789";
    let keyed = world.core.connect_template(&docs.id, Some(Secret::new(api_key.to_owned()))).await.unwrap();
    let keyed = world.flow_at(&keyed.id, FlowStep::Connected).await;
    let fault = json!({"path_prefix": "/api/projects", "times": 9, "fault": {"status": 500}});
    world.control("/faults", fault).await;
    let failed = project.clone().sync().await.unwrap_err();
    let refused = world
        .core
        .sign_in_key(world.sandbox.url(), Secret::new("phx_another_secret".to_owned()), Kept::Keyring)
        .await
        .unwrap_err();

    let key = world.sandbox.key().to_owned();
    let secrets = [&key, &nonce, &state, &login, &api_key.to_owned(), &"phx_another_secret".to_owned()];
    let boot = world.core.boot().await.unwrap();
    let shown =
        serde_json::to_string(&(&boot, waiting, done, keyed, &failed, &refused, world.core.flows())).unwrap();
    let printed = format!("{boot:?} {failed:?} {refused:?} {:?}", world.core.active());
    for secret in secrets {
        assert!(!shown.contains(secret.as_str()) && !printed.contains(secret.as_str()));
    }
    for kind in [ExportKind::ActivityJson, ExportKind::ActivityCsv, ExportKind::Policy, ExportKind::Backup] {
        world.core.export_file(kind, None).await.unwrap();
    }
    world.core.close().await;
    let mut files = Vec::new();
    everything(world.folder.path(), &mut files);
    assert!(
        files.iter().any(|(path, _)| path.ends_with("ledger.db")),
        "the search looks at the right folder"
    );
    assert_eq!(files.iter().filter(|(path, _)| path.contains("/exports/hedgerow-")).count(), 4);
    for (path, bytes) in &files {
        for secret in secrets {
            assert!(!contains(bytes, secret), "a secret of {} characters is in {path}", secret.len());
        }
    }
}
