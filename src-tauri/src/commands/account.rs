//! Who is signed in, and which project is on screen.

use hedgerow_core::commands::*;
use hedgerow_core::secrets::Secret;
use hedgerow_core::view::*;
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt;

use super::{Answer, DONE, On, error};

#[tauri::command]
pub(crate) async fn boot(shell: On<'_>) -> Answer<Boot> {
    shell.core()?.boot().await
}

#[tauri::command]
pub(crate) async fn sign_in_key(shell: On<'_>, args: SignInKey) -> Answer<SignedIn> {
    shell.core()?.sign_in_key(&args.host, Secret::new(args.key), args.keep).await
}

#[tauri::command]
pub(crate) async fn open_key_page<R: Runtime>(app: AppHandle<R>, args: OpenKeyPage) -> Answer<Nothing> {
    let page = hedgerow_core::login::key_page(&args.host)?;
    app.opener().open_url(page, None::<&str>).map(|()| DONE).map_err(|_| error(ErrorCode::BrowserFailed))
}

#[tauri::command]
pub(crate) async fn open_sample(shell: On<'_>) -> Answer<ActiveProject> {
    shell.sample.open(shell.core()?).await
}

#[tauri::command]
pub(crate) async fn choose_project(shell: On<'_>, args: ChooseProject) -> Answer<ActiveProject> {
    shell.core()?.activate(&args.account, args.project).await
}

#[tauri::command]
pub(crate) async fn sign_out(shell: On<'_>, args: OnAccount) -> Answer<Nothing> {
    shell.core()?.sign_out(&args.account).await.map(|()| DONE)
}
