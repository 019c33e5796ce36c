//! A Tauri window with one heading and nothing of Hedgerow: what `make bench` measures the start beside.

use tauri::{WebviewUrl, WebviewWindowBuilder};

/// A heading that ends the wait for the first screen, and a line that looks like the first of a list.
const PAGE: &str = "addEventListener('DOMContentLoaded', () => {
    document.body.innerHTML = '<h1>A window</h1><p data-server>A line</p>';
})";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(|app| {
            let blank = WebviewUrl::External("about:blank".parse()?);
            WebviewWindowBuilder::new(app, "main", blank)
                .inner_size(1200.0, 780.0)
                .initialization_script(PAGE)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
