//! Batches as the window gets them.

use tokio::time::Instant;

use super::words::of_word;
use crate::present;
use crate::project::Project;
use crate::store::{StoredBatch, StoredItem};
use crate::text::visible_line;
use crate::view::{
    BatchItem, BatchKind, BatchPage, BatchState, BatchView, CommandError, ErrorCode, ItemResult, ResultCount,
};

/// Rows in one window at most.
const WINDOW: u32 = 200;

impl Project {
    /// Batches, newest first, at most 50.
    pub async fn list_batches(&self) -> Result<Vec<BatchView>, CommandError> {
        let sent = self.sends_batches();
        let mut views = Vec::new();
        for batch in self.ledger.batches(&self.scope).await? {
            views.push(self.view_of(&batch, sent).await?);
        }
        Ok(views)
    }

    pub(super) async fn batch_view(&self, batch: i64) -> Result<BatchView, CommandError> {
        let sent = self.sends_batches();
        let batch = self.ledger.batch(&self.scope, batch).await?;
        self.view_of(&batch.ok_or_else(|| ErrorCode::NotFound.plain())?, sent).await
    }

    /// Whether the task that sends batches is there.
    pub(super) fn sends_batches(&self) -> bool {
        self.batches().task.is_some()
    }

    /// A batch that should run while nothing sends is one that failed so badly that not even that could be noted.
    /// `sent`: whether something did before the batch was read; else one that has ended since would look like that.
    pub(super) fn batch_state(&self, batch: &StoredBatch, sent: bool) -> BatchState {
        match of_word(&batch.state) {
            Some(BatchState::Running) if !sent && !self.sends_batches() => BatchState::Interrupted,
            Some(state) => state,
            None => BatchState::Interrupted,
        }
    }

    async fn view_of(&self, batch: &StoredBatch, sent: bool) -> Result<BatchView, CommandError> {
        let state = self.batch_state(batch, sent);
        let results: Vec<ResultCount> = self
            .ledger
            .batch_results(batch.id)
            .await?
            .into_iter()
            .filter_map(|(result, count)| Some(ResultCount { result: of_word(&result)?, count }))
            .collect();
        let sum = |wanted: &[ItemResult]| -> u32 {
            results.iter().filter(|result| wanted.contains(&result.result)).map(|result| result.count).sum()
        };
        let rest = sum(&[ItemResult::Waiting, ItemResult::Sent]);
        let ended = matches!(state, BatchState::Done | BatchState::Stopped | BatchState::Interrupted);
        let can_retry = ended && self.ledger.failed_items(batch.id).await? > 0;
        let can_undo = state != BatchState::Running && self.ledger.can_undo(batch.id).await?;
        let mut batches = self.batches();
        let resumes_ms = batches.current.filter(|(current, _)| *current == batch.id).and_then(|(_, at)| at);
        Ok(BatchView {
            id: batch.id,
            kind: of_word(&batch.kind).unwrap_or(BatchKind::Decide),
            asked: batch.asked.as_deref().and_then(of_word),
            state,
            began_at: present::time(batch.began_at),
            ended_at: batch.ended_at.map(present::time),
            total: results.iter().map(|result| result.count).sum(),
            resumes_ms,
            seconds_left: batches.pace.seconds(rest, Instant::now()),
            problem: problem(batch.problem.as_deref(), &batch.words),
            can_undo,
            can_retry,
            undoes: batch.undoes,
            results,
        })
    }

    /// One window of a batch's tools. At most 200 rows.
    ///
    /// # Errors
    /// `not_found` when there is no such batch.
    pub async fn list_batch_items(
        &self,
        batch: i64,
        result: Option<ItemResult>,
        offset: u32,
        limit: u32,
    ) -> Result<BatchPage, CommandError> {
        let known = self.ledger.batch(&self.scope, batch).await?;
        known.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let result = result.map(|result| super::words::word(&result));
        let (stored, total) =
            self.ledger.batch_items(batch, result.as_deref(), offset, limit.min(WINDOW)).await?;
        let mut items = Vec::with_capacity(stored.len());
        for item in stored {
            items.push(self.stored_item(&item).await?);
        }
        Ok(BatchPage { items, total })
    }

    async fn stored_item(&self, item: &StoredItem) -> Result<BatchItem, CommandError> {
        let shown = self.item_shown(&item.server_id, &item.server_url, &item.tool).await?;
        Ok(BatchItem {
            before: state_word(&item.before),
            asked: state_word(&item.asked),
            result: of_word(&item.result).unwrap_or(ItemResult::Unknown),
            answered: state_word(item.answered.as_deref().unwrap_or_default()),
            problem: problem(item.problem.as_deref(), &item.words),
            ..shown
        })
    }

    /// What every row of a plan or a batch shows of its tool.
    pub(super) async fn item_shown(
        &self,
        server_id: &str,
        server_url: &str,
        tool: &str,
    ) -> Result<BatchItem, CommandError> {
        let found = self.found(server_id, server_url, tool).await?;
        let server_name = match &found {
            Some((server, _)) => present::server_row(server, Default::default(), false).name,
            None => present::host(server_url),
        };
        Ok(BatchItem {
            server_id: found.as_ref().map_or_else(|| server_id.to_owned(), |(server, _)| server.id.clone()),
            server_name,
            tool: tool.to_owned(),
            label: visible_line(tool, 200),
            before: String::new(),
            asked: String::new(),
            result: ItemResult::Waiting,
            answered: String::new(),
            problem: None,
            row: found.map(|(server, tool)| present::tool_row(&server, &tool)),
        })
    }
}

/// A state as text to show.
pub(super) fn state_word(state: &str) -> String {
    visible_line(state, 40)
}

fn problem(code: Option<&str>, words: &str) -> Option<CommandError> {
    let code = code.and_then(of_word::<ErrorCode>)?;
    Some(CommandError { message: words.to_owned(), ..code.plain() })
}
