//! What a person decided on, and whether it is still that: fingerprints of tool definitions, and what differs.

pub mod canonical;
pub mod diff;
mod fingerprint;
mod number;

pub use canonical::{NotCanonical, canonical};
pub use fingerprint::{BadFingerprint, Fingerprint, fingerprint};
