use super::{BadNonceHash, Nonce, NonceHash};
use crate::connect::link;

#[test]
fn the_link_that_comes_back_has_the_hash_of_its_nonce() {
    let nonce = Nonce::new().unwrap();
    let link = format!("{}&status=success", nonce.callback().expose());
    assert_eq!(link::parse(&link).unwrap().hash, nonce.hash());
}

#[test]
fn the_callback_is_what_posthog_is_to_store() {
    let nonce = Nonce([
        0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
    ]);
    let callback = nonce.callback();
    assert_eq!(callback.expose(), "posthog-code://mcp-oauth-complete?flow=0123456789abcdef0123456789abcdef");
    assert_eq!(format!("{callback:?}"), "Secret(…)");
}

/// Flows wait in the ledger under this hash: it must be found again by a later version.
#[test]
fn the_hash_of_a_nonce_never_changes() {
    assert_eq!(
        NonceHash::of_digits("0123456789abcdef0123456789abcdef").to_string(),
        "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9"
    );
}

#[test]
fn no_two_nonces_are_the_same() {
    let hashes: std::collections::HashSet<_> = (0..100).map(|_| Nonce::new().unwrap().hash()).collect();
    assert_eq!(hashes.len(), 100);
}

#[test]
fn a_hash_has_one_spelling() {
    let hash = Nonce::new().unwrap().hash();
    let text = hash.to_string();
    assert_eq!(text.parse(), Ok(hash));
    assert_eq!(serde_json::from_str::<NonceHash>(&serde_json::to_string(&hash).unwrap()).unwrap(), hash);
    for bad in ["", &text[1..], &format!("{text}0"), &"G".repeat(64), &"A".repeat(64)] {
        assert_eq!(bad.parse::<NonceHash>(), Err(BadNonceHash), "{bad}");
    }
}
