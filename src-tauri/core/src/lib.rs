//! Everything Hedgerow knows, without a window: PostHog's MCP server API, connection flows, the local store,
//! fingerprints and decisions. The compiler keeps Tauri out of here.
//!
//! Data flows one way: PostHog → [`posthog`] → [`sync`](Project::sync) → [`store`] → [`Hedgerow`] → command → window.
//! A decision goes back: window → command → [`Project::decide`] → [`posthog`] → answer read back → [`store`] → event.

mod activity;
pub mod commands;
pub mod connect;
mod decide;
mod digest;
mod error;
mod files;
mod hedgerow;
mod inbox;
mod json;
pub mod login;
mod managing;
pub mod posthog;
mod present;
mod project;
mod reading;
pub mod review;
pub mod schema;
pub mod secrets;
pub mod store;
mod sync;
pub mod text;
pub mod tokens;
pub mod view;
mod watch;

pub use connect::OpenBrowser;
pub use decide::Window;
pub use hedgerow::{Config, Hedgerow};
pub use inbox::Notification;
pub use project::{Project, Timing};
