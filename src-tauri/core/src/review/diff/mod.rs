//! What a person sees between the definition they decided on and the one there is now.
//!
//! Every text here came from an MCP server: it is clipped, and what cannot be seen in it is shown. The cost is bounded
//! by the size of the input alone, never by a clock, so that the same two definitions always look the same.

mod marks;
mod parameters;
mod schema;
mod sentence;
mod summary;
mod words;

use serde::Serialize;
use ts_rs::TS;

pub use schema::schema;
pub use sentence::sentence;
pub use summary::{ChangeSummary, Definition, summary};
pub use words::{text, visible};

/// Two texts in two columns, word by word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TextDiff {
    /// The text decided on: what stayed and what was removed.
    pub before: Vec<TextPart>,
    /// The text there is now: what stayed and what was added.
    pub after: Vec<TextPart>,
    /// The two texts are the same, byte for byte.
    pub same: bool,
    /// The columns show only a part of the texts; it begins shortly before the first difference.
    pub clipped: bool,
}

/// A run of text with one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TextPart {
    /// Plain text to show; for an [`unseen`](Self::unseen) character that has no picture, `U+` and its number.
    pub text: String,
    /// Whether it stayed.
    pub change: PartChange,
    /// The part is one character that a reader would not see, or would take for another.
    pub unseen: Option<Unseen>,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartChange {
    /// It is in both texts.
    Same,
    /// It is only in the text decided on.
    Removed,
    /// It is only in the text there is now.
    Added,
}

/// A character that does not look like what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Unseen {
    /// How it deceives.
    pub kind: UnseenKind,
    /// Its Unicode name, or a plain description.
    pub name: String,
}

/// How a character deceives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnseenKind {
    /// It takes no room, or looks like a space, or is painted over another character.
    Invisible,
    /// It changes the direction in which the text around it is shown.
    Bidirectional,
    /// It is a control character other than a line feed or tab.
    Control,
    /// It looks like a letter of another script that its word is written in.
    Confusable,
}

/// What differs between two input schemas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SchemaDiff {
    /// Paths of the parameters that stayed as they were, at most 500: those of the outermost level, and those beside a
    /// change.
    pub unchanged: Vec<String>,
    /// What differs, at most 501 entries. Empty if and only if the two have the same canonical form (or, of schemas
    /// that have none, the same text).
    pub changes: Vec<SchemaChange>,
    /// One of the two has no canonical form; only the texts were compared.
    pub unreadable: bool,
    /// The two schemas as indented JSON, when `changes` cannot say everything.
    pub text: Option<TextDiff>,
}

/// One difference between two input schemas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SchemaChange {
    /// The parameter: `filter.state`, `items[]`; empty for the schema as a whole. A name with `.`, `[`, `]`, `"` or
    /// nothing in it is in quotes. Definitions that others refer to are below `$defs` or `definitions`.
    pub path: String,
    /// What happened to it.
    pub kind: SchemaChangeKind,
    /// How it was, at most 200 characters; for a renamed one its old name.
    pub before: Option<String>,
    /// How it is now, at most 200 characters; for a renamed one its new name.
    pub after: Option<String>,
    /// The parameter must be given now.
    pub required: bool,
    /// Of a changed description, word by word.
    pub text: Option<TextDiff>,
}

/// What happened to a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SchemaChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Probably renamed: one is gone, one is new beside it, and all else about them is equal.
    Renamed,
    /// It takes another type of value.
    TypeChanged,
    /// It takes other ones of a list of values.
    ChoicesChanged,
    /// What it is when it is not given.
    DefaultChanged,
    /// It must be given now.
    NowRequired,
    /// It may be left out now.
    NoLongerRequired,
    /// It is described in other words.
    DescriptionChanged,
    /// Its length, size, range or pattern has other limits.
    LimitsChanged,
    /// Anything else, for example a keyword that no draft knows.
    OtherChanged,
}

#[cfg(test)]
mod tests;
