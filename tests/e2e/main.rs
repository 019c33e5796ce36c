//! The real binary in a real desktop session: keyring, two browsers, the operating system's link handler, and the
//! sandbox as PostHog. `scripts/e2e.sh` makes that session; without it every test here returns at once, so that
//! `cargo test` passes on a machine without a display.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and may speak"
)]

mod accessible;
mod app;
mod browser;
mod chain;
mod cold_start;
mod connecting;
mod driver;
mod home;
mod measure;
mod offline;
mod posthog;
mod sample;
mod secrets;
mod steps;
mod wait;

/// True inside the session that `scripts/e2e.sh` makes.
fn in_session() -> bool {
    let inside = std::env::var_os("HEDGEROW_E2E").is_some();
    if !inside {
        eprintln!("not in an end-to-end session: run scripts/e2e.sh");
    }
    inside
}
