//! The task that sends batches: one tool after the other, since PostHog's limits and not the distance decide how fast it
//! goes. Written down before each request, and again with its answer.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::plan::{is_looser, undo_part};
use super::words::{of_word, word};
use super::{Asked, PinRule, check};
use crate::inbox::changed_while_allowed;
use crate::posthog::{ApiError, ErrorKind, Posthog, Tool};
use crate::project::{Project, now_ms};
use crate::store::{NewDecision, ServerRecord, StoredBatch, StoredItem, ToolRecord};
use crate::view::{CommandError, Decision, ErrorCode, Event, PlanPart};

/// So many failures one after the other mean that it is not about the tools.
const GIVE_UP: u32 = 3;
/// The window is told of progress at most this often.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// Review is worked out again after so many tools.
const SORT_EVERY: u32 = 20;

/// What became of one turn.
enum Turn {
    /// Written down: an answer, a refusal of this tool, or not sent.
    Settled,
    /// PostHog said to wait, or the person did: the same tool is next.
    Held,
    /// Nobody knows whether it arrived.
    Unknown(CommandError),
}

impl Project {
    /// Lets the task at the batches that run; it ends when there is none.
    pub(super) fn run_batches(self: &Arc<Self>) {
        let mut batches = self.batches();
        batches.again = true;
        if batches.task.is_none() {
            let project = self.clone();
            batches.task = Some(tokio::spawn(async move { project.run_all().await }).abort_handle());
        }
    }

    async fn run_all(&self) {
        while let Some(batch) = self.next_batch().await {
            self.batches().current = Some((batch.id, None));
            let ran = self.run(&batch).await;
            self.batches().current = None;
            if let Err(error) = ran {
                tracing::info!(code = ?error.code, batch = batch.id, "a batch is interrupted");
                let noted = self.ledger.interrupt_batch(batch.id, &word(&error.code), &error.message).await;
                let noted = noted.and(self.ledger.sent_are_unknown(batch.id).await);
                // A journal that cannot be written is not a place to go on from.
                if noted.is_err() {
                    self.batches().task = None;
                    break;
                }
            }
            self.tell(Event::Batches);
            self.tell(Event::Activity);
        }
        self.tell(Event::Batches);
    }

    /// The next batch; without one the task is over, in the same step in which nobody can have added one.
    async fn next_batch(&self) -> Option<StoredBatch> {
        loop {
            self.batches().again = false;
            match self.ledger.next_batch(&self.scope).await {
                Ok(Some(batch)) => return Some(batch),
                Ok(None) if self.batches().again => {}
                _ => {
                    let mut batches = self.batches();
                    if !batches.again {
                        batches.task = None;
                        return None;
                    }
                }
            }
        }
    }

    async fn run(&self, batch: &StoredBatch) -> Result<(), CommandError> {
        self.settle_unknown(batch).await?;
        self.ledger.unknown_wait_again(batch.id).await?;
        let (mut failures, mut sent, mut told) = (0, 0, Instant::now());
        while let Some(item) = self.ledger.next_item(batch.id).await? {
            if !self.turn(batch.id, true).await? {
                continue;
            }
            match self.send(batch, &item).await? {
                Turn::Held => continue,
                Turn::Settled => failures = 0,
                Turn::Unknown(error) => {
                    failures += 1;
                    if failures == GIVE_UP {
                        return Err(error);
                    }
                }
            }
            sent += 1;
            if sent % SORT_EVERY == 0 {
                self.sort_out(&item.server_id).await?;
            }
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                self.tell(Event::Batches);
                self.tell(Event::Activity);
            }
        }
        let now = self.ledger.batch(&self.scope, batch.id).await?;
        match now.as_ref().map(|batch| batch.state.as_str()) {
            Some("running") => {
                self.close_batch(batch).await?;
                self.ledger.finish_batch(batch.id, now_ms()).await?;
            }
            Some("stopped") => {
                if let Err(error) = self.close_batch(batch).await {
                    tracing::info!(code = ?error.code, "a stopped batch could not be read back");
                }
            }
            _ => self.sort_out_batch(batch.id).await?,
        }
        Ok(())
    }

    async fn sort_out_batch(&self, batch: i64) -> Result<(), CommandError> {
        for (server_id, _) in self.ledger.batch_servers(batch).await? {
            self.sort_out(&server_id).await?;
            self.tell(Event::Tools { server_id });
        }
        self.tell(Event::Servers);
        Ok(())
    }

    /// Waits until PostHog's limits have room. False when the batch does not run any more; a paused one still ends
    /// what is `on_its_way`.
    pub(super) async fn turn(&self, batch: i64, between: bool) -> Result<bool, CommandError> {
        loop {
            let Some(at) = self.batches().pace.resumes(Instant::now()) else { break };
            let resumes = now_ms() + i64::try_from((at - Instant::now()).as_millis()).unwrap_or(i64::MAX);
            self.batches().current = Some((batch, Some(resumes)));
            self.tell(Event::Batches);
            tokio::select! {
                () = sleep_until(at) => {}
                () = self.wake_batch.notified() => {}
            }
            self.batches().current = Some((batch, None));
            let state = self.ledger.batch(&self.scope, batch).await?.map(|batch| batch.state);
            match state.as_deref() {
                Some("running") => {}
                Some("paused") if !between => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The second or third request of one decision: as part of a batch it waits for its turn, and again when PostHog
    /// says so. `None` when the batch was stopped meanwhile.
    pub(super) async fn ask_on(
        &self,
        batch: Option<i64>,
        api: &Posthog,
        tool: &ToolRecord,
        decision: Decision,
    ) -> Option<Result<Tool, ApiError>> {
        loop {
            if let Some(batch) = batch {
                if !self.turn(batch, false).await.unwrap_or(false) {
                    return None;
                }
                self.batches().pace.sends(Instant::now());
            }
            let answer = api.set_approval(self.number(), &tool.server_id, &tool.name, decision).await;
            match answer {
                Err(error) if batch.is_some() && error.kind == ErrorKind::Throttled => {
                    self.batches().pace.refused(Instant::now(), error.retry_after);
                }
                answer => return Some(answer),
            }
        }
    }

    /// One tool: checked again, written down, sent, written down.
    async fn send(&self, batch: &StoredBatch, item: &StoredItem) -> Result<Turn, CommandError> {
        let found = self.found(&item.server_id, &item.server_url, &item.tool).await?;
        let Some((server, tool)) = found else {
            return self.skip(batch, item, Some(ErrorCode::NotFound)).await;
        };
        let Some(decision) = of_word::<Decision>(&item.asked) else {
            return self.skip(batch, item, Some(ErrorCode::Invalid)).await;
        };
        // What this app does by itself is about a change nobody has decided on: by now somebody may have.
        if batch.kind == "automatic" && !changed_while_allowed(&tool) {
            return self.skip(batch, item, None).await;
        }
        let rule = PinRule::of(batch, item);
        if let Err(why) = self.check_again(item, (&server, &tool), decision, rule).await? {
            return self.skip(batch, item, why).await;
        }
        let api = self.api().await?;
        let new = NewDecision {
            server_url: &item.server_url,
            tool: &item.tool,
            kind: match batch.kind.as_str() {
                "undo" => "undone",
                "import" => "imported",
                "automatic" => "automatic",
                _ => "decided",
            },
            before: &tool.state,
            before_by: &tool.decided_by,
            asked: decision.as_str(),
            fingerprint_seen: &item.fingerprint,
            undoes: item.undoes,
            at: now_ms(),
        };
        let place = (batch.id, item.position);
        let Some(number) = self.ledger.begin_place(&self.scope, &new, place).await? else {
            return Ok(Turn::Held);
        };
        self.batches().pace.sends(Instant::now());
        match self.ask((number, Some(batch.id)), api, &tool, decision, &item.fingerprint).await? {
            Ok(answer) => {
                let seen = item.fingerprint.as_str();
                let (server, known) = (&server, &tool);
                let asked = Asked { server, known, number, decision, seen, pin: rule };
                self.read_back(asked, &answer).await?;
                self.heard(Ok(Turn::Settled))
            }
            Err(error) if error.kind == ErrorKind::Throttled => {
                self.ledger.forget_decision(number).await?;
                self.batches().pace.refused(Instant::now(), error.retry_after);
                Ok(Turn::Held)
            }
            Err(error) if concerns_all(&error) => {
                self.ledger.forget_decision(number).await?;
                self.heard(Err(error))
            }
            Err(error) => {
                self.note_refusal(&tool.server_id, number, &error).await?;
                let unknown = error.outcome_unknown();
                let told = self.heard::<()>(Err(error));
                Ok(told.err().filter(|_| unknown).map_or(Turn::Settled, Turn::Unknown))
            }
        }
    }

    async fn skip(
        &self,
        batch: &StoredBatch,
        item: &StoredItem,
        why: Option<ErrorCode>,
    ) -> Result<Turn, CommandError> {
        let why = why.map(|code| word(&code));
        self.ledger.skip_item(batch.id, item.position, why.as_deref()).await?;
        Ok(Turn::Settled)
    }

    /// What the plan said may not hold any more when its turn comes: then why it is not sent.
    async fn check_again(
        &self,
        item: &StoredItem,
        (server, tool): (&ServerRecord, &ToolRecord),
        decision: Decision,
        rule: PinRule,
    ) -> Result<Result<(), Option<ErrorCode>>, CommandError> {
        // The plan did not say that it loosens this one: nobody has seen the definition, or somebody tightened it since.
        let said = item.pin && is_looser(decision.as_str(), &item.before);
        if !said && is_looser(decision.as_str(), &tool.state) {
            return Ok(Err(Some(ErrorCode::Conflict)));
        }
        if rule != PinRule::Restore {
            return Ok(check(server, tool, decision, &item.fingerprint).map_err(|error| Some(error.code)));
        }
        let done = match item.undoes {
            Some(undone) => self.ledger.decision_to_undo(&self.scope, undone).await?,
            None => None,
        };
        let Some(done) = done else { return Ok(Err(Some(ErrorCode::NotFound))) };
        Ok(match undo_part(server, tool, &done) {
            PlanPart::Change => Ok(()),
            PlanPart::Already => Err(None),
            PlanPart::Moved => Err(Some(ErrorCode::DefinitionMoved)),
            PlanPart::Ceiling => Err(Some(ErrorCode::Ceiling)),
            PlanPart::Foreign | PlanPart::Missing => Err(Some(ErrorCode::Conflict)),
            PlanPart::Locked | PlanPart::NotYours | PlanPart::NotAddressable => Err(Some(ErrorCode::Fixed)),
        })
    }

    /// The tool a batch or the journal means, and its server: the installation that was meant, else the one that has
    /// its address now.
    pub(super) async fn found(
        &self,
        server_id: &str,
        server_url: &str,
        tool: &str,
    ) -> Result<Option<(ServerRecord, ToolRecord)>, CommandError> {
        let server = match self.cache.server(server_id).await? {
            Some(server) => Some(server),
            None => self.own_server_at(server_url).await?,
        };
        let Some(server) = server else { return Ok(None) };
        let tool = self.cache.tool(&server.id, tool).await?;
        Ok(tool.map(|tool| (server, tool)))
    }
}

/// It was certainly not taken, and the next tool would meet the same.
fn concerns_all(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ErrorKind::Offline
            | ErrorKind::Certificate
            | ErrorKind::NotPosthog
            | ErrorKind::BadOrigin
            | ErrorKind::KeyRefused
            | ErrorKind::MissingScope(_)
            | ErrorKind::KeyLimited
            | ErrorKind::ProjectNotFound
    )
}
