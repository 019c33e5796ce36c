//! What each kind of evidence looks like.

mod blobs;
mod disguises;
mod names;
mod sentences;
mod subject;
mod table;
mod tongues;
mod unseen;
mod words;

use self::subject::Subject;
use crate::definition::{Definition, Surroundings};
use crate::fields::{Field, Fields};
use crate::finding::Hit;
use crate::folded::Folded;

/// Bytes of one text that are read. What is behind them is not.
const MOST_OF_TEXT: usize = 200_000;

/// A text on its way through the rules.
pub(crate) struct Reading<'f> {
    pub(crate) at: usize,
    pub(crate) field: &'f Field<'f>,
    pub(crate) text: &'f str,
    pub(crate) folded: &'f Folded,
    subject: &'f Subject,
    /// The tool's name as it is spelt in folded texts.
    own_name: &'f str,
}

/// Looks at every text of a definition.
pub(crate) fn look(definition: &Definition<'_>, fields: &Fields<'_>, around: &Surroundings<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let subject = Subject::of(definition);
    let own_name = Folded::new(definition.name, false).text;
    for (at, field) in fields.iter() {
        let text = field.text.get(..field.text.floor_char_boundary(MOST_OF_TEXT)).unwrap_or_default();
        let folded = Folded::new(text, field.is_identifier());
        let reading = Reading { at, field, text, folded: &folded, subject: &subject, own_name: &own_name };
        sentences::look(&reading, &mut hits);
        tongues::look(&reading, &mut hits);
        unseen::look(&reading, &mut hits);
        blobs::look(&reading, &mut hits);
        disguises::look(&reading, &mut hits);
        names::look(&reading, around, &mut hits);
    }
    hits
}
