//! The policy as a file people read and compare: servers by address, tools by name, what was decided, on which
//! definition. Sorted, so that two files differ only where the policies do.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::place::NewFile;
use super::read::{PolicyServer, PolicyTool};
use super::{FileProject, not_written};
use crate::project::Project;
use crate::review::Fingerprint;
use crate::store::StandingPin;
use crate::view::{CommandError, Decision};

/// Version of the format.
pub(super) const VERSION: u32 = 1;

impl Project {
    /// Writes what may be done in this project right now. Tools that are not offered any more, and states this version
    /// does not know, are left out. Answers how many tools are in it.
    pub(super) async fn write_policy(
        &self,
        file: &mut NewFile,
        about: &FileProject,
    ) -> Result<u32, CommandError> {
        let made_at = jiff::Timestamp::now().to_string();
        let head = |out: &mut Vec<u8>| {
            let project = indented(about, "  ")?;
            write!(out, "{{\n  \"hedgerow_policy\": {VERSION},\n  \"made_at\": \"{made_at}\",\n")?;
            write!(out, "  \"project\": {project},\n  \"servers\": [")
        };
        file.add(head).await.map_err(not_written)?;
        // By address; of several at one address the person's own.
        let mut servers = self.cache.servers().await?;
        servers.sort_by_key(|server| server.is_owner);
        let servers: BTreeMap<_, _> = servers.iter().map(|server| (server.url.as_str(), server)).collect();
        let mut count = 0;
        for (nth, (url, server)) in servers.into_iter().enumerate() {
            let mut known = self.cache.all_tools(&server.id).await?;
            known.retain(|tool| tool.removed_at.is_none());
            known.sort_by(|a, b| a.name.cmp(&b.name));
            let pins = self.ledger.standing_pins(&self.scope, url).await?;
            let tools: Vec<_> = known
                .into_iter()
                .filter_map(|tool| {
                    let decision = Decision::from_word(&tool.state)?;
                    let fingerprint = pins.get(&tool.name).and_then(|pin| decided_on(pin, decision));
                    Some(PolicyTool { name: tool.name, decision, fingerprint })
                })
                .collect();
            count += u32::try_from(tools.len()).unwrap_or(u32::MAX);
            let server = PolicyServer { url: url.to_owned(), name: server.name.clone(), tools };
            let add = |out: &mut Vec<u8>| {
                let comma = if nth == 0 { "" } else { "," };
                write!(out, "{comma}\n    {}", indented(&server, "    ")?)
            };
            file.add(add).await.map_err(not_written)?;
        }
        file.add(|out| out.write_all(b"\n  ]\n}\n")).await.map_err(not_written)?;
        Ok(count)
    }
}

/// The definition a person decided on: never the one there now, which nobody may have looked at. What was loosened
/// elsewhere since then was decided on none.
fn decided_on(pin: &StandingPin, decision: Decision) -> Option<Fingerprint> {
    let pinned = Decision::from_word(&pin.state)?;
    if decision < pinned {
        return None;
    }
    pin.fingerprint.parse().ok()
}

/// Pretty JSON whose further lines begin with `indent`. Strings hold no line breaks in JSON, so every one is layout.
fn indented(value: &impl Serialize, indent: &str) -> std::io::Result<String> {
    Ok(serde_json::to_string_pretty(value)?.replace('\n', &format!("\n{indent}")))
}
