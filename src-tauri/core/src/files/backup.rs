//! A backup of what only this machine knows about a project: pins, definitions and when they were seen, the journal,
//! marks and known findings, batches and what was noticed.

use std::collections::HashSet;
use std::io::Write;

use serde::{Deserialize, Serialize};
use tokio_stream::{Stream, StreamExt};

use super::place::NewFile;
use super::read::{refused, unique};
use super::{FileProject, not_written, write_head};
use crate::project::Project;
use crate::review::fingerprint;
use crate::store::{KeptBatch, KeptDefinition, KeptEvent, KeptTool, StoreError};
use crate::view::CommandError;

/// Version of the format.
pub(super) const VERSION: u32 = 1;

/// A backup (see `docs/policy-file.md`).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackupFile {
    pub(super) hedgerow_backup: u32,
    /// For people.
    pub(super) made_at: String,
    pub(super) project: FileProject,
    /// PostHog's number of the project.
    pub(super) number: i64,
    /// PostHog's uuid of the person: what somebody decided is theirs.
    pub(super) person: String,
    #[serde(deserialize_with = "unique")]
    pub(super) tools: Vec<KeptTool>,
    pub(super) definitions: Vec<KeptDefinition>,
    /// Absent in files of before it was kept, as is the next.
    #[serde(default)]
    pub(super) batches: Vec<KeptBatch>,
    #[serde(default)]
    pub(super) events: Vec<KeptEvent>,
}

impl BackupFile {
    /// Every address in it.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        let items = self.batches.iter().flat_map(|batch| &batch.items).map(|item| &item.server_url);
        let events = self.events.iter().map(|event| &event.server_url);
        self.tools.iter().map(|tool| &tool.server_url).chain(items).chain(events).map(String::as_str)
    }

    /// Whether the file belongs here, and is whole: each definition has the fingerprint it says, and none is missing.
    pub(super) fn check(&self, project: &Project) -> Result<(), CommandError> {
        let host = project.account.origin.host_str().unwrap_or_default();
        if self.project.host != host || self.number != project.number() {
            return Err(refused(&format!(
                "This is the backup of project {} on {}, which is not the one on screen.",
                self.number, self.project.host
            )));
        }
        if self.person != project.scope.user_uuid {
            return Err(refused("This is the backup of another person."));
        }
        let altered = self.definitions.iter().find(|kept| {
            let print = fingerprint(&kept.name, &kept.title, &kept.description, &kept.schema);
            print.to_string() != kept.fingerprint
        });
        if let Some(kept) = altered {
            return Err(refused(&format!(
                "The definition of `{}` is not the one its fingerprint stands for.",
                kept.name
            )));
        }
        let there: HashSet<&str> = self.definitions.iter().map(|kept| kept.fingerprint.as_str()).collect();
        let is_whole =
            |tool: &KeptTool| tool.seen.iter().all(|seen| there.contains(seen.fingerprint.as_str()));
        match self.tools.iter().find(|tool| !is_whole(tool)) {
            Some(tool) => {
                Err(refused(&format!("A definition that `{}` was seen with is not in the file.", tool.name)))
            }
            None => Ok(()),
        }
    }
}

impl Project {
    /// Writes the backup; answers how many pins are in it. Pins and batches are read before the journal, and the journal
    /// before the definitions: what is decided meanwhile leaves no reference that leads nowhere.
    pub(super) async fn write_backup(
        &self,
        file: &mut NewFile,
        about: &FileProject,
    ) -> Result<u32, CommandError> {
        let head = |out: &mut Vec<u8>| {
            write_head(out, "backup", VERSION, about)?;
            write!(out, ",\n  \"number\": {},\n  \"person\": ", self.number())?;
            serde_json::to_writer(&mut *out, &self.scope.user_uuid)?;
            write!(out, ",\n  \"batches\": [")
        };
        file.add(head).await.map_err(not_written)?;
        let mut first = true;
        for batch in self.ledger.kept_batches(&self.scope).await? {
            let kept = self.ledger.kept_batch(batch).await?;
            file.add(|out| entry(out, std::mem::take(&mut first), &kept)).await.map_err(not_written)?;
        }
        file.add(|out| out.write_all(b"\n  ],\n  \"tools\": [")).await.map_err(not_written)?;
        let pins = self.write_tools(file).await?;
        file.add(|out| out.write_all(b"\n  ],\n  \"definitions\": [")).await.map_err(not_written)?;
        write_rows(file, self.ledger.kept_definitions(&self.scope)).await?;
        file.add(|out| out.write_all(b"\n  ],\n  \"events\": [")).await.map_err(not_written)?;
        write_rows(file, self.ledger.kept_events(&self.scope)).await?;
        file.add(|out| out.write_all(b"\n  ]\n}\n")).await.map_err(not_written)?;
        Ok(pins)
    }

    async fn write_tools(&self, file: &mut NewFile) -> Result<u32, CommandError> {
        let tools = self.ledger.kept_tools(&self.scope).await?;
        let mut journal = self.ledger.kept_journal(&self.scope);
        let mut next = journal.try_next().await?;
        let (mut first, mut pins) = (true, 0);
        for mut tool in tools {
            while let Some((url, name, decision)) = next.take() {
                match (url.as_str(), name.as_str()).cmp(&(&*tool.server_url, &*tool.name)) {
                    std::cmp::Ordering::Equal => tool.journal.push(decision),
                    // A tool that was first decided on just now.
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Greater => {
                        next = Some((url, name, decision));
                        break;
                    }
                }
                next = journal.try_next().await?;
            }
            pins += u32::from(tool.pin.is_some());
            file.add(|out| entry(out, std::mem::take(&mut first), &tool)).await.map_err(not_written)?;
        }
        Ok(pins)
    }
}

/// Writes rows as they come.
async fn write_rows<T: Serialize>(
    file: &mut NewFile,
    mut rows: impl Stream<Item = Result<T, StoreError>> + Unpin,
) -> Result<(), CommandError> {
    let mut first = true;
    while let Some(row) = rows.try_next().await? {
        file.add(|out| entry(out, std::mem::take(&mut first), &row)).await.map_err(not_written)?;
    }
    Ok(())
}

fn entry(out: &mut Vec<u8>, first: bool, value: &impl Serialize) -> std::io::Result<()> {
    out.write_all(if first { b"\n    " } else { b",\n    " })?;
    Ok(serde_json::to_writer(out, value)?)
}
