//! Stub.
use crate::view::ParameterView;

/// Stub.
#[must_use]
pub fn parameters(_schema: &str) -> Vec<ParameterView> {
    Vec::new()
}

/// Stub.
#[must_use]
pub fn pretty(schema: &str, max_chars: usize) -> String {
    crate::text::visible_block(schema, max_chars)
}
