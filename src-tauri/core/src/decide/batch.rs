//! A plan becomes a batch: written down whole, then sent by one task. What the person says about it is written down as
//! well, and the task reads it there: the journal is the only place where a batch stands somewhere.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, MutexGuard, PoisonError};

use super::Batches;
use super::plan::{Plan, Planned};
use super::planning::Wish;
use crate::inbox::changed_while_allowed;
use crate::project::{Project, now_ms};
use crate::store::{NewBatch, NewItem, Silent};
use crate::view::{BatchKind, BatchView, CommandError, Decision, ErrorCode, Event, ReviewGroup};

impl Project {
    /// Applies a plan in the background. Plans queue up behind a batch that runs.
    ///
    /// # Errors
    /// `not_found` for a plan that is not kept any more; `invalid` at `looser_confirmed` when more than one tool
    /// becomes less strict and the person was not asked, at `plan` when nothing would change; `offline`.
    pub async fn apply_plan(
        self: &Arc<Self>,
        plan: i64,
        looser_confirmed: bool,
    ) -> Result<BatchView, CommandError> {
        let kept = self.batches().plans.iter().find(|kept| kept.id == plan).cloned();
        let kept = kept.ok_or_else(|| ErrorCode::NotFound.plain())?;
        if kept.asks_again() && !looser_confirmed {
            return Err(ErrorCode::Invalid.at("looser_confirmed"));
        }
        if kept.changes().next().is_none() {
            return Err(ErrorCode::Invalid.at("plan"));
        }
        let batch = if kept.silent {
            self.take_back_silently(&kept).await?
        } else {
            self.refuse_offline()?;
            self.begin(&kept).await?
        };
        self.batches().plans.retain(|kept| kept.id != plan);
        self.batch_view(batch).await
    }

    /// Writes the plan down and lets the task at it.
    async fn begin(self: &Arc<Self>, plan: &Plan) -> Result<i64, CommandError> {
        let items: Vec<NewItem<'_>> = plan.changes().map(new_item).collect();
        let batch = self.ledger.begin_batch(&self.scope, &new_batch(plan), &items).await?;
        self.tell(Event::Batches);
        self.run_batches();
        Ok(batch)
    }

    /// Takes back what asked nobody, without asking anybody.
    async fn take_back_silently(&self, plan: &Plan) -> Result<i64, CommandError> {
        let steps: Vec<_> = plan.changes().map(|item| (new_item(item), "undone", Silent::TakeBack)).collect();
        let batch = self.ledger.silent_batch(&self.scope, &new_batch(plan), &steps).await?;
        self.pins_moved(plan.changes().map(|item| item.server_id.as_str())).await?;
        Ok(batch)
    }

    /// What follows when pins of these servers' tools moved.
    pub(crate) async fn pins_moved(&self, servers: impl Iterator<Item = &str>) -> Result<(), CommandError> {
        let servers: BTreeSet<&str> = servers.collect();
        for server_id in servers {
            self.sort_out(server_id).await?;
            self.tell(Event::Tools { server_id: server_id.to_owned() });
        }
        self.tell(Event::Servers);
        self.tell(Event::Batches);
        self.tell(Event::Activity);
        Ok(())
    }

    /// Holds a running batch after the tool that is on its way.
    ///
    /// # Errors
    /// `not_found` when no such batch runs.
    pub async fn pause_batch(&self, batch: i64) -> Result<(), CommandError> {
        let paused = self.ledger.pause_batch(&self.scope, batch).await?;
        self.control_changed(paused)
    }

    /// Goes on with a paused batch, or finishes an interrupted one: what has an unknown end is read first.
    ///
    /// # Errors
    /// `not_found` when no such batch waits; `offline`.
    pub async fn resume_batch(self: &Arc<Self>, batch: i64) -> Result<(), CommandError> {
        self.refuse_offline()?;
        let resumed = self.ledger.resume_batch(&self.scope, batch).await?;
        self.run_batches();
        self.control_changed(resumed)
    }

    /// Stops a batch that has not ended: what was done stays, the rest is not sent.
    ///
    /// # Errors
    /// `not_found` when it has ended or there is none.
    pub async fn stop_batch(&self, batch: i64) -> Result<(), CommandError> {
        let stopped = self.ledger.stop_batch(&self.scope, batch, now_ms()).await?;
        self.control_changed(stopped)
    }

    /// Tries what failed again: what was refused, has an unknown end, or was skipped for a reason. What the person
    /// stopped stays so. What has another definition by now is skipped.
    ///
    /// # Errors
    /// `not_found` when the batch has not ended or nothing of it failed; `offline`.
    pub async fn retry_batch(self: &Arc<Self>, batch: i64) -> Result<(), CommandError> {
        self.refuse_offline()?;
        let again = self.ledger.retry_batch(&self.scope, batch).await?;
        self.run_batches();
        self.control_changed(again)
    }

    fn control_changed(&self, found: bool) -> Result<(), CommandError> {
        self.wake_batch.notify_one();
        self.tell(Event::Batches);
        if found { Ok(()) } else { Err(ErrorCode::NotFound.plain()) }
    }

    /// Sets tools that changed while allowed to *Ask first*, by this app itself. Nothing is pinned: the change stays in
    /// Review. Each definition is planned for once: whoever allows it again after that has decided, and so has who
    /// refuses it or stops the batch. Offline nothing begins; what the connection cut off goes on when it is back.
    ///
    /// # Errors
    /// When the journal fails; what PostHog answers is in the batch.
    pub(crate) async fn set_back_changed(self: &Arc<Self>) -> Result<(), CommandError> {
        if self.state().offline {
            return Ok(());
        }
        if self.ledger.resume_automatic(&self.scope).await? {
            self.tell(Event::Batches);
            self.run_batches();
        }
        let mut seen = self.group(ReviewGroup::ChangedAllowed).await?;
        let mut back = self.group(ReviewGroup::CameBack).await?;
        let known = self.known(back.iter()).await?;
        back.retain(|one| {
            let tool = known.get(&one.server_id).and_then(|known| known.tools.get(&one.tool));
            tool.is_some_and(changed_while_allowed)
        });
        seen.extend(back);
        let asked = Decision::NeedsApproval;
        let wishes = seen.into_iter().map(|tool| Wish { tool, asked, pin: true }).collect();
        let (mut items, mut before) = (Vec::new(), HashMap::new());
        for item in self.classify(wishes).await? {
            if !before.contains_key(&item.server_url) {
                let of_server = self.ledger.set_back_before(&self.scope, &item.server_url).await?;
                before.insert(item.server_url.clone(), of_server);
            }
            let definition = (item.tool.clone(), item.fingerprint.clone());
            let done = before.get(&item.server_url).is_some_and(|before| before.contains(&definition));
            if item.before == Decision::Approved.as_str() && !done {
                items.push(item);
            }
        }
        let kind = BatchKind::Automatic;
        let plan = Plan { id: 0, kind, asked: Some(asked), undoes: None, silent: false, items };
        if plan.changes().next().is_some() {
            self.begin(&plan).await?;
        }
        Ok(())
    }

    pub(super) fn batches(&self) -> MutexGuard<'_, Batches> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn new_batch(plan: &Plan) -> NewBatch<'_> {
    let kind = match plan.kind {
        BatchKind::Decide => "decide",
        BatchKind::Undo => "undo",
        BatchKind::Import => "import",
        BatchKind::Automatic => "automatic",
        BatchKind::Accept => "accept",
    };
    NewBatch { kind, asked: plan.asked.map(Decision::as_str), undoes: plan.undoes, at: now_ms() }
}

fn new_item(item: &Planned) -> NewItem<'_> {
    NewItem {
        server_url: &item.server_url,
        server_id: &item.server_id,
        tool: &item.tool,
        asked: &item.asked,
        before: &item.before,
        before_by: &item.before_by,
        fingerprint: &item.fingerprint,
        pin: item.pin,
        undoes: item.undoes,
    }
}
