//! Activity, and the files a person takes along.

use hedgerow_core::commands::*;
use hedgerow_core::view::*;
use tauri::{AppHandle, Manager, Runtime};

use super::{Answer, On};

#[tauri::command]
pub(crate) async fn list_activity(shell: On<'_>, args: ListActivity) -> Answer<ActivityPage> {
    shell.active()?.activity(&args.search, args.filter, args.offset, args.limit).await
}

#[tauri::command]
pub(crate) async fn export_file<R: Runtime>(
    app: AppHandle<R>,
    shell: On<'_>,
    args: ExportFile,
) -> Answer<ExportedFile> {
    shell.core()?.export_file(args.kind, app.path().download_dir().ok()).await
}

#[tauri::command]
pub(crate) async fn plan_import(shell: On<'_>, args: PlanImport) -> Answer<ImportPlan> {
    shell.active()?.plan_import(&args.text).await
}

#[tauri::command]
pub(crate) async fn apply_backup(shell: On<'_>) -> Answer<Accepted> {
    shell.active()?.apply_backup().await
}
