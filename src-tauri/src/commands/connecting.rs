//! The catalog, and flows that bring a server in.

use hedgerow_core::commands::*;
use hedgerow_core::posthog::{CustomAuth, CustomServer};
use hedgerow_core::secrets::Secret;
use hedgerow_core::view::*;
use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;

use super::{Answer, DONE, On, error, invalid};

#[tauri::command]
pub(crate) async fn list_catalog(shell: On<'_>) -> Answer<CatalogView> {
    shell.active()?.catalog_and_renew().await
}

#[tauri::command]
pub(crate) async fn connect_template(shell: On<'_>, args: ConnectTemplate) -> Answer<FlowView> {
    shell.core()?.connect_template(&args.template_id, args.api_key.map(Secret::new)).await
}

#[tauri::command]
pub(crate) async fn check_address(shell: On<'_>, args: CheckAddress) -> Answer<AddressCheck> {
    shell.active()?.check_address(&args.url).await
}

#[tauri::command]
pub(crate) async fn add_server(shell: On<'_>, args: AddServer) -> Answer<FlowView> {
    let secret = |text: Option<String>| text.filter(|text| !text.trim().is_empty()).map(Secret::new);
    let auth = match args.login {
        LoginKind::Browser => CustomAuth::Login,
        LoginKind::Open => CustomAuth::Open,
        LoginKind::Key => CustomAuth::Key(secret(args.key).ok_or_else(|| invalid("key"))?),
        LoginKind::OwnClient => {
            let id = args.client_id.filter(|id| !id.trim().is_empty()).ok_or_else(|| invalid("client_id"))?;
            CustomAuth::OwnClient { id, secret: secret(args.client_secret) }
        }
    };
    let server = CustomServer { name: args.name, url: args.url, description: args.description, auth };
    shell.core()?.add_server(server).await
}

#[tauri::command]
pub(crate) async fn reconnect_server(shell: On<'_>, args: OnServer) -> Answer<FlowView> {
    shell.core()?.reconnect(&args.server_id).await
}

#[tauri::command]
pub(crate) async fn list_flows(shell: On<'_>) -> Answer<Vec<FlowView>> {
    Ok(shell.core()?.flows())
}

#[tauri::command]
pub(crate) async fn open_flow_again(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.open_flow_again(&args.flow).map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn copy_flow_link<R: Runtime>(
    app: AppHandle<R>,
    shell: On<'_>,
    args: OnFlow,
) -> Answer<Nothing> {
    let link = shell.core()?.flow_link(&args.flow)?;
    app.clipboard().write_text(link).map(|()| DONE).map_err(|_| error(ErrorCode::Internal))
}

#[tauri::command]
pub(crate) async fn check_flow(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.check_flow(&args.flow).map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn cancel_flow(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.cancel_flow(&args.flow).map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn dismiss_flow(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.dismiss_flow(&args.flow).map(|()| DONE)
}
