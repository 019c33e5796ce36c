//! Becoming someone: which PostHog, and by which key.

pub mod origin;

pub use origin::{BadOrigin, Origin};
