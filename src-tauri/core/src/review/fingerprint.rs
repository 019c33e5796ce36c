//! The fingerprint of a tool's definition. It is stored for ever, so nothing here may change its value; a new
//! way to compute it needs a new version tag.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::canonical::canonical;

/// First part of what is hashed when the schema has a canonical form.
const TAG_CANONICAL: &str = "hedgerow-definition-v1";
/// First part of what is hashed when it has none: the schema's text is then taken as it came.
const TAG_RAW: &str = "hedgerow-definition-v1-raw";

/// SHA-256 of a tool's definition; shown and stored as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 64 lower-case hexadecimal digits")]
pub struct BadFingerprint;

/// Fingerprint of what a person decides on: the tool's `name`, `title` (`display_name` in contract 2.3),
/// `description`, and its input `schema` as raw JSON text.
///
/// The texts count byte for byte. Of the schema its [canonical form](canonical) counts; where it has none, its
/// text as it came, under another tag, so that the two can never be taken for each other.
///
/// What is hashed: the version tag and the four parts, each as its length in bytes (64 bits, big-endian) and
/// then its bytes. No text can reach over into the next one.
#[must_use]
pub fn fingerprint(name: &str, title: &str, description: &str, schema: &str) -> Fingerprint {
    match canonical(schema) {
        Ok(form) => hash([TAG_CANONICAL, name, title, description, &form]),
        Err(_) => hash([TAG_RAW, name, title, description, schema]),
    }
}

fn hash(parts: [&str; 5]) -> Fingerprint {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    Fingerprint(sha.finalize().into())
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = BadFingerprint;

    fn from_str(text: &str) -> Result<Self, BadFingerprint> {
        crate::digest::from_hex(text).map(Self).ok_or(BadFingerprint)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
