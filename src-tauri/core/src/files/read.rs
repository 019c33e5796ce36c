//! Reading a policy file or a backup: strict, within limits, and with the place of what is wrong.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::backup::BackupFile;
use super::{FileProject, backup, policy};
use crate::review::Fingerprint;
use crate::store::KeptTool;
use crate::text::visible_line;
use crate::view::{CommandError, Decision, ErrorCode};

/// Longest text that is read, bytes.
const LONGEST: usize = 64 << 20;
/// Most tools a policy may have, over all its servers.
const MOST_TOOLS: usize = 20_000;
/// Most tools a backup may have: all that were ever seen are in it.
const MOST_SEEN: usize = 200_000;
/// Longest address, as PostHog takes them (contract 2.2), bytes.
const ADDRESS: usize = 2_048;
const WORDS: usize = 500;

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum ReadFile {
    Policy(PolicyFile),
    Backup(BackupFile),
}

/// A policy (see `docs/policy-file.md`).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyFile {
    pub(super) hedgerow_policy: u32,
    /// For people; nothing depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) made_at: Option<String>,
    /// For people: a policy may be taken to another project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) project: Option<FileProject>,
    #[serde(deserialize_with = "unique")]
    pub(super) servers: Vec<PolicyServer>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyServer {
    pub(super) url: String,
    /// For people: the address is what counts.
    #[serde(default)]
    pub(super) name: String,
    #[serde(deserialize_with = "unique")]
    pub(super) tools: Vec<PolicyTool>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyTool {
    pub(super) name: String,
    pub(super) decision: Decision,
    /// The definition it was decided on; a file written by hand has none, nor has what nobody decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) fingerprint: Option<Fingerprint>,
}

/// Only what tells the kinds and versions of files apart.
#[derive(Deserialize)]
struct Head {
    hedgerow_policy: Option<u64>,
    hedgerow_backup: Option<u64>,
}

/// Reads a file.
///
/// # Errors
/// `invalid` at the field `text`, with the place and what is wrong there.
pub(super) fn read(text: &str) -> Result<ReadFile, CommandError> {
    if text.len() > LONGEST {
        return Err(refused("The file is longer than 64 MiB."));
    }
    let text = text.trim_start_matches('\u{feff}');
    let head: Head = parse(text)?;
    match (head.hedgerow_policy, head.hedgerow_backup) {
        (Some(version), None) if version == u64::from(policy::VERSION) => {
            let file: PolicyFile = parse(text)?;
            check_size(file.servers.iter().map(|server| server.tools.len()).sum())?;
            check_addresses(file.servers.iter().map(|server| server.url.as_str()))?;
            Ok(ReadFile::Policy(file))
        }
        (None, Some(version)) if version == u64::from(backup::VERSION) => {
            let file: BackupFile = parse(text)?;
            check_addresses(file.addresses())?;
            Ok(ReadFile::Backup(file))
        }
        (Some(version), None) | (None, Some(version)) => Err(refused(&format!(
            "The file has version {version} of its format. This Hedgerow reads version 1."
        ))),
        _ => Err(refused("This is neither a policy nor a backup that Hedgerow wrote.")),
    }
}

fn check_size(tools: usize) -> Result<(), CommandError> {
    if tools > MOST_TOOLS {
        return Err(refused(&format!("The file has {tools} tools. At most 20,000 are read.")));
    }
    Ok(())
}

fn check_addresses<'a>(mut urls: impl Iterator<Item = &'a str>) -> Result<(), CommandError> {
    if urls.any(|url| url.is_empty() || url.len() > ADDRESS) {
        return Err(refused("An address in the file is empty or longer than 2,048 bytes."));
    }
    Ok(())
}

/// The words name the place as a path and as line and column. Nothing the formats know is nested, and what they do not
/// know is passed over without recursion: depth is no way to fell this.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, CommandError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        if path == "." {
            refused(&error.inner().to_string())
        } else {
            refused(&format!("{path}: {}", error.inner()))
        }
    })?;
    reader.end().map_err(|error| refused(&error.to_string()))?;
    Ok(parsed)
}

pub(super) fn refused(words: &str) -> CommandError {
    CommandError { message: visible_line(words, WORDS), ..ErrorCode::Invalid.at("text") }
}

/// What an entry of a list is known by; a list names each once.
pub(super) trait Known {
    /// Entries such a list may have.
    const MOST: usize = MOST_TOOLS;

    fn known_by(&self) -> String;
}

impl Known for PolicyServer {
    fn known_by(&self) -> String {
        self.url.clone()
    }
}

impl Known for PolicyTool {
    fn known_by(&self) -> String {
        self.name.clone()
    }
}

impl Known for KeptTool {
    const MOST: usize = MOST_SEEN;

    fn known_by(&self) -> String {
        format!("{} · {}", self.server_url, self.name)
    }
}

/// A list that names nothing twice. Checked while reading, so that the error has a place.
pub(super) fn unique<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Known,
{
    struct Unique<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de> + Known> Visitor<'de> for Unique<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let (mut entries, mut seen) = (Vec::new(), HashSet::new());
            while let Some(entry) = list.next_element::<T>()? {
                let name = entry.known_by();
                if seen.contains(&name) {
                    let place = entries.len() + 1;
                    return Err(A::Error::custom(format_args!(
                        "`{name}` is there twice, again as number {place}"
                    )));
                }
                if entries.len() == T::MOST {
                    return Err(A::Error::custom(format_args!("more than {} entries", T::MOST)));
                }
                seen.insert(name);
                entries.push(entry);
            }
            Ok(entries)
        }
    }

    deserializer.deserialize_seq(Unique(PhantomData))
}

#[cfg(test)]
mod tests;
