//! Decisions, one or a thousand: checked, journaled, sent, read back. What PostHog answers is what is shown, never what
//! was asked.

mod accept;
mod batch;
mod later;
mod pace;
mod plan;
mod planning;
mod run;
mod settle;
mod showing;
mod undo;
mod words;

use std::collections::VecDeque;
use std::time::Instant;

use tokio::task::AbortHandle;

use crate::posthog::{ApiError, Posthog, Tool};
use crate::present;
use crate::project::{Project, now_ms};
use crate::store::{Answer, NewDecision, Pinning, ServerRecord, StoredBatch, StoredItem, ToolRecord};
use crate::sync::tool_record;
use crate::view::{CommandError, Decision, DecisionOutcome, DecisionResult, ErrorCode, Event};

pub(crate) use pace::Pace;
pub use pace::Window;
pub(crate) use planning::Wish;

/// Plans and the one task that applies them.
#[derive(Debug)]
pub(crate) struct Batches {
    plans: VecDeque<plan::Plan>,
    last_plan: i64,
    pace: Pace,
    /// The batch that is being sent, and when it goes on if it is held up, ms.
    current: Option<(i64, Option<i64>)>,
    task: Option<AbortHandle>,
    /// A batch was added or let go on since the task last looked.
    again: bool,
}

impl Batches {
    pub(crate) fn new(windows: [Window; 2]) -> Self {
        let pace = Pace::new(windows);
        // Begins at the time, so that no plan of another project, or of an earlier run, has the number.
        Self { plans: VecDeque::new(), last_plan: now_ms(), pace, current: None, task: None, again: false }
    }

    /// Ends the task; what it was at is found interrupted when the project is opened again.
    pub(crate) fn abort(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// What an answer does to the pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PinRule {
    /// A person decided: the definition that was on screen is pinned when it is as asked.
    Seen,
    /// A decision is taken back: the pin it replaced comes back, whatever the definition is now.
    Restore,
    /// This app acted by itself, or a file speaks of another definition: nobody has seen this one.
    Leave,
}

/// A decision that was sent.
#[derive(Clone, Copy)]
struct Asked<'a> {
    server: &'a ServerRecord,
    /// The tool as it was known.
    known: &'a ToolRecord,
    /// Row of the journal.
    number: i64,
    decision: Decision,
    seen: &'a str,
    pin: PinRule,
}

impl Decision {
    /// All of them, the loosest first.
    pub const ALL: [Self; 3] = [Self::Approved, Self::NeedsApproval, Self::DoNotUse];

    /// The word on the wire (contract 2.3).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::NeedsApproval => "needs_approval",
            Self::DoNotUse => "do_not_use",
        }
    }

    /// The decision a word on the wire stands for; `None` for a word this version does not know.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.as_str() == word)
    }
}

impl Project {
    /// Decides about one tool. `seen` is the fingerprint of the definition that was on screen.
    ///
    /// # Errors
    /// `definition_moved` when another definition is known by now, `fixed` and `ceiling` when the tool cannot be
    /// decided on like that, `offline`; else what PostHog refused with. After an error nothing is pinned.
    pub async fn decide(
        &self,
        server_id: &str,
        tool: &str,
        decision: Decision,
        seen: &str,
    ) -> Result<DecisionResult, CommandError> {
        // One after the other, so that the last word of a person is the last that is sent.
        let _turn = self.deciding.lock().await;
        self.refuse_offline()?;
        let server = self.cache.server(server_id).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let known = self.cache.tool(server_id, tool).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        check(&server, &known, decision, seen)?;

        let new = NewDecision {
            server_url: &server.url,
            tool,
            kind: "decided",
            before: &known.state,
            before_by: &known.decided_by,
            asked: decision.as_str(),
            fingerprint_seen: seen,
            undoes: None,
            at: now_ms(),
        };
        let api = self.api().await?;
        let number = self.ledger.begin_decision(&self.scope, &new).await?;
        let asked = Asked { server: &server, known: &known, number, decision, seen, pin: PinRule::Seen };
        let written = match self.ask((number, None), api, &known, decision, seen).await {
            Ok(Ok(answer)) => self.read_back(asked, &answer).await.map(Ok),
            Ok(Err(error)) => self.note_refusal(server_id, number, &error).await.map(|()| Err(error)),
            Err(error) => Err(error),
        };
        let result = match written {
            Ok(Ok((record, outcome))) => {
                self.sort_out(server_id).await?;
                let record = self.cache.tool(server_id, tool).await?.unwrap_or(record);
                Ok(DecisionResult { row: present::tool_row(&server, &record), outcome, decision: number })
            }
            Ok(Err(error)) => {
                let refused = self.heard(Err(error));
                // Last, because it may find that PostHog can be reached after all.
                self.read_again(server_id).await;
                refused
            }
            Err(error) => {
                self.end_unwritten(number).await;
                self.read_again(server_id).await;
                Err(error)
            }
        };
        self.tell(Event::Tools { server_id: server.id });
        self.tell(Event::Servers);
        self.tell(Event::Activity);
        result
    }

    /// Sends a decision, journaled with this number, maybe as part of a batch. Asking for `needs_approval` does nothing
    /// while a preset allows a tool nobody has decided on (contract 3.12); it takes `approved` first to leave a stored
    /// wish that `needs_approval` then replaces. The journal says that `approved` is stored before the last request
    /// goes: whatever becomes of that one, this stands. A definition that is not the one seen is never approved on the
    /// way.
    ///
    /// # Errors
    /// When the journal cannot be written; what PostHog refused with is inside.
    async fn ask(
        &self,
        (number, batch): (i64, Option<i64>),
        api: &Posthog,
        tool: &ToolRecord,
        decision: Decision,
        seen: &str,
    ) -> Result<Result<Tool, ApiError>, CommandError> {
        let answer = api.set_approval(self.number(), &tool.server_id, &tool.name, decision).await;
        let Ok(answer) = answer else { return Ok(answer) };
        let swallowed = decision == Decision::NeedsApproval
            && answer.approval_state.as_str() == Decision::Approved.as_str()
            && answer.decided_by == "preset"
            && !answer.locked;
        if !swallowed || tool_record(&tool.server_id, &answer).fingerprint != seen {
            return Ok(Ok(answer));
        }
        // Without a turn for the next step the last answer is what is true.
        let Some(allowed) = self.ask_on(batch, api, tool, Decision::Approved).await else {
            return Ok(Ok(answer));
        };
        let Ok(allowed) = allowed else { return Ok(allowed) };
        let (state, by) = (allowed.approval_state.as_str(), allowed.decided_by.as_str());
        self.ledger.stands_on_the_way(number, state, by, now_ms()).await?;
        Ok(self.ask_on(batch, api, tool, decision).await.unwrap_or(Ok(allowed)))
    }

    /// Writes down what PostHog answered: first what it means, then what is there now.
    async fn read_back(
        &self,
        asked: Asked<'_>,
        answer: &Tool,
    ) -> Result<(ToolRecord, DecisionOutcome), CommandError> {
        let server = asked.server;
        // Its place in Review stays until it is worked out for the whole server.
        let ToolRecord { review, later, noticed_at, gone_at, ref base, .. } = *asked.known;
        let base = base.clone();
        let mut record =
            ToolRecord { review, later, noticed_at, gone_at, base, ..tool_record(&server.id, answer) };
        let same = record.fingerprint == asked.seen;
        let outcome = if !same {
            DecisionOutcome::DefinitionChanged
        } else if record.state != asked.decision.as_str() {
            DecisionOutcome::KeptOtherwise
        } else {
            DecisionOutcome::AsAsked
        };
        let as_asked = record.state == asked.decision.as_str();
        let journal = Answer {
            result: match outcome {
                DecisionOutcome::AsAsked => "as_asked",
                DecisionOutcome::KeptOtherwise => "kept_otherwise",
                DecisionOutcome::DefinitionChanged => "definition_changed",
            },
            answered: Some(&record.state),
            decided_by: Some(&record.decided_by),
            pin: asked.pin.at(as_asked, same, asked.seen),
            problem: None,
            words: "",
            at: now_ms(),
        };
        self.ledger.end_decision(asked.number, &journal).await?;
        let mut as_of = self.as_of.lock().await;
        as_of.tools.set(&server.id, Instant::now());
        let pin = self.ledger.standing_pin(&self.scope, &server.url, &record.name).await?;
        record.changed = pin.is_some_and(|pin| pin.fingerprint != record.fingerprint);
        if !same {
            let one = std::slice::from_mut(&mut record);
            let observed = self.ledger.observe(&self.scope, &server.url, one, false, now_ms()).await?;
            self.place_tools(server, one).await?;
            self.say_on_desktop(server, one, &observed).await?;
        }
        self.cache.put_tool(&record).await?;
        Ok((record, outcome))
    }

    /// A refusal leaves the tool as it was; without an answer nobody knows.
    async fn note_refusal(&self, server_id: &str, number: i64, error: &ApiError) -> Result<(), CommandError> {
        // A list that was asked for before does not know what became of it.
        self.as_of.lock().await.tools.set(server_id, Instant::now());
        let told = CommandError::from(error);
        let answer = Answer {
            result: if error.outcome_unknown() { "unknown" } else { "refused" },
            answered: None,
            decided_by: None,
            pin: Pinning::Leave,
            problem: Some(&words::word(&told.code)),
            words: &told.message,
            at: now_ms(),
        };
        Ok(self.ledger.end_decision(number, &answer).await?)
    }

    /// What became of a decision could not be written down. The journal says so, if it can: else the next start does.
    async fn end_unwritten(&self, number: i64) {
        if let Err(error) = self.ledger.end_unknown(number).await {
            tracing::error!(%error, "the end of a decision could not be journaled");
        }
    }

    /// Reads the truth again after a decision failed.
    async fn read_again(&self, server_id: &str) {
        if let Err(error) = self.sync_server(server_id).await {
            tracing::info!(code = ?error.code, "the tools could not be read back after a failed decision");
        }
    }
}

impl PinRule {
    fn of(batch: &StoredBatch, item: &StoredItem) -> Self {
        match batch.kind.as_str() {
            _ if !item.pin => Self::Leave,
            "undo" => Self::Restore,
            "automatic" => Self::Leave,
            _ => Self::Seen,
        }
    }

    fn at(self, as_asked: bool, same_definition: bool, seen: &str) -> Pinning<'_> {
        match self {
            Self::Seen if as_asked && same_definition => Pinning::Set(seen),
            Self::Restore if as_asked => Pinning::Restore,
            _ => Pinning::Leave,
        }
    }
}

fn check(
    server: &ServerRecord,
    tool: &ToolRecord,
    decision: Decision,
    seen: &str,
) -> Result<(), CommandError> {
    if present::fixed(server, tool).is_some() {
        return Err(ErrorCode::Fixed.plain());
    }
    if !present::choices(server, tool).contains(&decision) {
        return Err(ErrorCode::Ceiling.plain());
    }
    if tool.fingerprint != seen {
        return Err(ErrorCode::DefinitionMoved.plain());
    }
    Ok(())
}
