//! A definition beside the one it is compared with, and the evidence in its text.

use crate::review::diff::{self, ChangeSummary, SchemaDiff, TextDiff};
use crate::store::{StoredDefinition, ToolRecord};

/// Title, description and parameters, then and now.
pub(super) struct Compared {
    pub(super) title: TextDiff,
    pub(super) description: TextDiff,
    pub(super) parameters: SchemaDiff,
}

/// Compares; without a base, nothing is before and all of it is new.
pub(super) fn compare(base: Option<&StoredDefinition>, now: &ToolRecord) -> Compared {
    let before = |part: fn(&StoredDefinition) -> &String| base.map_or("", |base| part(base).as_str());
    Compared {
        title: diff::text(before(|base| &base.title), &now.title),
        description: diff::text(before(|base| &base.description), &now.description),
        parameters: diff::schema(base.map(|base| base.schema.as_str()), Some(&now.schema)),
    }
}

/// What changed, in short.
pub(super) fn summary(base: &StoredDefinition, now: &ToolRecord) -> ChangeSummary {
    diff::summary(
        &diff::Definition { title: &base.title, description: &base.description, schema: &base.schema },
        &diff::Definition { title: &now.title, description: &now.description, schema: &now.schema },
    )
}
