//! How an unknown end is settled: each server of a batch is read once more, and what it shows is what happened.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::PinRule;
use crate::project::{Project, now_ms};
use crate::store::{Answer, StoredBatch, StoredItem, ToolRecord};
use crate::view::{CommandError, ErrorCode, Event};

impl Project {
    /// Reads the servers of what has an unknown end, and settles it as far as they show it. Nothing may be on its way.
    pub(super) async fn settle_unknown(&self, batch: &StoredBatch) -> Result<(), CommandError> {
        self.ledger.sent_are_unknown(batch.id).await?;
        let unknown = self.unknown(batch.id).await?;
        let servers: BTreeSet<&str> = unknown.iter().map(|item| item.server_id.as_str()).collect();
        for server_id in servers {
            self.read_server(batch.id, server_id).await?;
        }
        self.settle(batch, &unknown).await
    }

    /// Reads every server the batch has asked, settles, and works Review out.
    pub(super) async fn close_batch(&self, batch: &StoredBatch) -> Result<(), CommandError> {
        for (server_id, _) in self.ledger.batch_servers(batch.id).await? {
            self.read_server(batch.id, &server_id).await?;
        }
        let unknown = self.unknown(batch.id).await?;
        self.settle(batch, &unknown).await?;
        for (server_id, _) in self.ledger.batch_servers(batch.id).await? {
            self.sort_out(&server_id).await?;
            self.tell(Event::Tools { server_id });
        }
        self.tell(Event::Servers);
        Ok(())
    }

    async fn unknown(&self, batch: i64) -> Result<Vec<StoredItem>, CommandError> {
        Ok(self.ledger.batch_items(batch, Some("unknown"), 0, u32::MAX).await?.0)
    }

    /// One `GET tools/`; waits when PostHog says so. A server that is gone has nothing to show.
    async fn read_server(&self, batch: i64, server_id: &str) -> Result<(), CommandError> {
        loop {
            match self.sync_server(server_id).await {
                Err(error) if error.code == ErrorCode::Throttled => {
                    let wait = error.retry_after.map(|seconds| Duration::from_secs(seconds.into()));
                    self.batches().pace.refused(Instant::now(), wait);
                    if !self.turn(batch, false).await? {
                        return Err(error);
                    }
                }
                Err(error) if error.code != ErrorCode::NotFound => return Err(error),
                _ => return Ok(()),
            }
        }
    }

    async fn settle(&self, batch: &StoredBatch, unknown: &[StoredItem]) -> Result<(), CommandError> {
        for item in unknown {
            let rule = PinRule::of(batch, item);
            let Some(decision) = item.decision_id else { continue };
            let found = self.found(&item.server_id, &item.server_url, &item.tool).await?;
            let Some((_, tool)) = found else { continue };
            // As if it had never arrived: it may be sent again.
            if tool.state == item.before && tool.state != item.asked {
                continue;
            }
            self.ledger.end_decision(decision, &shown(&tool, &item.asked, &item.fingerprint, rule)).await?;
        }
        Ok(())
    }

    /// Settles decisions on single tools nobody heard the answer to, by what the server, which has just been read, shows.
    /// Nothing is sent: a person who still wants it decides again. What was decided on since stays unknown.
    pub(crate) async fn settle_singles(&self, server_id: &str) -> Result<(), CommandError> {
        let Some(server) = self.cache.server(server_id).await? else { return Ok(()) };
        if server.shared && !server.is_owner {
            return Ok(());
        }
        let mut settled = false;
        for lost in self.ledger.unanswered(&self.scope, &server.url).await? {
            let tool = self.cache.tool(server_id, &lost.tool).await?;
            let Some(tool) = tool.filter(|_| !lost.newer) else { continue };
            let answer = shown(&tool, &lost.asked, &lost.fingerprint_seen, PinRule::Seen);
            self.ledger.end_decision(lost.id, &answer).await?;
            settled = true;
        }
        if settled {
            self.sort_out(server_id).await?;
            self.tell(Event::Activity);
        }
        Ok(())
    }
}

/// What a tool as it is now tells of a decision nobody heard the answer to.
fn shown<'a>(tool: &'a ToolRecord, asked: &str, seen: &'a str, rule: PinRule) -> Answer<'a> {
    let (as_asked, same) = (tool.state == asked, tool.fingerprint == seen);
    Answer {
        result: match (as_asked, same) {
            (true, true) => "as_asked",
            (true, false) => "definition_changed",
            (false, _) => "kept_otherwise",
        },
        answered: Some(&tool.state),
        decided_by: Some(&tool.decided_by),
        pin: rule.at(as_asked, same, seen),
        problem: None,
        words: "",
        at: now_ms(),
    }
}
