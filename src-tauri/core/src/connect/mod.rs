//! Bringing a server in: the callback link, the nonce that ties it to its flow, and the login page's address.

pub mod link;
mod nonce;
pub mod redirect;

pub use link::{CallbackLink, LinkError, LinkStatus};
pub use nonce::{BadNonceHash, NoRandomness, Nonce, NonceHash};
pub use redirect::{LoginPage, UnsafeLoginPage};

/// What PostHog is asked to call when a login has ended (contract 6): the scheme is one of the two it accepts.
/// The scheme alone may arrive in any letter case.
const CALLBACK_SCHEME: &str = "posthog-code";
/// The callback's host; its path is empty.
const CALLBACK_HOST: &str = "mcp-oauth-complete";
/// The callback's parameter that holds the nonce.
const CALLBACK_FLOW: &str = "flow";
