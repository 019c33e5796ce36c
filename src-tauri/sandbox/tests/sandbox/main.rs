//! The sandbox over its socket.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml frees test functions, but not what they share"
)]

mod main_path;
mod support;
