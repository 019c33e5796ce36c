//! A Tauri window with one heading and nothing of Hedgerow: what `make bench` measures the start beside.

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// A heading that ends the wait for the first screen, and a line that looks like the first of a list.
const PAGE: &str = "<!doctype html><h1>A window</h1><p data-server>A line</p>";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("bare", |_, _| {
            let mut page = Response::new(PAGE.as_bytes().to_vec());
            page.headers_mut().insert("content-type", tauri::http::HeaderValue::from_static("text/html"));
            page
        })
        .setup(|app| {
            let page = WebviewUrl::CustomProtocol("bare://localhost/".parse()?);
            WebviewWindowBuilder::new(app, "main", page).inner_size(1200.0, 780.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
