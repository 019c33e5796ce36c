//! What each kind of evidence looks like.

mod blobs;
mod excuse;
mod names;
mod phrases;
mod sentences;
mod subject;
mod together;
mod tongues;
mod unseen;

use crate::definition::{Definition, Surroundings};
use crate::fields::{Field, Fields};
use crate::finding::Hit;
use crate::folded::Folded;

use self::subject::Subject;

/// Bytes of one text that are read; a hub refuses such a definition long before.
const MOST_OF_TEXT: usize = 200_000;

/// A text on its way through the rules.
pub(crate) struct Reading<'f> {
    pub(crate) at: usize,
    pub(crate) field: &'f Field<'f>,
    pub(crate) text: &'f str,
    pub(crate) folded: &'f Folded,
    /// What the tool is about, so that its words are no surprise.
    pub(crate) subject: Subject,
}

/// Looks at every text of a definition.
pub(crate) fn look(definition: &Definition<'_>, fields: &Fields<'_>, around: &Surroundings<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let subject = subject::of(definition);
    for (at, field) in fields.iter() {
        let text = field.text.get(..field.text.floor_char_boundary(MOST_OF_TEXT)).unwrap_or_default();
        let folded = Folded::new(text, field.is_identifier());
        let reading = Reading { at, field, text, folded: &folded, subject };
        phrases::look(&reading, &mut hits);
        together::look(&reading, &mut hits);
        tongues::look(&reading, &mut hits);
        unseen::look(&reading, &mut hits);
        blobs::look(&reading, &mut hits);
        names::look(&reading, around, &mut hits);
    }
    hits
}
