//! What a person sees between the definition they decided on and the one there is now.

mod schemas;
mod texts;
mod unseen;

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;

pub use schemas::{schema, sentence};
pub use texts::text;
pub use unseen::visible;

/// Two texts, side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct TextDiff {
    /// The earlier text: what stayed and what went.
    pub before: Vec<TextPart>,
    /// The later text: what stayed and what came.
    pub after: Vec<TextPart>,
    /// They are equal.
    pub same: bool,
    /// One of them was longer than what is shown.
    pub clipped: bool,
}

/// A piece of text with one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TextPart {
    /// The text to show.
    pub text: String,
    /// Its fate.
    pub change: PartChange,
    /// Set when the text stands for something that cannot be seen or deceives.
    pub unseen: Option<Unseen>,
}

/// Fate of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartChange {
    /// In both.
    Same,
    /// Only in the earlier.
    Removed,
    /// Only in the later.
    Added,
}

/// A character that cannot be seen or deceives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Unseen {
    /// What kind.
    pub kind: UnseenKind,
    /// Its name.
    pub name: String,
}

/// Kind of such a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnseenKind {
    /// Takes no room.
    Invisible,
    /// Turns the direction of writing.
    Bidirectional,
    /// A control character.
    Control,
    /// Looks like another script's letter.
    Confusable,
}

/// Two schemas, as sentences about parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct SchemaDiff {
    /// Parameters that are the same.
    pub unchanged: Vec<String>,
    /// What changed.
    pub changes: Vec<SchemaChange>,
    /// One of the schemas cannot be read as one; then `text` shows them.
    pub unreadable: bool,
    /// Both as indented JSON, where sentences cannot say it.
    pub text: Option<TextDiff>,
}

/// One change of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SchemaChange {
    /// Where, for example `filter.state` or `items[]`.
    pub path: String,
    /// What.
    pub kind: SchemaChangeKind,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
    /// The schema requires the parameter now.
    pub required: bool,
    /// For a description: both texts.
    pub text: Option<TextDiff>,
}

/// What changed in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SchemaChangeKind {
    /// A parameter came.
    Added,
    /// A parameter went.
    Removed,
    /// A parameter probably has another name.
    Renamed,
    /// Another type.
    TypeChanged,
    /// Other choices.
    ChoicesChanged,
    /// Another default.
    DefaultChanged,
    /// Required now.
    NowRequired,
    /// Not required any more.
    NoLongerRequired,
    /// Another description.
    DescriptionChanged,
    /// Other limits.
    LimitsChanged,
    /// Something else.
    OtherChanged,
}

/// What changed, in short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ChangeSummary {
    /// The title.
    pub title: bool,
    /// The description.
    pub description: bool,
    /// Parameters that came.
    pub added: u32,
    /// Parameters that went.
    pub removed: u32,
    /// Parameters that changed.
    pub changed: u32,
    /// Characters that cannot be seen came.
    pub hidden: bool,
}

/// What a summary is made of.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'a> {
    /// Title.
    pub title: &'a str,
    /// Description.
    pub description: &'a str,
    /// Input schema as JSON text.
    pub schema: &'a str,
}

/// What changed between two definitions, in short.
#[must_use]
pub fn summary(before: &Definition<'_>, after: &Definition<'_>) -> ChangeSummary {
    let schemas = schema(Some(before.schema), Some(after.schema));
    let of = |kinds: &[SchemaChangeKind]| {
        let paths: BTreeSet<&str> = schemas
            .changes
            .iter()
            .filter(|change| kinds.contains(&change.kind))
            .map(|change| change.path.as_str())
            .collect();
        paths.len()
    };
    let added = of(&[SchemaChangeKind::Added]);
    let removed = of(&[SchemaChangeKind::Removed]);
    let all: BTreeSet<&str> = schemas.changes.iter().map(|change| change.path.as_str()).collect();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let hidden = |definition: &Definition<'_>| {
        [definition.title, definition.description, definition.schema]
            .into_iter()
            .map(unseen::count)
            .sum::<usize>()
    };
    ChangeSummary {
        title: before.title != after.title,
        description: before.description != after.description,
        added: count(added),
        removed: count(removed),
        changed: count((all.len() - added - removed).max(usize::from(schemas.unreadable))),
        hidden: hidden(after) > hidden(before),
    }
}

#[cfg(test)]
mod tests;
