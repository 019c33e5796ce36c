//! The canonical form of JSON: RFC 8785 (JCS), stricter about large numbers.

use super::number::canonical_number;
use crate::json::{Document, Node, NodeId, Unreadable};

/// Why a text has no canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// It is not JSON.
    #[error("not JSON")]
    Invalid,
    /// Arrays and objects nest more than 2,000 deep.
    #[error("nested more than 2,000 deep")]
    TooDeep,
    /// A string holds half a surrogate pair, which no Unicode text can.
    #[error("holds half a surrogate pair")]
    LoneSurrogate,
    /// A number has an exponent of more than 17 digits.
    #[error("a number's exponent is out of reach")]
    NumberOutOfReach,
}

/// The canonical form of a JSON text: two texts have the same one if they mean the same.
///
/// As RFC 8785: no white space; members sorted by the UTF-16 units of their keys; in strings only `"`, `\` and
/// controls escaped, the short escape where there is one, otherwise `\u00xx` in lower case; no Unicode
/// normalisation. Two things it leaves open or has otherwise:
///
/// * Of a repeated key the last member counts, as in PostHog's database (contract 13.1 on 2.3).
/// * Numbers beyond ±2^53, and too small for a double, keep every digit: a double would take different ones for
///   the same. They are written as their exact decimal value in ECMAScript's layout: `9007199254740993`
///   stays, `1e400` is `1e+400`, `10000000000000000000000.0` is `1e+22` however it is spelled.
///
/// # Errors
/// [`NotCanonical`] when the text is not JSON (RFC 8259; no byte order mark), nests more than 2,000 deep, holds
/// half a surrogate pair or an exponent of more than 17 digits.
pub fn canonical(schema: &str) -> Result<String, NotCanonical> {
    let document = Document::read(schema).map_err(|reason| match reason {
        Unreadable::Invalid => NotCanonical::Invalid,
        Unreadable::TooDeep => NotCanonical::TooDeep,
    })?;
    if document.lone_surrogate {
        return Err(NotCanonical::LoneSurrogate);
    }
    let mut out = String::with_capacity(schema.len());
    write(&document, document.root, &mut out)?;
    Ok(out)
}

/// The canonical form of one value of a document.
///
/// # Errors
/// [`NotCanonical::NumberOutOfReach`].
pub(super) fn canonical_value(document: &Document<'_>, id: NodeId) -> Result<String, NotCanonical> {
    let mut out = String::new();
    write(document, id, &mut out)?;
    Ok(out)
}

/// What is still to be written, the next one last.
enum Due<'d> {
    Value(NodeId),
    Key(&'d str),
    Text(&'static str),
}

fn write(document: &Document<'_>, id: NodeId, out: &mut String) -> Result<(), NotCanonical> {
    let mut due = vec![Due::Value(id)];
    while let Some(next) = due.pop() {
        let id = match next {
            Due::Text(text) => {
                out.push_str(text);
                continue;
            }
            Due::Key(key) => {
                write_string(key, out);
                out.push(':');
                continue;
            }
            Due::Value(id) => id,
        };
        match document.node(id) {
            Node::Null => out.push_str("null"),
            Node::Bool(true) => out.push_str("true"),
            Node::Bool(false) => out.push_str("false"),
            Node::Number(text) => {
                out.push_str(&canonical_number(text).ok_or(NotCanonical::NumberOutOfReach)?)
            }
            Node::String(text) => write_string(text, out),
            Node::Array(items) => {
                out.push('[');
                due.push(Due::Text("]"));
                for (index, item) in items.iter().enumerate().rev() {
                    due.push(Due::Value(*item));
                    due.push(Due::Text(if index == 0 { "" } else { "," }));
                }
            }
            Node::Object(object) => {
                out.push('{');
                due.push(Due::Text("}"));
                for (index, (key, value)) in object.counting().enumerate().rev() {
                    due.push(Due::Value(value));
                    due.push(Due::Key(key));
                    due.push(Due::Text(if index == 0 { "" } else { "," }));
                }
            }
        }
    }
    Ok(())
}

/// `text` as a JSON string, escaped as RFC 8785 3.2.2.2 says.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests;
