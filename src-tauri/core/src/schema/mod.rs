//! A tool's input schema, made readable. It is somebody else's JSON Schema of any draft, or no schema at all:
//! every limit here is there because a server may send anything.

mod branches;
mod kind;
mod pretty;
mod tree;

pub(crate) use kind::kind;
pub use pretty::pretty;
pub use tree::parameters;

#[cfg(test)]
mod tests;
