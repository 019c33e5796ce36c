//! Who owns the `posthog-code` scheme. It belongs to PostHog's own app as well, so it is claimed only after asking.

use hedgerow_core::view::{SchemeOwner, SchemeView};
use tauri::{AppHandle, Runtime};
use tauri_plugin_deep_link::DeepLinkExt;

/// The scheme PostHog calls back on (contract 3.8).
pub(crate) const NAME: &str = "posthog-code";

/// Who owns the scheme now.
pub(crate) async fn view<R: Runtime>(app: &AppHandle<R>, declined: bool) -> SchemeView {
    let app = app.clone();
    let owner = tauri::async_runtime::spawn_blocking(move || owner(&app)).await;
    let (owner, other) = owner.unwrap_or((SchemeOwner::Nobody, String::new()));
    SchemeView { owner, other, declined }
}

/// Makes this program the owner.
pub(crate) async fn claim<R: Runtime>(app: &AppHandle<R>) -> Result<(), String> {
    let app = app.clone();
    let claimed = tauri::async_runtime::spawn_blocking(move || app.deep_link().register(NAME));
    claimed.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

/// Gives the scheme back; whoever the system chooses next handles it.
pub(crate) async fn release<R: Runtime>(app: &AppHandle<R>) -> Result<(), String> {
    let app = app.clone();
    let released = tauri::async_runtime::spawn_blocking(move || app.deep_link().unregister(NAME));
    released.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

/// On Linux the system's answer is the name of a desktop file. Ours is either the one the package installs or the one
/// the plugin writes; the latter counts only while it starts this very program.
#[cfg(target_os = "linux")]
fn owner<R: Runtime>(app: &AppHandle<R>) -> (SchemeOwner, String) {
    let answer = std::process::Command::new("xdg-mime")
        .args(["query", "default", &format!("x-scheme-handler/{NAME}")])
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default();
    match answer.as_str() {
        "" => (SchemeOwner::Nobody, String::new()),
        "Hedgerow.desktop" | "hedgerow.desktop" => (SchemeOwner::Hedgerow, String::new()),
        "hedgerow-handler.desktop" if starts_this_program(app) => (SchemeOwner::Hedgerow, String::new()),
        "hedgerow-handler.desktop" => (SchemeOwner::Nobody, String::new()),
        other => (SchemeOwner::Other, other.trim_end_matches(".desktop").chars().take(80).collect()),
    }
}

#[cfg(target_os = "linux")]
fn starts_this_program<R: Runtime>(app: &AppHandle<R>) -> bool {
    use tauri::Manager;
    let file = app.path().data_dir().map(|folder| folder.join("applications/hedgerow-handler.desktop"));
    let text = file.ok().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    let program =
        tauri::utils::platform::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    !program.is_empty() && text.lines().any(|line| line.starts_with("Exec=") && line.contains(&program))
}

#[cfg(not(target_os = "linux"))]
fn owner<R: Runtime>(app: &AppHandle<R>) -> (SchemeOwner, String) {
    let ours = app.deep_link().is_registered(NAME).unwrap_or(false);
    (if ours { SchemeOwner::Hedgerow } else { SchemeOwner::Nobody }, String::new())
}
