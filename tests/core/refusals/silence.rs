//! No answer at all: it may have been done or not. Nothing is sent twice; the next reading says what is true.

use hedgerow_core::view::{ActivityKind, ErrorCode, ServerStatus};
use serde_json::{Value, json};

use super::Stage;
use super::deeds::Deed;
use crate::support::tool;

/// What gets no answer, and whether PostHog has done it: the answer is lost on the way back, or the call on the way there.
const SILENCES: [(&str, bool); 2] = [("lose_answer", true), ("drop", false)];

impl Stage {
    /// The next call of that deed gets no answer.
    async fn silence(&self, deed: Deed, fault: &str) {
        let (method, part) = deed.call();
        let fault =
            json!({"path_prefix": "/api/projects/", "path_contains": part, "method": method, "fault": fault});
        self.world.control("/faults", fault).await;
    }

    /// How many calls of that deed arrived, answered or not.
    async fn arrived(&self, deed: Deed) -> u64 {
        let (method, part) = deed.call();
        let log = self.world.control("/requests", Value::Null).await;
        let all = log["counters"].as_object().unwrap();
        let hit = all.iter().filter(|(call, _)| call.starts_with(method) && call.contains(part));
        hit.map(|(_, times)| times.as_u64().unwrap()).sum()
    }

    /// The deed gets no answer: it is told as that and was sent once; what was not done is not shown as done.
    async fn prove_silent(&self, deed: Deed, (fault, done): (&str, bool)) {
        let before = self.known().await;
        self.silence(deed, fault).await;
        self.world.forget_requests().await;
        assert_eq!(deed.of(self).await.unwrap_err().code, ErrorCode::Offline, "{deed:?} {fault}");
        assert_eq!(self.arrived(deed).await, 1, "{deed:?} {fault}: a write is never sent twice");
        assert!(done || self.known().await == before, "{deed:?} {fault}");
    }

    /// The app looks by itself whether PostHog is there, without being asked.
    async fn heard_again(&self) {
        let online = async || (!self.project.servers().await.unwrap().sync.offline).then_some(());
        self.world.until(online).await;
        self.project.clone().sync().await.unwrap();
    }
}

#[tokio::test]
async fn to_a_new_name() {
    for (fault, done) in SILENCES {
        let stage = Stage::new().await;
        stage.prove_silent(Deed::Rename, (fault, done)).await;
        stage.heard_again().await;
        assert_eq!(stage.row().await.name, if done { "Issues" } else { "Tracker" }, "{fault}");
        Deed::Rename.of(&stage).await.unwrap();
    }
}

#[tokio::test]
async fn to_a_removal() {
    for (fault, done) in SILENCES {
        let stage = Stage::new().await;
        stage.prove_silent(Deed::Remove, (fault, done)).await;
        stage.heard_again().await;
        let servers = stage.project.servers().await.unwrap().servers;
        assert_eq!(servers.is_empty(), done, "{fault}");
        let told = stage.activity().await[0].what == ActivityKind::ServerGone;
        assert_eq!(told, done, "{fault}: Activity says that it is gone");
        assert_eq!(stage.ledger("SELECT tool_id || fingerprint FROM pin").await.len(), 2, "{fault}");
    }
}

#[tokio::test]
async fn to_a_sharing() {
    for (fault, done) in SILENCES {
        let stage = Stage::new().await;
        stage.prove_silent(Deed::Share, (fault, done)).await;
        stage.heard_again().await;
        assert_eq!(stage.row().await.shared, done, "{fault}");
    }
}

#[tokio::test]
async fn to_a_decision() {
    for (fault, done) in SILENCES {
        let stage = Stage::new().await;
        stage.silence(Deed::Decide, fault).await;
        stage.world.forget_requests().await;
        assert_eq!(Deed::Decide.of(&stage).await.unwrap_err().code, ErrorCode::Offline, "{fault}");
        assert_eq!(stage.arrived(Deed::Decide).await, 1, "{fault}: a write is never sent twice");
        let line = stage.activity().await.swap_remove(0);
        // The server was read again: PostHog is there, the journal says what became of it, and the tool is shown as it is.
        let became = if done { "as_asked" } else { "kept_otherwise" };
        assert_eq!((line.what, line.result.as_str()), (ActivityKind::Decided, became), "{fault}");
        assert!(!stage.project.servers().await.unwrap().sync.offline, "{fault}");
        let row = tool(&stage.project, &stage.id, "create_issue").await;
        assert_eq!(row.state, if done { "approved" } else { "needs_approval" }, "{fault}");
        Deed::Decide.of(&stage).await.unwrap();
    }
}

#[tokio::test]
async fn to_a_first_connection() {
    for (fault, done) in SILENCES {
        let stage = Stage::new().await;
        let deed = Deed::Connect("Wiki", None);
        stage.silence(deed, fault).await;
        stage.world.forget_requests().await;
        assert_eq!(deed.of(&stage).await.unwrap_err().code, ErrorCode::Offline, "{fault}");
        assert_eq!(stage.arrived(deed).await, 1, "{fault}");
        stage.heard_again().await;
        let servers = stage.project.servers().await.unwrap().servers;
        let wiki = servers.iter().find(|row| row.name == "Wiki").map(|row| row.status);
        assert_eq!(wiki, done.then_some(ServerStatus::FinishConnecting), "{fault}");
        deed.of(&stage).await.unwrap();
    }
}
