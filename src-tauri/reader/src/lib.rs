//! What the text says: reads one whole MCP tool definition and points at evidence that it speaks to the model instead
//! of describing a tool.
//!
//! Offline and deterministic: no network, no model, no clock, no files. The same definition beside the same tools gives
//! the same findings. A finding is evidence for a person to look at; finding nothing says nothing about a tool.
//!
//! [`read`] takes a definition apart into its texts (name, title, description, and each name and text of the schema),
//! folds each into plain lower-case words, and lets the rules look for what they know.

mod definition;
mod fields;
mod finding;
mod folded;
mod path;
mod rules;
mod scan;
mod work;

pub use definition::{Definition, Neighbours, OtherTool, Surroundings};
pub use finding::{Excerpt, Finding, Kind, Weight};

/// Most findings that one definition gets. Beyond it notes are left out first, then warnings from the end.
pub const MOST_FINDINGS: usize = 100;

/// Reads a definition and points at what it finds, in the order of the text.
///
/// Work and memory grow with the size of the definition, whatever it holds, and with nothing else: 10,000 neighbours
/// cost what ten do.
#[must_use]
pub fn read(definition: &Definition<'_>, around: &Surroundings<'_>) -> Vec<Finding> {
    let fields = fields::of(definition);
    let hits = rules::look(definition, &fields, around);
    finding::report(&fields, hits)
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod properties;
