//! Where this app keeps its files.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};

/// Overrides the data folder, for tests and for people who keep several.
const DATA_DIR: &str = "HEDGEROW_DATA_DIR";

/// The data folder: the variable's, else the system's place for this app.
pub(crate) fn data_dir(app: &AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os(DATA_DIR).filter(|path| !path.is_empty()) {
        Some(path) => Ok(PathBuf::from(path)),
        None => app.path().app_data_dir(),
    }
}
