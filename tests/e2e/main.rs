//! The real binary in a real desktop session: keyring, two browsers, the operating system's link handler, and the
//! sandbox as PostHog. `scripts/e2e.sh` makes that session; without it every test here is ignored, so that
//! `cargo test` passes on a machine without a display.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod accessible;
mod adding;
mod app;
mod browser;
mod bulk;
mod bus;
mod chain;
mod cold_start;
mod connecting;
mod desktop;
mod driver;
mod files;
mod home;
mod hostile;
mod keyboard;
mod keyed;
mod keyring;
mod keys;
mod many;
mod measure;
mod offline;
mod posthog;
mod read_only;
mod refreshing;
mod reviewing;
mod sample;
mod secrets;
mod sizes;
mod steps;
mod wait;
