//! Builds the Tauri context. Its working directory is the package root, so `tauri.conf.json` lies beside `Cargo.toml`.
use std::path::Path;

fn main() {
    for path in ["src-tauri/capabilities", "src-tauri/permissions", "ui/dist"] {
        println!("cargo:rerun-if-changed={path}");
    }
    // A missing front end is a compile error in Tauri; the placeholder lets `cargo check` run before npm does.
    let index = Path::new("ui/dist/index.html");
    if !index.exists() {
        std::fs::create_dir_all("ui/dist").expect("create ui/dist");
        std::fs::write(
            index,
            "<!doctype html><title>Hedgerow</title><p>The interface is not built yet: run make run.</p>",
        )
        .expect("write the placeholder page");
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(
            tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*"),
        );
    tauri_build::try_build(attributes).expect("tauri build script");
}
