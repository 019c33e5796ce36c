//! Files a person takes along: Activity, the policy, a backup. Written to a folder, never over another file; read back
//! with a dry run first.

mod backup;
mod import;
mod lines;
mod place;
mod policy;
mod read;

use std::io::Write;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::hedgerow::Hedgerow;
use crate::project::Project;
use crate::view::{CommandError, ErrorCode, ExportKind, ExportedFile};
pub(crate) use backup::BackupFile;
use place::NewFile;

/// The project a file was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileProject {
    /// Its name, for people.
    pub(crate) name: String,
    /// Host of the PostHog it belongs to, without a port.
    pub(crate) host: String,
}

impl Hedgerow {
    /// Writes a file about the project on screen to the `downloads` folder, or to `exports` in the data folder where
    /// there is none. Nobody else on this machine may read it, and no file is ever replaced.
    ///
    /// # Errors
    /// `signed_out` without a project; `internal` with the system's words when the file cannot be written.
    pub async fn export_file(
        &self,
        kind: ExportKind,
        downloads: Option<PathBuf>,
    ) -> Result<ExportedFile, CommandError> {
        let project = self.active()?;
        let about = self.about(&project).await?;
        let own = self.data_dir().join("exports");
        let mut file = NewFile::begin(downloads, own).map_err(not_written)?;
        let (what, ending, count) = match kind {
            ExportKind::ActivityJson => ("activity", "json", project.write_lines(&mut file, &about).await?),
            ExportKind::ActivityCsv => ("activity", "csv", project.write_table(&mut file).await?),
            ExportKind::Policy => ("policy", "json", project.write_policy(&mut file, &about).await?),
            ExportKind::Backup => ("backup", "json", project.write_backup(&mut file, &about).await?),
        };
        let date = jiff::Timestamp::now().strftime("%Y-%m-%d");
        let stem = format!("hedgerow-{what}-{}-{date}", slug(&about.name, project.number()));
        let (name, folder) = file.finish(&stem, ending).await.map_err(not_written)?;
        Ok(ExportedFile { name, folder, count })
    }

    async fn about(&self, project: &Project) -> Result<FileProject, CommandError> {
        let boot = self.account_views().await?;
        let account = boot.into_iter().find(|account| account.id == project.account.id);
        let projects = account.map(|account| account.projects).unwrap_or_default();
        let known = projects.into_iter().find(|known| known.id == project.number());
        let name = known.map_or_else(|| project.number().to_string(), |known| known.name);
        Ok(FileProject { name, host: project.account.origin.host_str().unwrap_or_default().to_owned() })
    }
}

/// How the JSON files begin: what it is, in which version, when it was made, of which project. The object stays open.
fn write_head(out: &mut Vec<u8>, what: &str, version: u32, about: &FileProject) -> std::io::Result<()> {
    let made_at = jiff::Timestamp::now();
    write!(out, "{{\n  \"hedgerow_{what}\": {version},\n  \"made_at\": \"{made_at}\",\n  \"project\": ")?;
    Ok(serde_json::to_writer(out, about)?)
}

fn not_written(error: std::io::Error) -> CommandError {
    tracing::warn!(%error, "a file could not be written");
    CommandError { message: error.to_string(), ..ErrorCode::Internal.plain() }
}

/// A project's name as part of a file name: small letters, digits and single hyphens, at most 40; else its number.
fn slug(name: &str, number: i64) -> String {
    let letters = name.chars().map(|letter| letter.to_ascii_lowercase());
    let plain: String =
        letters.map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(40).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { number.to_string() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_projects_name_is_part_of_a_file_name_only_with_harmless_letters() {
        assert_eq!(slug("Hedgehog Inc. (EU)", 7), "hedgehog-inc-eu");
        assert_eq!(slug("../../etc/passwd\0", 7), "etc-passwd");
        assert_eq!(slug("日本", 7), "7");
        assert_eq!(slug("", 7), "7");
        assert!(slug(&"long ".repeat(50), 7).len() <= 40);
    }
}
