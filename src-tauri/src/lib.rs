//! The Tauri shell: wiring, no decisions.
