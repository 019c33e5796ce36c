//! Which requests the API saw. Paths only: queries and headers may hold nonces and keys.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

const KEPT: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Logged {
    pub(crate) at: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
}

#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<Logged>,
    counters: BTreeMap<String, u64>,
}

impl RequestLog {
    /// Counts a request when it arrives, so that one which is never answered shows too.
    pub(crate) fn arrived(&mut self, method: &str, path: &str) {
        *self.counters.entry(format!("{method} {path}")).or_default() += 1;
    }

    pub(crate) fn answered(&mut self, entry: Logged) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    pub(crate) fn entries(&self) -> &VecDeque<Logged> {
        &self.entries
    }

    pub(crate) fn counters(&self) -> &BTreeMap<String, u64> {
        &self.counters
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.counters.clear();
    }
}
