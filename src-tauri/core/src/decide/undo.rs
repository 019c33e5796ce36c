//! Taking back a batch as one step, or one decision. What comes back is the effective state and the pin; where nobody
//! had chosen, an explicit choice stays (contract 4.2), and the plan says at how many and what ruled there before.

use super::plan::{Plan, Planned, undo_part};
use crate::project::Project;
use crate::store::TakenBack;
use crate::view::{BatchKind, BatchState, CommandError, ErrorCode, PlanPart, PlanView};

impl Project {
    /// What taking a batch or a decision back would do: one of the two. Nothing is sent but a read of what has an
    /// unknown end.
    ///
    /// # Errors
    /// `not_found` when there is nothing to take back; `invalid` at `batch` while it runs or when not exactly one of
    /// the two is given.
    pub async fn plan_undo(
        &self,
        batch: Option<i64>,
        decision: Option<i64>,
    ) -> Result<PlanView, CommandError> {
        let done = match (batch, decision) {
            (Some(batch), None) => self.done_in_batch(batch).await?,
            (None, Some(decision)) => self.done_once(decision).await?,
            _ => return Err(ErrorCode::Invalid.at("batch")),
        };
        if done.is_empty() {
            return Err(ErrorCode::NotFound.plain());
        }
        let mut items = Vec::with_capacity(done.len());
        for done in &done {
            items.push(self.plan_back(done).await?);
        }
        let silent = done.iter().all(TakenBack::is_silent);
        Ok(self.keep_plan(Plan { id: 0, kind: BatchKind::Undo, asked: None, undoes: batch, silent, items }))
    }

    async fn done_in_batch(&self, batch: i64) -> Result<Vec<TakenBack>, CommandError> {
        let sent = self.sends_batches();
        let stored = self.ledger.batch(&self.scope, batch).await?;
        let stored = stored.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let on_its_way = self.batches().current.is_some_and(|(current, _)| current == batch);
        if on_its_way || self.batch_state(&stored, sent) == BatchState::Running {
            return Err(ErrorCode::Invalid.at("batch"));
        }
        if let Err(error) = self.settle_unknown(&stored).await {
            tracing::info!(code = ?error.code, "what has an unknown end could not be read");
        }
        Ok(self.ledger.batch_to_undo(&self.scope, batch).await?)
    }

    async fn done_once(&self, decision: i64) -> Result<Vec<TakenBack>, CommandError> {
        let mut done = self.ledger.decision_to_undo(&self.scope, decision).await?;
        if let Some(unknown) = done.as_ref().filter(|done| done.result == "unknown")
            && let Some((server, _)) = self.found_done(unknown).await?
        {
            self.read_again(&server.id).await;
            done = self.ledger.decision_to_undo(&self.scope, decision).await?;
        }
        Ok(done.into_iter().collect())
    }

    async fn plan_back(&self, done: &TakenBack) -> Result<Planned, CommandError> {
        let found = self.found_done(done).await?;
        let mut planned = Planned {
            part: PlanPart::Missing,
            server_id: done.server_id.clone().unwrap_or_default(),
            server_url: done.server_url.clone(),
            tool: done.tool.clone(),
            asked: done.before.clone(),
            before: String::new(),
            before_by: String::new(),
            fingerprint: done.fingerprint_seen.clone(),
            pin: true,
            undoes: Some(done.id),
            keeps_over: None,
        };
        let Some((server, tool)) = found else { return Ok(planned) };
        planned.part = undo_part(&server, &tool, done);
        planned.keeps_over = done.keeps_over(&tool);
        if done.is_silent() {
            planned.asked.clone_from(&tool.state);
        } else {
            planned.fingerprint = tool.fingerprint;
        }
        planned.server_id = server.id;
        planned.before = tool.state;
        planned.before_by = tool.decided_by;
        Ok(planned)
    }

    async fn found_done(
        &self,
        done: &TakenBack,
    ) -> Result<Option<(crate::store::ServerRecord, crate::store::ToolRecord)>, CommandError> {
        let server_id = done.server_id.as_deref().unwrap_or_default();
        self.found(server_id, &done.server_url, &done.tool).await
    }
}
