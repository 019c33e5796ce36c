//! The core against the sandbox: over a socket, with real SQLite files, without a window.

mod connecting;
mod deciding;
mod keeping;
mod secrets;
mod signing_in;
mod support;
mod syncing;
