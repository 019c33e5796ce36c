//! Which of two answers is the newer one. A list that was asked for before a decision was answered shows the tool as it
//! was before; stored after that answer, it would pass for what PostHog has now.

use std::collections::HashMap;
use std::time::Instant;

/// As of when what is stored of each server is true: its row, and its tools. Whoever stores what PostHog said holds the
/// lock around this for as long as that takes.
#[derive(Debug, Default)]
pub(crate) struct AsOf {
    pub(crate) rows: Moments,
    pub(crate) tools: Moments,
}

/// One moment for each server, by its id. A list is as of when it was asked for, the answer to a write as of when it came.
#[derive(Debug, Default)]
pub(crate) struct Moments(HashMap<String, Instant>);

impl Moments {
    /// Whether something that is as of `asked` is older than what is stored of that server.
    pub(crate) fn is_newer(&self, server_id: &str, asked: Instant) -> bool {
        self.0.get(server_id).is_some_and(|stored| *stored >= asked)
    }

    /// What is stored of that server is as of `moment`.
    pub(crate) fn set(&mut self, server_id: &str, moment: Instant) {
        self.0.insert(server_id.to_owned(), moment);
    }
}
