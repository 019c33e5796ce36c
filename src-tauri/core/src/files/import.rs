//! Taking a file in: first what it would do, then, when the person says so, doing it.

use std::collections::HashMap;

use super::backup::BackupFile;
use super::read::{PolicyFile, PolicyServer, ReadFile, read};
use crate::decide::Wish;
use crate::present;
use crate::project::{Project, now_ms};
use crate::store::{Kept, Merge, Merged, ServerRecord, ToolRecord};
use crate::text::visible_line;
use crate::view::{Accepted, BatchKind, CommandError, Decision, ErrorCode, ImportKind, ImportPlan, SeenTool};

/// Names said of each kind at most.
const NAMED: usize = 200;
const NAME: usize = 200;

/// What of a policy fits this project.
#[derive(Debug, Default)]
struct Resolved {
    wishes: Vec<Wish>,
    unknown_servers: Vec<String>,
    unknown_tools: Vec<String>,
    other_definitions: Vec<String>,
}

impl Project {
    /// Says what a policy file or a backup would do. Nothing is changed and nothing is sent.
    ///
    /// # Errors
    /// `invalid` at `text`, with the place and what is wrong there.
    pub async fn plan_import(&self, text: &str) -> Result<ImportPlan, CommandError> {
        self.planned_backup().take();
        match read(text)? {
            ReadFile::Policy(file) => self.plan_policy(&file).await,
            ReadFile::Backup(file) => self.plan_backup(file).await,
        }
    }

    async fn plan_policy(&self, file: &PolicyFile) -> Result<ImportPlan, CommandError> {
        let resolved = self.resolve(file).await?;
        Ok(ImportPlan {
            kind: ImportKind::Policy,
            plan: Some(self.plan_wishes(BatchKind::Import, None, resolved.wishes).await?),
            unknown_servers: resolved.unknown_servers,
            unknown_tools: resolved.unknown_tools,
            other_definitions: resolved.other_definitions,
            new_pins: 0,
            kept_pins: 0,
            new_batches: 0,
            new_events: 0,
        })
    }

    async fn resolve(&self, file: &PolicyFile) -> Result<Resolved, CommandError> {
        // Of several servers at one address the person's own one comes last and counts.
        let mut servers = self.cache.servers().await?;
        servers.sort_by_key(|server| server.is_owner);
        let servers: HashMap<&str, &ServerRecord> =
            servers.iter().map(|server| (server.url.as_str(), server)).collect();
        let mut resolved = Resolved::default();
        for wanted in &file.servers {
            let Some(server) = servers.get(wanted.url.as_str()) else {
                say(&mut resolved.unknown_servers, visible_line(&wanted.url, NAME));
                continue;
            };
            resolved.fit(wanted, server, &self.cache.all_tools(&server.id).await?);
        }
        Ok(resolved)
    }

    async fn plan_backup(&self, file: BackupFile) -> Result<ImportPlan, CommandError> {
        file.check(self)?;
        let Merged { new_pins, kept_pins, new_batches, new_events, .. } =
            self.merge(&file, Merge::DryRun).await?;
        *self.planned_backup() = Some(file);
        Ok(ImportPlan {
            kind: ImportKind::Backup,
            plan: None,
            unknown_servers: Vec::new(),
            unknown_tools: Vec::new(),
            other_definitions: Vec::new(),
            new_pins,
            kept_pins,
            new_batches,
            new_events,
        })
    }

    /// Takes in the backup that was planned last. Nothing is sent to PostHog.
    ///
    /// # Errors
    /// `not_found` when none was planned since the last one was taken in.
    pub async fn apply_backup(&self) -> Result<Accepted, CommandError> {
        let planned = self.planned_backup().take();
        let file = planned.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let merged = self.merge(&file, Merge::Apply).await?;
        let servers = self.cache.servers().await?;
        self.pins_moved(servers.iter().map(|server| server.id.as_str())).await?;
        Ok(Accepted { done: merged.new_pins, moved: 0, batch: merged.batch })
    }

    async fn merge(&self, file: &BackupFile, merge: Merge) -> Result<Merged, CommandError> {
        let BackupFile { definitions, tools, batches, events, .. } = file;
        let kept = Kept { definitions, tools, batches, events };
        Ok(self.ledger.merge(&self.scope, kept, merge, now_ms()).await?)
    }
}

impl Resolved {
    /// What a policy says of one server, beside what is known of its tools here.
    fn fit(&mut self, wanted: &PolicyServer, server: &ServerRecord, known: &[ToolRecord]) {
        let known = known.iter().filter(|tool| tool.removed_at.is_none());
        let known: HashMap<&str, &ToolRecord> = known.map(|tool| (tool.name.as_str(), tool)).collect();
        for wanted in &wanted.tools {
            let place = || format!("{} · {}", present::server_name(server), visible_line(&wanted.name, NAME));
            let Some(tool) = known.get(wanted.name.as_str()) else {
                say(&mut self.unknown_tools, place());
                continue;
            };
            let pin = wanted.fingerprint.is_some_and(|print| print.to_string() == tool.fingerprint);
            if !pin && wanted.fingerprint.is_some() {
                say(&mut self.other_definitions, place());
            }
            if pin || is_stricter(wanted.decision, &tool.state) {
                let (server_id, name) = (server.id.clone(), tool.name.clone());
                let seen = SeenTool { server_id, tool: name, fingerprint: tool.fingerprint.clone() };
                self.wishes.push(Wish { tool: seen, asked: wanted.decision, pin });
            }
        }
    }
}

/// On a definition the file does not know, nothing is loosened. A state this version does not know is the strictest.
fn is_stricter(wanted: Decision, state: &str) -> bool {
    Decision::from_word(state).is_some_and(|now| wanted > now)
}

fn say(list: &mut Vec<String>, words: String) {
    if list.len() < NAMED {
        list.push(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read::PolicyTool;

    const HERE: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const ELSEWHERE: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /// What comes of one tool of a policy: what is asked, and whether it may be pinned.
    fn asked(decision: Decision, print: Option<&str>, state: &str) -> Option<(Decision, bool)> {
        let fingerprint = print.map(|print| print.parse().unwrap());
        let tool = PolicyTool { name: "t".into(), decision, fingerprint };
        let wanted = PolicyServer { url: "https://a/".into(), name: String::new(), tools: vec![tool] };
        let server = ServerRecord { id: "s".into(), name: "A".into(), ..ServerRecord::default() };
        let known = ToolRecord {
            name: "t".into(),
            state: state.into(),
            fingerprint: HERE.into(),
            ..ToolRecord::default()
        };
        let mut resolved = Resolved::default();
        resolved.fit(&wanted, &server, &[known]);
        assert_eq!(resolved.other_definitions.is_empty(), print != Some(ELSEWHERE));
        assert!(
            resolved.wishes.iter().all(|wish| wish.tool.fingerprint == HERE && wish.tool.server_id == "s")
        );
        resolved.wishes.first().map(|wish| (wish.asked, wish.pin))
    }

    #[test]
    fn on_the_definition_of_the_file_every_decision_is_asked_and_may_be_pinned() {
        for decision in Decision::ALL {
            for state in ["approved", "needs_approval", "do_not_use", "a_new_word"] {
                assert_eq!(asked(decision, Some(HERE), state), Some((decision, true)));
            }
        }
    }

    #[test]
    fn on_another_definition_nothing_is_loosened_and_nothing_pinned() {
        use Decision::{Approved, DoNotUse, NeedsApproval};
        for print in [None, Some(ELSEWHERE)] {
            for (decision, state, expected) in [
                (Approved, "approved", None),
                (Approved, "needs_approval", None),
                (Approved, "do_not_use", None),
                (Approved, "a_new_word", None),
                (NeedsApproval, "approved", Some((NeedsApproval, false))),
                (NeedsApproval, "needs_approval", None),
                (NeedsApproval, "do_not_use", None),
                (NeedsApproval, "a_new_word", None),
                (DoNotUse, "approved", Some((DoNotUse, false))),
                (DoNotUse, "needs_approval", Some((DoNotUse, false))),
                (DoNotUse, "do_not_use", None),
                (DoNotUse, "a_new_word", None),
            ] {
                assert_eq!(asked(decision, print, state), expected, "{decision:?} on {state}");
            }
        }
    }

    #[test]
    fn a_tool_that_is_gone_is_said_and_not_asked_for() {
        let tool = PolicyTool { name: "t".into(), decision: Decision::DoNotUse, fingerprint: None };
        let wanted = PolicyServer { url: "https://a/".into(), name: String::new(), tools: vec![tool] };
        let server = ServerRecord { name: "A".into(), ..ServerRecord::default() };
        let gone = ToolRecord {
            name: "t".into(),
            removed_at: Some("2026-11-25T12:00:00Z".into()),
            ..ToolRecord::default()
        };
        let mut resolved = Resolved::default();
        resolved.fit(&wanted, &server, &[gone]);
        assert_eq!(resolved.unknown_tools, ["A · t"]);
        assert!(resolved.wishes.is_empty() && resolved.other_definitions.is_empty());
    }
}
