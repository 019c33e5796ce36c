//! A text that must not be seen.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroize;

/// A secret text: a key, a callback with its nonce, the address of a login page. It prints as `Secret(…)`, cannot
/// be serialised or compared, and is wiped from memory when dropped. It can be read from a command's arguments.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes the text over; copies the caller made of it are the caller's to wipe.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself. Each call is a place to look at in a review.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The library's own words about a wrong type would quote what it found.
        String::deserialize(deserializer).map(Self).map_err(|_| serde::de::Error::custom("expected a text"))
    }
}
