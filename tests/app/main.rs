//! The commands through Tauri's mock runtime: the same handler, without a window.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
mod names;
