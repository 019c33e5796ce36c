//! A file in the making: hidden and private while it is written, then put under a name nothing has.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use tempfile::NamedTempFile;

/// Bytes gathered before they go to the disk.
const CHUNK: usize = 1 << 18;
/// Names tried, `-2`, `-3` and so on, before giving up.
const NAMES: u32 = 1_000;

/// A file that is not complete yet; dropped before [`finish`](Self::finish) it leaves nothing behind.
#[derive(Debug)]
pub(super) struct NewFile {
    file: NamedTempFile,
    folder: PathBuf,
    gathered: Vec<u8>,
}

impl NewFile {
    /// Begins in the first of the two folders that takes a file; `own` is made when it is not there.
    pub(super) fn begin(wanted: Option<PathBuf>, own: PathBuf) -> io::Result<Self> {
        // On Unix such a file is readable and writable by its owner alone (0600), and stays so under its name.
        let hidden = |folder: &PathBuf| tempfile::Builder::new().prefix(".hedgerow-").tempfile_in(folder);
        if let Some(folder) = wanted
            && let Ok(file) = hidden(&folder)
        {
            return Ok(Self { file, folder, gathered: Vec::new() });
        }
        std::fs::create_dir_all(&own)?;
        Ok(Self { file: hidden(&own)?, folder: own, gathered: Vec::new() })
    }

    /// Adds what `write` puts into the buffer.
    pub(super) async fn add(&mut self, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        write(&mut self.gathered)?;
        if self.gathered.len() >= CHUNK { self.put().await } else { Ok(()) }
    }

    async fn put(&mut self) -> io::Result<()> {
        let mut file = self.file.as_file().try_clone()?;
        let bytes = std::mem::take(&mut self.gathered);
        on_disk(move || file.write_all(&bytes)).await
    }

    /// Completes the file and names it `<stem>.<ending>`, with a number where that is taken. Answers name and folder.
    pub(super) async fn finish(mut self, stem: &str, ending: &str) -> io::Result<(String, String)> {
        self.put().await?;
        let (mut file, folder) = (self.file, self.folder);
        let names = (1..=NAMES).map(|number| match number {
            1 => format!("{stem}.{ending}"),
            _ => format!("{stem}-{number}.{ending}"),
        });
        let names: Vec<String> = names.collect();
        on_disk(move || {
            file.as_file().sync_all()?;
            for name in names {
                match file.persist_noclobber(folder.join(&name)) {
                    Ok(_) => return Ok((name, folder.display().to_string())),
                    Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => file = taken.file,
                    Err(failed) => return Err(failed.error),
                }
            }
            Err(ErrorKind::AlreadyExists.into())
        })
        .await
    }
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn written(folder: &std::path::Path, text: &str) -> (String, String) {
        let mut file = NewFile::begin(Some(folder.to_owned()), folder.join("own")).unwrap();
        file.add(|out| out.write_all(text.as_bytes())).await.unwrap();
        file.finish("report", "json").await.unwrap()
    }

    fn names(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_file_is_never_written_over_another() {
        let folder = tempfile::tempdir().unwrap();
        for (text, name) in [("one", "report.json"), ("two", "report-2.json"), ("three", "report-3.json")] {
            assert_eq!(written(folder.path(), text).await.0, name);
            assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), text);
        }
        assert_eq!(std::fs::read_to_string(folder.path().join("report.json")).unwrap(), "one");
        assert_eq!(names(folder.path()).len(), 3, "nothing else is left");
    }

    #[tokio::test]
    async fn a_file_that_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = NewFile::begin(Some(folder.path().to_owned()), folder.path().join("own")).unwrap();
        file.add(|out| out.write_all(&[0; CHUNK])).await.unwrap();
        assert!(names(folder.path()).iter().all(|name| name.starts_with(".hedgerow-")));
        drop(file);
        assert!(names(folder.path()).is_empty());
    }

    #[tokio::test]
    async fn without_a_downloads_folder_the_file_goes_to_a_folder_of_our_own() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("data/exports");
        for wanted in [None, Some(folder.path().join("missing"))] {
            let file = NewFile::begin(wanted, own.clone()).unwrap();
            let (_, place) = file.finish("x", "csv").await.unwrap();
            assert_eq!(place, own.display().to_string());
        }
        assert_eq!(names(&own), ["x-2.csv", "x.csv"]);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (name, _) = written(folder.path(), "x").await;
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
