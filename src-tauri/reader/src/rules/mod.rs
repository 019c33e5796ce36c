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
use crate::finding::{Hit, Kind, Weight};
use crate::folded::Folded;

/// Bytes of a definition's texts that are read, in their order. Honest ones have a hundredth.
const MOST_READ: usize = 250_000;

const TOO_LONG: &str = "It is too long to be read whole; what follows from here was not read.";

/// A text on its way through the rules.
pub(crate) struct Reading<'f> {
    pub(crate) at: usize,
    pub(crate) field: &'f Field<'f>,
    pub(crate) text: &'f str,
    pub(crate) folded: &'f Folded,
    subject: &'f Subject,
    /// The tool's name in quotes, as it is spelt in folded texts.
    own_name: &'f str,
}

/// Looks at every text of a definition.
pub(crate) fn look(definition: &Definition<'_>, fields: &Fields<'_>, around: &Surroundings<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let subject = Subject::of(definition);
    let own_name = format!("\"{}\"", Folded::new(definition.name, false).text);
    let mut left = MOST_READ;
    for (at, field) in fields.iter() {
        let end = field.text.floor_char_boundary(left);
        let text = &field.text[..end];
        left -= end;
        if end < field.text.len() || fields.is_cut_behind(at) {
            let span =
                end.min(field.text.floor_char_boundary(field.text.len().saturating_sub(1)))..field.text.len();
            hits.push(Hit {
                field: at,
                span,
                kind: Kind::Invisible,
                weight: Weight::Warning,
                sentence: TOO_LONG,
            });
        }
        let folded = Folded::new(text, field.is_identifier());
        let reading = Reading { at, field, text, folded: &folded, subject: &subject, own_name: &own_name };
        sentences::look(&reading, &mut hits);
        tongues::look(&reading, &mut hits);
        unseen::look(&reading, &mut hits);
        blobs::look(&reading, &mut hits);
        disguises::look(&reading, &mut hits);
        names::look(&reading, around, &mut hits);
        if end < field.text.len() {
            break;
        }
    }
    hits
}
