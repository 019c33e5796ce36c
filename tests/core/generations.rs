//! Older PostHogs, as documented: the main path works in each of them, with what its rows lack left out.

use hedgerow_core::view::{Decision, DecisionOutcome, ErrorCode, ReviewGroup, ServerStatus};
use hedgerow_sandbox::Generation::{self, A, A0, B, C};

use crate::support::{World, plain, quick, server_id, tool};

async fn signs_in_syncs_and_decides(generation: Generation) {
    let world = World::with(plain().in_generation(generation), quick()).await;
    let project = world.sign_in().await;
    let servers = project.servers().await.unwrap().servers;
    let tracker = &servers[0];
    assert_eq!(
        tracker.status,
        ServerStatus::Connected,
        "a server with tools was read, whether it says so or not"
    );
    assert_eq!(tracker.last_read_at.is_some(), generation == C);
    assert_eq!((tracker.counts.total, tracker.counts.allowed, tracker.is_owner), (3, 1, true));
    project.sync_catalog().await.unwrap();
    assert_eq!(project.catalog().await.unwrap().entries.len(), 3);

    let id = server_id(&project, "Tracker").await;
    let row = tool(&project, &id, "create_issue").await;
    assert_eq!((row.locked, row.ceiling, row.choices.len()), (false, None, 3));
    for decision in [Decision::Approved, Decision::NeedsApproval, Decision::DoNotUse] {
        let result = project.decide(&id, "create_issue", decision, &row.fingerprint).await.unwrap();
        assert_eq!(result.outcome, DecisionOutcome::AsAsked, "{decision:?}");
    }
    project.refresh(&id).await.unwrap();
    let row = tool(&project, &id, "create_issue").await;
    assert_eq!((&*row.state, row.review), ("do_not_use", None), "pinned, and as it was decided");
    let who = if generation < B { "legacy" } else { "scope" };
    assert_eq!(row.decided_by, who);
    let waits = project.review_page(0, 10).await.unwrap().items;
    assert_eq!(waits.iter().map(|item| item.group).collect::<Vec<_>>(), [ReviewGroup::Unpinned]);
    if generation < B {
        let refusal = project.share_server(&id, true).await.unwrap_err();
        assert_eq!(refusal.code, ErrorCode::NotFound, "nothing is lost by asking");
    }
}

#[tokio::test]
async fn a0_is_signed_in_to_synced_and_decided_in() {
    signs_in_syncs_and_decides(A0).await;
}

#[tokio::test]
async fn a_is_signed_in_to_synced_and_decided_in() {
    signs_in_syncs_and_decides(A).await;
}

#[tokio::test]
async fn b_is_signed_in_to_synced_and_decided_in() {
    signs_in_syncs_and_decides(B).await;
}

#[tokio::test]
async fn c_is_signed_in_to_synced_and_decided_in() {
    signs_in_syncs_and_decides(C).await;
}
