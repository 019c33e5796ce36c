//! Builds the Tauri context. Its working directory is the package root, so `tauri.conf.json` lies beside `Cargo.toml`.
use std::error::Error;
use std::fs;
use std::path::Path;

use tauri_build::{AppManifest, Attributes};

/// A missing front end is a compile error in Tauri; this lets `cargo check` run before npm does.
const PLACEHOLDER: &str =
    "<!doctype html><title>Hedgerow</title><p>The interface is not built yet: run make run.</p>";

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["src-tauri/capabilities", "src-tauri/permissions", "ui/dist"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let index = Path::new("ui/dist/index.html");
    if !index.exists() {
        fs::create_dir_all("ui/dist")?;
        fs::write(index, PLACEHOLDER)?;
    }
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*"));
    Ok(tauri_build::try_build(attributes)?)
}
