//! The one window: it shows our own page and nothing else.

use std::process::ExitCode;

use tauri::{AppHandle, Emitter, Manager, Runtime, WebviewUrl, WebviewWindowBuilder};

use hedgerow_core::view::Event;

const LABEL: &str = "main";

/// Opens the window. Navigation away from our own page is refused, whatever the page says.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Hedgerow")
        .inner_size(1200.0, 780.0)
        .min_inner_size(900.0, 560.0)
        .disable_drag_drop_handler()
        .on_navigation(|url| {
            let dev = cfg!(debug_assertions) && url.host_str() == Some("localhost");
            url.scheme() == "tauri"
                || (url.scheme() == "http" && url.host_str() == Some("tauri.localhost"))
                || dev
        })
        .build()?;
    Ok(())
}

/// Brings the window forward, because the app was started again or a link arrived.
pub(crate) fn raise<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = raised {
            tracing::info!(%error, "the window could not be raised");
        }
    }
    if let Err(error) = app.emit(crate::EVENT, Event::Raised) {
        tracing::info!(%error, "the page could not be told that it was raised");
    }
}

/// Whether the person is looking at the window.
pub(crate) fn is_in_front<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(LABEL).is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// On Linux a missing display ends in a panic deep in GTK; one line is kinder.
#[cfg(target_os = "linux")]
pub(crate) fn missing_display() -> Option<ExitCode> {
    let shown = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if shown("DISPLAY") || shown("WAYLAND_DISPLAY") {
        return None;
    }
    #[expect(clippy::print_stderr, reason = "there is no window to say it in")]
    {
        eprintln!("Hedgerow needs a display: neither DISPLAY nor WAYLAND_DISPLAY is set.");
    }
    Some(ExitCode::FAILURE)
}

/// Elsewhere there always is one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn missing_display() -> Option<ExitCode> {
    None
}
