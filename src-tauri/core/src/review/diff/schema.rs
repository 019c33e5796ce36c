//! Two input schemas, read and compared.

use super::parameters::{Side, Walk};
use super::{SchemaChange, SchemaChangeKind, SchemaDiff, TextDiff, words};
use crate::json::Document;
use crate::review::canonical::canonical;
use crate::schema::pretty;

/// Longest indented JSON that is compared, in characters.
const MAX_PRETTY_CHARS: usize = 1_000_000;

/// Where there is nothing to compare with: what every schema of a tool is at least, so that only its parameters are new.
const NO_SCHEMA: &str = r#"{"type":"object"}"#;

/// What differs between two input schemas, given as raw JSON text; `None` reads as `{}`.
///
/// Parameters are compared eight levels deep, through `properties`, `items` and definitions; references are not
/// followed, because what they point to is compared where it stands. Deeper differences are told as one.
#[must_use]
pub fn schema(before: Option<&str>, after: Option<&str>) -> SchemaDiff {
    let (before, after) = (before.unwrap_or(NO_SCHEMA), after.unwrap_or(NO_SCHEMA));
    let (Ok(old), Ok(new)) = (canonical(before), canonical(after)) else {
        return unreadable(before, after);
    };
    let (Ok(old_document), Ok(new_document)) = (Document::read(&old), Document::read(&new)) else {
        return unreadable(before, after);
    };
    let mut walk = Walk::new(&old_document, &new_document);
    walk.schema(old_document.root, new_document.root, "", Side::ROOT);
    let (unchanged, changes) = walk.found();
    let left_open = |change: &SchemaChange| {
        change.kind == SchemaChangeKind::OtherChanged
            || (change.before == change.after && change.text.is_none())
    };
    let text = (old != new && changes.iter().any(left_open)).then(|| as_text(&old, &new));
    SchemaDiff { unchanged, changes, unreadable: false, text }
}

fn unreadable(before: &str, after: &str) -> SchemaDiff {
    if before == after {
        return SchemaDiff { unchanged: Vec::new(), changes: Vec::new(), unreadable: true, text: None };
    }
    SchemaDiff {
        unchanged: Vec::new(),
        changes: vec![SchemaChange::other("", None, None, false)],
        unreadable: true,
        text: Some(as_text(before, after)),
    }
}

/// The two, which differ, as indented JSON.
fn as_text(before: &str, after: &str) -> TextDiff {
    let diff = words::text(&pretty(before, MAX_PRETTY_CHARS), &pretty(after, MAX_PRETTY_CHARS));
    // They may differ only beyond what is compared.
    TextDiff { clipped: diff.clipped || diff.same, same: false, ..diff }
}
