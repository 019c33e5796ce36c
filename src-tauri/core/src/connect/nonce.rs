//! The nonce of a connection flow, and its hash.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::{CALLBACK_FLOW, CALLBACK_HOST, CALLBACK_SCHEME};
use crate::secrets::Secret;

/// 128 random bits that tie a callback link to its flow. Deliberately without `Debug`, `Display` and serde: it
/// leaves this process only inside [`Nonce::callback`]. Wiped from memory when dropped.
pub struct Nonce([u8; 16]);

/// SHA-256 of a nonce (of its 32 lower-case hexadecimal digits), as 64 such digits. This may be stored: a link
/// can be recognised by it and not made from it. Comparing hashes needs no constant time for the same reason.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NonceHash([u8; 32]);

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness;

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a nonce hash is 64 lower-case hexadecimal digits")]
pub struct BadNonceHash;

impl Nonce {
    /// A fresh nonce from the operating system's generator.
    ///
    /// # Errors
    /// [`NoRandomness`] when that generator fails; no flow may be started then.
    pub fn new() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(bytes))
    }

    /// The callback to hand to PostHog: `posthog-code://mcp-oauth-complete?flow=<32 hexadecimal digits>`. PostHog
    /// appends `&status=…` (contract 3.18). Plain ASCII without a fragment, as contract 13.1 asks.
    #[must_use]
    pub fn callback(&self) -> Secret {
        let mut digits = hex::encode(self.0);
        let callback = format!("{CALLBACK_SCHEME}://{CALLBACK_HOST}?{CALLBACK_FLOW}={digits}");
        digits.zeroize();
        Secret::new(callback)
    }

    /// What may be stored to recognise the link.
    #[must_use]
    pub fn hash(&self) -> NonceHash {
        let mut digits = hex::encode(self.0);
        let hash = NonceHash::of_digits(&digits);
        digits.zeroize();
        hash
    }
}

impl Drop for Nonce {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl NonceHash {
    /// Hash of the 32 lower-case hexadecimal digits of a nonce.
    pub(super) fn of_digits(digits: &str) -> Self {
        Self(Sha256::digest(digits.as_bytes()).into())
    }
}

impl fmt::Display for NonceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for NonceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NonceHash({self})")
    }
}

impl FromStr for NonceHash {
    type Err = BadNonceHash;

    fn from_str(text: &str) -> Result<Self, BadNonceHash> {
        crate::digest::from_hex(text).map(Self).ok_or(BadNonceHash)
    }
}

impl Serialize for NonceHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NonceHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
