//! Review when everything has changed.

use std::time::Instant;

use hedgerow_core::view::ReviewGroup;
use hedgerow_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::made::{sandbox, signed_in, until_synced};
use crate::{RUNS, median, ms, row};

/// A window of the list, as the page asks for it.
const WINDOW: u32 = 100;

/// `n` tools of one server are allowed, and all are rewritten. *Opened*: the counts, a window of the list, and what
/// changed about its first entry.
pub(crate) async fn rows(n: usize) -> [Value; 3] {
    let sandbox = sandbox(0, false).await;
    tell(&sandbox, "policy", json!({"member_preset": "allow"})).await;
    tell(&sandbox, "servers/many/generate", json!({"tools": n})).await;
    let folder = tempfile::tempdir().unwrap();
    let (core, project) = signed_in(&sandbox, folder.path()).await;
    until_synced(&core, &project).await;
    let server = project.servers().await.unwrap().servers[0].id.clone();
    tell(&sandbox, "servers/many/tools/rewrite", json!({"which": {"share": 1.0}})).await;
    let begun = Instant::now();
    project.refresh(&server).await.unwrap();
    let noticed = begun.elapsed();
    let count = u32::try_from(n).unwrap();
    assert_eq!(project.review().await.unwrap().waiting, count);

    let (mut opened, mut ends) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let begun = Instant::now();
        project.review().await.unwrap();
        let page = project.review_page(0, WINDOW).await.unwrap();
        let first = &page.items[0];
        assert_eq!(first.group, ReviewGroup::ChangedAllowed);
        project.review_detail(&server, &first.row.as_ref().unwrap().name).await.unwrap();
        opened.push(begun.elapsed());
        let begun = Instant::now();
        project.review_page(count - WINDOW, WINDOW).await.unwrap();
        ends.push(begun.elapsed());
    }
    core.close().await;
    sandbox.stop().await;
    [
        row("refresh, all changed", n, "ms", ms(noticed), 15_000, json!({})),
        row("Review opened, all changed", n, "ms", ms(median(opened)), 200, json!({})),
        row("last window of Review", n, "ms", ms(median(ends)), 200, json!({})),
    ]
}

async fn tell(sandbox: &Sandbox, path: &str, body: Value) {
    let request = reqwest::Client::new().post(format!("{}/{path}", sandbox.control_url())).json(&body);
    let answer = request.bearer_auth(sandbox.control_token()).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
}
