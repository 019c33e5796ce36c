//! What differs between two definitions, in one line.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::marks::marks;
use super::{SchemaChangeKind as Kind, schema};
use crate::json::Document;

/// A tool's definition as a person reads it.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'t> {
    /// Its title (`display_name` in contract 2.3).
    pub title: &'t str,
    /// Its description.
    pub description: &'t str,
    /// Its input schema as raw JSON text.
    pub schema: &'t str,
}

/// What differs, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ChangeSummary {
    /// The title differs.
    pub title: bool,
    /// The description differs.
    pub description: bool,
    /// Parameters that are new.
    pub added: usize,
    /// Parameters that are gone.
    pub removed: usize,
    /// All other differences of the schema.
    pub changed: usize,
    /// There are characters now that cannot be seen or pass for others, and that were not there before.
    pub hidden: bool,
}

/// What differs between the definition decided on and the one there is now, counted.
#[must_use]
pub fn summary(before: &Definition<'_>, after: &Definition<'_>) -> ChangeSummary {
    let mut counted = ChangeSummary {
        title: before.title != after.title,
        description: before.description != after.description,
        ..ChangeSummary::default()
    };
    for change in schema(Some(before.schema), Some(after.schema)).changes {
        match change.kind {
            Kind::Added => counted.added += 1,
            Kind::Removed => counted.removed += 1,
            _ => counted.changed += 1,
        }
    }
    let (were, are) = (unseen(before), unseen(after));
    counted.hidden = are.iter().any(|(c, count)| were.get(c).is_none_or(|was| was < count));
    counted
}

/// How often each deceiving character stands in a definition.
fn unseen(definition: &Definition<'_>) -> BTreeMap<char, usize> {
    let mut found = BTreeMap::new();
    let mut look = |text: &str| {
        for mark in marks(text) {
            *found.entry(mark.c).or_default() += 1;
        }
    };
    look(definition.title);
    look(definition.description);
    // Read, because JSON can spell such a character in letters.
    match Document::read(definition.schema) {
        Ok(document) => document.texts().for_each(look),
        Err(_) => look(definition.schema),
    }
    found
}
