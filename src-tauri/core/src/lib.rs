//! Everything Hedgerow knows, without a window: PostHog's MCP server API, connection flows, the local store,
//! fingerprints and decisions. The compiler keeps Tauri out of here.

pub mod commands;
pub mod posthog;
pub mod secrets;
pub mod text;
pub mod connect;
pub(crate) mod digest;
pub mod login;
pub mod review;
pub mod schema;
pub mod tokens;
pub mod view;
