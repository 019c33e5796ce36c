//! Random and derived identifiers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// 256 random bits, URL-safe, 43 characters: the form of PostHog's OAuth `state` (contract 5, step 3).
///
/// # Errors
/// The operating system has no randomness to give.
pub(crate) fn random_token() -> std::io::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

pub(crate) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// PKCE's S256 transformation (RFC 7636, section 4.2).
pub(crate) fn pkce_challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(verifier))
}

/// Compares digests, so that the time taken says nothing about the secret.
pub(crate) fn same_secret(left: &str, right: &str) -> bool {
    sha256(left) == sha256(right)
}

/// The id of a thing from the fixture: the same in every run, in the shape of a time-ordered UUID.
pub(crate) fn stable_id(kind: &str, name: &str) -> Uuid {
    let digest = sha256(&format!("{kind}\n{name}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[..6].copy_from_slice(&[0x01, 0x99, 0xb0, 0xc2, 0x7a, 0x11]);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    Uuid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pkce_matches_the_example_of_rfc_7636() {
        assert_eq!(
            pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn tokens_are_43_characters_and_differ() {
        let (first, second) = (random_token().unwrap(), random_token().unwrap());
        assert_eq!(first.len(), 43);
        assert_ne!(first, second);
    }

    #[test]
    fn fixture_ids_are_stable_version_7_uuids() {
        assert_eq!(stable_id("tool", "a"), stable_id("tool", "a"));
        assert_ne!(stable_id("tool", "a"), stable_id("server", "a"));
        assert_eq!(stable_id("tool", "a").get_version_num(), 7);
    }
}
