//! PostHog's MCP server API as this app uses it: one client, one file per resource, one typed error.
//!
//! The wire is described in generations (A0, A, B, C): later ones add fields. Types here are tolerant, so that one
//! client works with all of them: unknown fields are ignored, missing optional ones get the default of the older
//! generation, unknown words are kept as words, and lists are decoded element by element.

mod account;
mod answer;
mod available;
mod catalog;
mod client;
mod connecting;
mod custom;
#[doc(hidden)] // The example and the snapshot test share it; the app does not use it.
pub mod decoded;
mod error;
mod generation;
mod icon;
mod installations;
mod lenient;
mod list;
mod managing;
mod rate;
mod recording;
mod redact;
mod retry;
mod tools;
mod transport;

pub use account::{Organization, Project, User};
pub use available::{Annotations, Available, AvailableServer, AvailableTool};
pub use catalog::Template;
pub use client::Posthog;
pub use connecting::{Installed, RedirectUrl};
pub(crate) use custom::check_server_url;
pub use custom::{CustomAuth, CustomServer};
pub use error::{ApiError, ErrorKind};
pub use generation::Generation;
pub use icon::{Icon, IconKind, Theme};
pub use installations::{Installation, InstallationList};
pub use managing::InstallationChange;
pub use redact::SafeUrl;
pub(crate) use tools::is_addressable;
pub use tools::{Approval, Tool, ToolList};

#[cfg(test)]
mod answer_tests;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod refusal_tests;
#[cfg(test)]
mod wire_tests;
