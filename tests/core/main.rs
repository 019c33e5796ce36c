//! The core against the sandbox: over a socket, with real SQLite files, without a window.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod activity;
mod batches;
mod claims;
mod client;
mod connecting;
mod deciding;
mod faults;
mod files;
mod freshness;
mod generations;
mod history;
mod keeping;
mod killing;
mod managing;
mod overtaking;
mod refusals;
mod restoring;
mod reviewing;
mod secrets;
mod signing_in;
mod support;
mod syncing;
mod unnoticed;
