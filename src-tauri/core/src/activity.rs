//! What was done and noticed here, as the Activity screen reads it.

use std::collections::HashMap;

use crate::present;
use crate::project::Project;
use crate::store::{LineQuery, NewEvent, SearchWord, ServerRecord, StoredLine};
use crate::text::visible_line;
use crate::view::{ActivityFilter, ActivityPage, ActivityRow, CommandError, Event};

/// Rows in one window at most.
const WINDOW: u32 = 200;
/// Words of a search that count: more than anybody types.
const WORDS: usize = 8;
const NAME: usize = 200;
const STATE: usize = 40;
const ERROR: usize = 500;

impl Project {
    /// Writes down what was noticed, and tells the window.
    pub(crate) async fn note(&self, events: &[NewEvent<'_>]) -> Result<(), CommandError> {
        if events.is_empty() {
            return Ok(());
        }
        self.ledger.note(&self.scope, events).await?;
        self.tell(Event::Activity);
        Ok(())
    }

    /// One window of Activity, newest first. At most 200 lines.
    pub async fn activity(
        &self,
        search: &str,
        filter: ActivityFilter,
        offset: u32,
        limit: u32,
    ) -> Result<ActivityPage, CommandError> {
        let servers = self.cache.servers().await?;
        let words = search.to_lowercase();
        let words = words.split_whitespace().take(WORDS).map(|word| search_word(word, &servers)).collect();
        let query = LineQuery { filter, words, offset, limit: limit.min(WINDOW) };
        let (lines, total) = self.ledger.lines(&self.scope, &query).await?;
        let names = Names::new(&servers);
        Ok(ActivityPage { rows: lines.iter().map(|line| names.row(line)).collect(), total })
    }
}

fn search_word(word: &str, servers: &[ServerRecord]) -> SearchWord {
    let named = servers.iter().filter(|server| server.name.to_lowercase().contains(word));
    SearchWord { text: word.to_owned(), servers: named.map(|server| server.url.clone()).collect() }
}

/// The servers of the project by their addresses: a line knows the address alone.
pub(crate) struct Names<'a>(HashMap<&'a str, &'a ServerRecord>);

impl<'a> Names<'a> {
    /// Of several servers at one address the person's own one counts.
    pub(crate) fn new(servers: &'a [ServerRecord]) -> Self {
        let (own, others): (Vec<_>, Vec<_>) = servers.iter().partition(|server| server.is_owner);
        Self(others.into_iter().chain(own).map(|server| (server.url.as_str(), server)).collect())
    }

    /// The line as the window shows it.
    pub(crate) fn row(&self, line: &StoredLine) -> ActivityRow {
        let server = self.0.get(line.server_url.as_str());
        let table = if line.decision { 'd' } else { 'e' };
        ActivityRow {
            id: format!("{table}{}", line.id),
            at: present::time(line.at),
            what: line.kind,
            server_id: server.map(|server| server.id.clone()),
            server_name: server
                .map_or_else(|| present::host(&line.server_url), |server| present::server_name(server)),
            tool: line.tool.clone(),
            label: line.tool.as_deref().map(|tool| visible_line(tool, NAME)).unwrap_or_default(),
            before: visible_line(&line.before, STATE),
            asked: visible_line(&line.asked, STATE),
            answered: visible_line(&line.answered, STATE),
            result: line.result.clone(),
            words: visible_line(&line.words, ERROR),
            batch: line.batch.as_deref().and_then(|batch| batch.parse().ok()),
            undo: line.standing.then_some(line.id),
        }
    }
}
