//! Review, and the watching that fills it.

use hedgerow_core::commands::*;
use hedgerow_core::view::*;

use super::{Answer, DONE, On};

#[tauri::command]
pub(crate) async fn review(shell: On<'_>) -> Answer<ReviewView> {
    shell.active()?.review().await
}

#[tauri::command]
pub(crate) async fn list_review(shell: On<'_>, args: ListReview) -> Answer<ReviewPage> {
    shell.active()?.review_page(args.offset, args.limit).await
}

#[tauri::command]
pub(crate) async fn get_review(shell: On<'_>, args: OnTool) -> Answer<ReviewDetail> {
    shell.active()?.review_detail(&args.server_id, &args.tool).await
}

#[tauri::command]
pub(crate) async fn put_off(shell: On<'_>, args: PutOff) -> Answer<Nothing> {
    let SeenTool { server_id, tool, fingerprint } = &args.tool;
    shell.active()?.put_off(server_id, tool, fingerprint, args.later).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn put_off_many(shell: On<'_>, args: PutOffMany) -> Answer<PutOffDone> {
    shell.active()?.put_off_many(args.tools, args.later).await
}

#[tauri::command]
pub(crate) async fn accept(shell: On<'_>, args: Accept) -> Answer<Accepted> {
    shell.active()?.accept(args.tools).await
}

#[tauri::command]
pub(crate) async fn accept_finding(shell: On<'_>, args: AcceptFinding) -> Answer<Nothing> {
    let project = shell.active()?;
    project.accept_finding(&args.server_id, &args.tool, &args.finding, args.accepted).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn watch(shell: On<'_>) -> Answer<WatchView> {
    shell.active()?.watch().await
}

#[tauri::command]
pub(crate) async fn watch_settings(shell: On<'_>) -> Answer<WatchSettings> {
    shell.core()?.watch_settings().await
}

#[tauri::command]
pub(crate) async fn set_watch_settings(shell: On<'_>, args: WatchSettings) -> Answer<Nothing> {
    shell.core()?.set_watch_settings(args).await.map(|()| DONE)
}
