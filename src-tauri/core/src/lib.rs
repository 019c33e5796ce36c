//! Everything Hedgerow knows, without a window: PostHog's MCP server API, connection flows, the local store,
//! fingerprints and decisions. The compiler keeps Tauri out of here.

pub mod commands;
pub(crate) mod digest;
pub mod secrets;
pub mod text;
pub mod view;
