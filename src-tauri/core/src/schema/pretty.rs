//! JSON with indentation.

use crate::json::{Document, Node, NodeId};
use crate::review::canonical::write_string;
use crate::text::visible_block;

/// Longest UTF-8 form of a character, in bytes.
const MAX_CHAR_BYTES: usize = 4;

/// A JSON text, indented by two spaces, at most `max_chars` characters, controls made visible. Order, repeated keys
/// and the spelling of numbers stay as they came. A text that cannot be read as JSON is shown as it is.
#[must_use]
pub fn pretty(schema: &str, max_chars: usize) -> String {
    match Document::read(schema) {
        Ok(document) if !document.lone_surrogate => {
            visible_block(&indented(&document, max_chars.saturating_mul(MAX_CHAR_BYTES)), max_chars)
        }
        _ => visible_block(schema, max_chars),
    }
}

/// What is still to be written, the next one last.
enum Due<'d> {
    Value(NodeId, usize),
    Key(&'d str),
    Text(&'static str),
    Line(usize),
}

/// Stops once there are more than `enough` bytes: the indentation of a deep document can be far larger than itself.
fn indented(document: &Document<'_>, enough: usize) -> String {
    let mut out = String::new();
    let mut due = vec![Due::Value(document.root, 0)];
    while let Some(next) = due.pop() {
        if out.len() > enough {
            break;
        }
        match next {
            Due::Text(text) => out.push_str(text),
            Due::Line(depth) => {
                out.push('\n');
                out.extend(std::iter::repeat_n("  ", depth));
            }
            Due::Key(key) => {
                write_string(key, &mut out);
                out.push_str(": ");
            }
            Due::Value(id, depth) => match document.node(id) {
                Node::Null => out.push_str("null"),
                Node::Bool(true) => out.push_str("true"),
                Node::Bool(false) => out.push_str("false"),
                Node::Number(text) => out.push_str(text),
                Node::String(text) => write_string(text, &mut out),
                Node::Array(items) if items.is_empty() => out.push_str("[]"),
                Node::Object(object) if object.members.is_empty() => out.push_str("{}"),
                Node::Array(items) => {
                    out.push('[');
                    due.extend([Due::Text("]"), Due::Line(depth)]);
                    for (index, item) in items.iter().enumerate().rev() {
                        due.extend([Due::Value(*item, depth + 1), Due::Line(depth + 1), comma(index)]);
                    }
                }
                Node::Object(object) => {
                    out.push('{');
                    due.extend([Due::Text("}"), Due::Line(depth)]);
                    for (index, (key, value)) in object.members.iter().enumerate().rev() {
                        due.extend([
                            Due::Value(*value, depth + 1),
                            Due::Key(key),
                            Due::Line(depth + 1),
                            comma(index),
                        ]);
                    }
                }
            },
        }
    }
    out
}

fn comma(index: usize) -> Due<'static> {
    Due::Text(if index == 0 { "" } else { "," })
}
