//! The Hedgerow desktop app.
fn main() {}
