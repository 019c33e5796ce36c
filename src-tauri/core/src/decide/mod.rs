//! One decision: checked, journaled, sent, read back. What PostHog answers is what is shown, never what was asked.

use crate::posthog::{ApiError, Posthog, Tool};
use crate::present;
use crate::project::{Project, now_ms};
use crate::store::{Answer, NewDecision, ServerRecord, ToolRecord};
use crate::sync::tool_record;
use crate::view::{CommandError, Decision, DecisionOutcome, DecisionResult, ErrorCode, Event};

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
        self.refuse_offline()?;
        let server = self.cache.server(server_id).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let known = self.cache.tool(server_id, tool).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        check(&server, &known, decision, seen)?;

        let new = NewDecision {
            server_url: &server.url,
            tool,
            before: &known.state,
            asked: decision.as_str(),
            fingerprint_seen: seen,
            at: now_ms(),
        };
        let api = self.api().await?;
        let number = self.ledger.begin_decision(&self.scope, &new).await?;
        match self.ask(api, server_id, tool, decision, seen).await {
            Ok(answer) => self.read_back(&server, number, &answer, decision, seen).await,
            Err(error) => {
                self.note_refusal(server_id, number, &error).await?;
                self.heard(Err(error))
            }
        }
    }

    /// Sends the decision. Asking for `needs_approval` does nothing while a preset allows a tool nobody has decided
    /// on (contract 3.12); it takes `approved` first to leave a stored wish that `needs_approval` then replaces. A
    /// definition that is not the one seen is never approved on the way.
    async fn ask(
        &self,
        api: &Posthog,
        server_id: &str,
        tool: &str,
        decision: Decision,
        seen: &str,
    ) -> Result<Tool, ApiError> {
        let answer = api.set_approval(self.number(), server_id, tool, decision).await?;
        let swallowed = decision == Decision::NeedsApproval
            && answer.approval_state.as_str() == Decision::Approved.as_str()
            && answer.decided_by == "preset"
            && !answer.locked;
        if !swallowed || tool_record(server_id, &answer).fingerprint != seen {
            return Ok(answer);
        }
        api.set_approval(self.number(), server_id, tool, Decision::Approved).await?;
        api.set_approval(self.number(), server_id, tool, decision).await
    }

    async fn read_back(
        &self,
        server: &ServerRecord,
        number: i64,
        answer: &Tool,
        decision: Decision,
        seen: &str,
    ) -> Result<DecisionResult, CommandError> {
        let mut record = tool_record(&server.id, answer);
        let outcome = if record.fingerprint != seen {
            DecisionOutcome::DefinitionChanged
        } else if record.state != decision.as_str() {
            DecisionOutcome::KeptOtherwise
        } else {
            DecisionOutcome::AsAsked
        };
        let journal = Answer {
            result: match outcome {
                DecisionOutcome::AsAsked => "as_asked",
                DecisionOutcome::KeptOtherwise => "kept_otherwise",
                DecisionOutcome::DefinitionChanged => "definition_changed",
            },
            answered: Some(&record.state),
            decided_by: Some(&record.decided_by),
            pin: (outcome == DecisionOutcome::AsAsked).then_some(record.fingerprint.as_str()),
            at: now_ms(),
        };
        self.ledger.end_decision(number, &journal).await?;
        if outcome == DecisionOutcome::DefinitionChanged {
            let one = std::slice::from_ref(&record);
            self.ledger.observe(&self.scope, &server.url, one, false, now_ms()).await?;
        }
        self.place_tools(&server.url, std::slice::from_mut(&mut record)).await?;
        self.cache.put_tool(&record).await?;
        self.review_moved();
        self.tell(Event::Tools { server_id: server.id.clone() });
        self.tell(Event::Servers);
        Ok(DecisionResult { row: present::tool_row(server, &record), outcome })
    }

    /// A refusal leaves the tool as it was; without an answer nobody knows, so the truth is read again.
    async fn note_refusal(&self, server_id: &str, number: i64, error: &ApiError) -> Result<(), CommandError> {
        let result = if error.outcome_unknown() { "unknown" } else { "refused" };
        let answer = Answer { result, answered: None, decided_by: None, pin: None, at: now_ms() };
        self.ledger.end_decision(number, &answer).await?;
        if let Err(error) = self.sync_server(server_id).await {
            tracing::info!(code = ?error.code, "the tools could not be read back after a failed decision");
        }
        Ok(())
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
