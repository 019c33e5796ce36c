//! What each kind of evidence looks like.

mod blobs;
mod names;
mod phrases;
mod tongues;
mod unseen;

use crate::definition::{Definition, Surroundings};
use crate::fields::{Field, Fields};
use crate::finding::Hit;
use crate::folded::Folded;

/// Bytes of one text that are read; a hub refuses such a definition long before.
const MOST_OF_TEXT: usize = 200_000;

/// A text on its way through the rules.
pub(crate) struct Reading<'f> {
    pub(crate) at: usize,
    pub(crate) field: &'f Field<'f>,
    pub(crate) text: &'f str,
    pub(crate) folded: &'f Folded,
    /// The tool is about prompts and models, so that their words are its subject.
    pub(crate) about_models: bool,
}

/// Looks at every text of a definition.
pub(crate) fn look(definition: &Definition<'_>, fields: &Fields<'_>, around: &Surroundings<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let subject = Folded::new(&format!("{} {}", definition.name, definition.description), true).text;
    let about_models = phrases::is_about_models(&subject);
    for (at, field) in fields.iter() {
        let text = field.text.get(..field.text.floor_char_boundary(MOST_OF_TEXT)).unwrap_or_default();
        let folded = Folded::new(text, field.is_identifier());
        let reading = Reading { at, field, text, folded: &folded, about_models };
        phrases::look(&reading, &mut hits);
        tongues::look(&reading, &mut hits);
        unseen::look(&reading, &mut hits);
        blobs::look(&reading, &mut hits);
        names::look(&reading, around, &mut hits);
    }
    hits
}
