//! Digests as text: one spelling only.

/// The 32 bytes spelled by exactly 64 lower-case hexadecimal digits; anything else is `None`.
pub(crate) fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}
