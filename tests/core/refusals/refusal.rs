//! What PostHog may refuse a call with, and how the sandbox is brought to it.

use hedgerow_core::view::{ActivityKind, ErrorCode};
use serde_json::{Value, json};

/// What brings a refusal about, or takes its cause away.
#[derive(Clone)]
pub(super) enum Step {
    /// A call of the sandbox's control endpoint.
    Control(&'static str, Value),
    /// The owner does this to the server with another program: method, path below the row, body.
    Elsewhere(&'static str, &'static str, Value),
    /// The next such call of the deed gets this answer.
    Answer(u16, Value),
}

/// One refusal, and what the person is told.
#[derive(Clone)]
pub(super) struct Refusal {
    /// The words.
    pub(super) says: &'static str,
    pub(super) code: ErrorCode,
    pub(super) field: Option<&'static str>,
    pub(super) retry_after: Option<u32>,
    pub(super) cause: Vec<Step>,
    pub(super) cure: Vec<Step>,
    /// What Activity says beside the deed itself.
    pub(super) noticed: Vec<(ActivityKind, &'static str)>,
}

impl Refusal {
    /// By the state of PostHog: cause and cure are calls of the control endpoint.
    pub(super) fn by(
        code: ErrorCode,
        says: &'static str,
        path: &'static str,
        cause: Value,
        cure: Value,
    ) -> Self {
        let refusal = Self { cause: Vec::new(), ..Self::answered(0, code, says, "") };
        refusal.caused_by(Step::Control(path, cause)).cured_by(Step::Control(path, cure))
    }

    /// By an answer with PostHog's code; `""` stands for a hand-written one (shape D of contract 1.5).
    pub(super) fn answered(status: u16, code: ErrorCode, says: &'static str, word: &'static str) -> Self {
        let body = match word {
            "" => json!({ "detail": says }),
            word => json!({"type": "x", "code": word, "detail": says, "attr": null}),
        };
        let cause = vec![Step::Answer(status, body)];
        Self { says, code, field: None, retry_after: None, cause, cure: Vec::new(), noticed: Vec::new() }
    }

    /// By an answer of shape E that names a field of the wire.
    pub(super) fn at(says: &'static str, word: &'static str, field: &'static str) -> Self {
        let body = json!({"type": "validation_error", "code": word, "detail": says, "attr": field});
        let refusal = Self::answered(400, ErrorCode::Invalid, says, word).told_at(field);
        Self { cause: vec![Step::Answer(400, body)], ..refusal }
    }

    pub(super) fn caused_by(mut self, step: Step) -> Self {
        self.cause.push(step);
        self
    }

    pub(super) fn cured_by(mut self, step: Step) -> Self {
        self.cure.push(step);
        self
    }

    pub(super) fn told_at(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    pub(super) fn noted(mut self, kind: ActivityKind, words: &'static str) -> Self {
        self.noticed.push((kind, words));
        self
    }

    /// Nobody can know whether PostHog did it.
    pub(super) fn leaves_it_open(&self) -> bool {
        matches!(self.code, ErrorCode::PosthogFailed)
    }
}

/// What any call may be refused with: the key, the project, the limits, PostHog's own trouble (contract 1.5, 1.7).
pub(super) fn any() -> Vec<Refusal> {
    let denied = "permission_denied";
    let scope = json!({"type": "authentication_error", "code": denied, "attr": null,
                       "detail": "API key missing required scope 'project:read'"});
    let mut throttled = Refusal::answered(
        0,
        ErrorCode::Throttled,
        "Request was throttled. Expected available in 30 seconds.",
        "",
    );
    throttled.retry_after = Some(30);
    throttled.cause = vec![Step::Answer(429, Value::Null)];
    vec![
        Refusal::answered(
            401,
            ErrorCode::KeyRefused,
            "Personal API key found in request Authorization header is invalid.",
            "authentication_failed",
        ),
        Refusal {
            cause: vec![Step::Answer(403, scope)],
            ..Refusal::answered(0, ErrorCode::MissingScope, "project:read", "")
        },
        Refusal::answered(
            403,
            ErrorCode::Forbidden,
            "API key does not have access to the requested project: ID 1.",
            denied,
        ),
        Refusal::answered(403, ErrorCode::Forbidden, "You don't have access to the project.", denied),
        Refusal::answered(404, ErrorCode::ProjectNotFound, "Project not found.", "not_found"),
        throttled,
        Refusal::answered(500, ErrorCode::PosthogFailed, "A server error occurred.", "error"),
    ]
}
