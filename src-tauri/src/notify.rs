//! A word on the desktop when watching noticed something, never while the window is in front.

use std::sync::Arc;

use hedgerow_core::view::ActiveProject;
use hedgerow_core::{Hedgerow, Notification};
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::error::RecvError;

use crate::window;

/// The action a click on the notification itself stands for.
const CLICK: &str = "default";

/// Passes on what the core finds worth a word, for as long as the app lives.
pub(crate) fn on_news<R: Runtime>(app: AppHandle<R>, core: Arc<Hedgerow>) {
    let mut news = core.notifications();
    tauri::async_runtime::spawn(async move {
        loop {
            match news.recv().await {
                Ok(word) if !window::is_in_front(&app) => show(app.clone(), core.clone(), &word),
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break,
            }
        }
    });
}

/// Shows it from a thread of its own: the desktop may take its time, and a click may come much later.
fn show<R: Runtime>(app: AppHandle<R>, core: Arc<Hedgerow>, word: &Notification) {
    let (body, project) = (sentence(word), word.project.clone());
    std::thread::spawn(move || {
        let mut notification = notify_rust::Notification::new();
        notification.appname("Hedgerow").summary("Something to review").body(&body).action(CLICK, "Review");
        #[cfg(all(unix, not(target_os = "macos")))]
        notification.hint(notify_rust::Hint::SuppressSound(true));
        match notification.show() {
            Ok(shown) => on_click(shown, &app, &core, &project),
            Err(error) => tracing::info!(%error, "the desktop showed no notification"),
        }
    });
}

#[cfg(all(unix, not(target_os = "macos")))]
fn on_click<R: Runtime>(
    shown: notify_rust::NotificationHandle,
    app: &AppHandle<R>,
    core: &Hedgerow,
    project: &ActiveProject,
) {
    shown.wait_for_action(|action| {
        if action == CLICK {
            window::raise(app);
            if let Err(error) = tauri::async_runtime::block_on(core.show_review(project)) {
                tracing::info!(code = ?error.code, "the project of a notification cannot be shown");
            }
        }
    });
}

/// Elsewhere a click only brings the app forward; the system does that.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn on_click<R: Runtime>(
    _shown: notify_rust::NotificationHandle,
    _app: &AppHandle<R>,
    _core: &Hedgerow,
    _project: &ActiveProject,
) {
}

/// Plain words. The server's name is somebody else's text, and desktops read markup in a body.
fn sentence(word: &Notification) -> String {
    let counted = |count: u32, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let parts = [
        counted(
            word.changed,
            "allowed tool is not what you decided on",
            "allowed tools are not what you decided on",
        ),
        counted(
            word.came_back,
            "tool came back with its old decision",
            "tools came back with their old decision",
        ),
        counted(word.new_allowed, "new tool is allowed already", "new tools are allowed already"),
    ];
    let name = word.server_name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("{name}: {}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(server_name: &str, changed: u32, came_back: u32, new_allowed: u32) -> Notification {
        let project = ActiveProject { account: "a".into(), project: 1 };
        Notification { project, server_name: server_name.into(), changed, came_back, new_allowed }
    }

    #[test]
    fn a_notification_says_in_plain_words_what_was_noticed() {
        let word = word("GitHub", 1, 0, 2);
        assert_eq!(
            sentence(&word),
            "GitHub: 1 allowed tool is not what you decided on, 2 new tools are allowed already."
        );
    }

    #[test]
    fn a_server_name_is_never_markup() {
        let word = word("<b>x</b> & y", 0, 2, 0);
        assert_eq!(
            sentence(&word),
            "&lt;b&gt;x&lt;/b&gt; &amp; y: 2 tools came back with their old decision."
        );
    }
}
