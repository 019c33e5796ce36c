//! What waits in Review: worked out from the ledger whenever a tool or its pin moves, kept in the cache.

mod compare;
mod findings;
mod place;
mod reading;

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use crate::project::Project;
use crate::store::{Observed, PutOff, ReviewFacts, ServerRecord, ToolRecord};
use crate::view::{ActiveProject, CommandError, ErrorCode, Event, ReviewGroup};

use place::{Facts, place};

impl ReviewGroup {
    /// All of them, in the order of the screen. The cache keeps the index.
    pub const ALL: [Self; 9] = [
        Self::ChangedAllowed,
        Self::CameBack,
        Self::NewAllowed,
        Self::Loosened,
        Self::New,
        Self::ChangedOtherwise,
        Self::Removed,
        Self::Connections,
        Self::Unpinned,
    ];

    /// The number the cache keeps.
    #[must_use]
    pub fn number(self) -> i64 {
        self as i64
    }

    /// Agents may be calling it right now.
    pub(crate) fn is_loud(self) -> bool {
        matches!(self, Self::ChangedAllowed | Self::CameBack | Self::NewAllowed)
    }
}

/// Something was noticed that is worth a word on the desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Where it was noticed; another project may be on screen when it is clicked.
    pub project: ActiveProject,
    /// Name of the server, controls visible, clipped.
    pub server_name: String,
    /// Tools that agents may call and that are not what was decided on.
    pub changed: u32,
    /// Tools that came back with the decision they had.
    pub came_back: u32,
    /// New tools that may be called already.
    pub new_allowed: u32,
}

impl Project {
    /// Moves whenever something in Review does.
    pub(crate) fn review_revision(&self) -> i64 {
        self.review_revision.load(Ordering::SeqCst)
    }

    /// Says that something in Review moved.
    pub(crate) fn review_moved(&self) {
        self.review_revision.fetch_add(1, Ordering::SeqCst);
        self.tell(Event::Review);
    }

    /// False for a server that somebody lends where the person has one of their own at the same address (contract 2.2):
    /// the ledger knows tools by address, and two lists of one address would take turns in it.
    pub(crate) async fn speaks_for_its_address(&self, server: &ServerRecord) -> Result<bool, CommandError> {
        Ok(server.is_owner || self.own_server_at(&server.url).await?.is_none())
    }

    /// Gives tools of one server their places. The tools must have been observed.
    pub(crate) async fn place_tools(
        &self,
        server: &ServerRecord,
        tools: &mut [ToolRecord],
    ) -> Result<(), CommandError> {
        let facts = if self.speaks_for_its_address(server).await? {
            self.ledger.review_facts(&self.scope, &server.url).await?
        } else {
            ReviewFacts::default()
        };
        for tool in tools {
            let of_tool = Facts {
                pin: facts.pins.get(&tool.name),
                past: facts.pasts.get(&tool.name),
                contact_at: facts.contact_at,
            };
            let found = place(tool, of_tool);
            tool.changed = found.base.as_ref().is_some_and(|base| *base != tool.fingerprint);
            tool.review = found.group.map(ReviewGroup::number);
            tool.later = found.later;
            tool.noticed_at = found.noticed_at;
            tool.gone_at = found.gone_at;
            tool.base = found.base;
        }
        Ok(())
    }

    /// Works out again what of one server waits in Review. To be called after pins of its tools moved.
    pub(crate) async fn sort_out(&self, server_id: &str) -> Result<(), CommandError> {
        let Some(server) = self.cache.server(server_id).await? else { return Ok(()) };
        let before = self.cache.all_tools(server_id).await?;
        let mut after = before.clone();
        self.place_tools(&server, &mut after).await?;
        let moved: Vec<ToolRecord> = after
            .into_iter()
            .zip(&before)
            .filter(|(after, before)| after != *before)
            .map(|(after, _)| after)
            .collect();
        if !moved.is_empty() {
            self.cache.put_places(&moved).await?;
            self.tell(Event::Tools { server_id: server_id.to_owned() });
            self.tell(Event::Servers);
        }
        self.review_moved();
        Ok(())
    }

    /// The loud ones of what a sync found get a word on the desktop. The ledger tells of each once: so this comes before
    /// the cache is written, which may fail, and then the next sync finds nothing new.
    pub(crate) async fn say_on_desktop(
        &self,
        server: &ServerRecord,
        tools: &[ToolRecord],
        observed: &Observed,
    ) -> Result<(), CommandError> {
        let project = ActiveProject { account: self.account.id.clone(), project: self.number() };
        let mut word = Notification {
            project,
            server_name: crate::present::server_name(server),
            changed: 0,
            came_back: 0,
            new_allowed: 0,
        };
        let places: HashMap<&str, (ReviewGroup, bool)> = tools
            .iter()
            .filter(|tool| !tool.later)
            .filter_map(|tool| Some((tool.name.as_str(), (group_of(tool.review?)?, tool.changed))))
            .collect();
        for noticed in &observed.noticed {
            match places.get(noticed.tool.as_str()).filter(|(group, _)| group.is_loud()) {
                Some((ReviewGroup::ChangedAllowed, _) | (ReviewGroup::CameBack, true)) => word.changed += 1,
                Some((ReviewGroup::CameBack, false)) => word.came_back += 1,
                Some(_) => word.new_allowed += 1,
                None => {}
            }
        }
        if word.changed + word.came_back + word.new_allowed > 0 && self.ledger.watch_settings().await?.notify
        {
            let _ = self.notifications.send(word);
        }
        Ok(())
    }

    /// Puts an entry off, for the definition that was on screen and where it waits now, or brings it back.
    ///
    /// # Errors
    /// `definition_moved` when another definition is known by now; `not_found`.
    pub async fn put_off(
        &self,
        server_id: &str,
        tool: &str,
        seen: &str,
        later: bool,
    ) -> Result<(), CommandError> {
        let server = self.server_record(server_id).await?;
        let known = self.cache.tool(server_id, tool).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        if known.fingerprint != seen {
            return Err(ErrorCode::DefinitionMoved.plain());
        }
        let group = known.review.and_then(group_of);
        let at = crate::project::now_ms();
        let mark = later.then(|| PutOff { fingerprint: seen.to_owned(), group, at });
        self.ledger.put_off(&self.scope, &server.url, tool, mark).await?;
        self.sort_out(server_id).await
    }

    /// Remembers that the person knows a piece of evidence at a tool, or forgets it.
    ///
    /// # Errors
    /// `not_found` for an unknown server or tool.
    pub async fn accept_finding(
        &self,
        server_id: &str,
        tool: &str,
        finding: &str,
        accepted: bool,
    ) -> Result<(), CommandError> {
        let server = self.server_record(server_id).await?;
        let now = crate::project::now_ms();
        self.ledger.set_known_finding(&self.scope, &server.url, tool, finding, accepted, now).await?;
        self.tell(Event::Review);
        Ok(())
    }
}

/// Agents may call it, and it is not the definition that was decided on, whether it was gone in between or not.
pub(crate) fn changed_while_allowed(tool: &ToolRecord) -> bool {
    let group = tool.review.and_then(group_of);
    group == Some(ReviewGroup::ChangedAllowed) || (group == Some(ReviewGroup::CameBack) && tool.changed)
}

/// The group of a number the cache kept.
pub(crate) fn group_of(number: i64) -> Option<ReviewGroup> {
    ReviewGroup::ALL.get(usize::try_from(number).ok()?).copied()
}
