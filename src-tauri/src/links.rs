//! Deep links. They arrive as arguments: of this process, or of a second start that handed them over. The plugin's own
//! `get_current` and `on_open_url` lose links when two starts race, so the arguments are read here.

use tauri::{AppHandle, Manager, Runtime};

use crate::{Shell, scheme};

/// Hands every argument that is a link of ours to the core. Its text goes nowhere else.
pub(crate) fn arrived<R: Runtime>(app: &AppHandle<R>, argv: &[String]) {
    let links = argv.iter().skip(1).filter(|argument| is_link(argument));
    for link in links {
        if let Some(shell) = app.try_state::<Shell>()
            && let Ok(core) = shell.core()
        {
            core.on_link(link);
        }
    }
}

fn is_link(argument: &str) -> bool {
    let prefix = argument.get(..scheme::NAME.len() + 1);
    prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(&format!("{}:", scheme::NAME)))
}

/// macOS delivers links as system events instead of arguments.
#[cfg(target_os = "macos")]
pub(crate) fn on_system_event(app: &AppHandle) {
    use tauri_plugin_deep_link::DeepLinkExt;
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        let mut argv = vec![String::new()];
        argv.extend(event.urls().iter().map(ToString::to_string));
        arrived(&handle, &argv);
        crate::window::raise(&handle);
    });
}

/// Elsewhere links are arguments.
#[cfg(not(target_os = "macos"))]
pub(crate) fn on_system_event(_app: &AppHandle) {}

#[cfg(test)]
mod tests {
    use super::is_link;

    #[test]
    fn only_arguments_with_our_scheme_are_links() {
        assert!(is_link("posthog-code://mcp-oauth-complete?flow=x"));
        assert!(is_link("POSTHOG-CODE:x"));
        for other in [
            "",
            "posthog-code",
            "--posthog-code:",
            "posthog-codex://x",
            "https://posthog-code:1",
            "pösthog-code:",
        ] {
            assert!(!is_link(other), "{other}");
        }
    }
}
