//! The servers of the project and their tools.

use hedgerow_core::commands::*;
use hedgerow_core::posthog::InstallationChange;
use hedgerow_core::view::*;

use super::{Answer, DONE, On};

#[tauri::command]
pub(crate) async fn list_servers(shell: On<'_>) -> Answer<ServersView> {
    shell.active()?.servers().await
}

#[tauri::command]
pub(crate) async fn list_tools(shell: On<'_>, args: ListTools) -> Answer<ToolPage> {
    shell.active()?.tools(&args.server_id, &args.search, args.filter, args.offset, args.limit).await
}

#[tauri::command]
pub(crate) async fn get_tool(shell: On<'_>, args: OnTool) -> Answer<ToolDetail> {
    shell.active()?.tool(&args.server_id, &args.tool).await
}

#[tauri::command]
pub(crate) async fn sync_now(shell: On<'_>) -> Answer<Nothing> {
    shell.active()?.sync_soon();
    Ok(DONE)
}

#[tauri::command]
pub(crate) async fn refresh_server(shell: On<'_>, args: OnServer) -> Answer<Nothing> {
    shell.active()?.refresh(&args.server_id).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn refresh_all(shell: On<'_>) -> Answer<Nothing> {
    shell.active()?.refresh_all().await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn stop_refreshing(shell: On<'_>) -> Answer<Nothing> {
    shell.active()?.stop_refreshing();
    Ok(DONE)
}

#[tauri::command]
pub(crate) async fn change_server(shell: On<'_>, args: ChangeServer) -> Answer<Nothing> {
    let change = InstallationChange {
        display_name: args.name,
        description: args.description,
        is_enabled: args.enabled,
    };
    shell.active()?.change_server(&args.server_id, &change).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn remove_server(shell: On<'_>, args: OnServer) -> Answer<Nothing> {
    shell.active()?.remove_server(&args.server_id).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn share_server(shell: On<'_>, args: ShareServer) -> Answer<Nothing> {
    shell.active()?.share_server(&args.server_id, args.shared).await.map(|()| DONE)
}
