//! The callback scheme, the data folder, and what went wrong in the page.

use hedgerow_core::commands::*;
use hedgerow_core::view::*;
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt;

use super::{Answer, DONE, On, error};
use crate::scheme;

#[tauri::command]
pub(crate) async fn scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    Ok(scheme::view(&app, shell.core()?.scheme_declined().await?).await)
}

#[tauri::command]
pub(crate) async fn claim_scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    shell.core()?.set_scheme_declined(false).await?;
    scheme::claim(&app).await.map_err(|message| CommandError { message, ..error(ErrorCode::Internal) })?;
    Ok(scheme::view(&app, false).await)
}

#[tauri::command]
pub(crate) async fn decline_scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    shell.core()?.set_scheme_declined(true).await?;
    Ok(scheme::view(&app, true).await)
}

#[tauri::command]
pub(crate) async fn release_scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    shell.core()?.set_scheme_declined(true).await?;
    scheme::release(&app).await.map_err(|message| CommandError { message, ..error(ErrorCode::Internal) })?;
    Ok(scheme::view(&app, true).await)
}

#[tauri::command]
pub(crate) async fn open_data_folder<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<Nothing> {
    let folder = shell.core()?.data_dir().display().to_string();
    app.opener().open_path(folder, None::<&str>).map(|()| DONE).map_err(|_| error(ErrorCode::BrowserFailed))
}

#[tauri::command]
pub(crate) async fn remove_my_data<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<Nothing> {
    shell.core()?.remove_my_data().await?;
    app.exit(0);
    Ok(DONE)
}

#[tauri::command]
pub(crate) async fn report_ui_error(args: ReportUiError) -> Answer<Nothing> {
    let message = hedgerow_core::text::visible_line(&args.message, 2_000);
    tracing::error!(%message, "the page reports an error");
    Ok(DONE)
}
