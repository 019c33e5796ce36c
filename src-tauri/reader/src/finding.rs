//! What is found, and how it is told apart from everything else that is found.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::MOST_FINDINGS;
use crate::fields::Fields;

/// What a piece of text is evidence of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Orders to the model that go beyond this tool: other tools, the session, permission, earlier instructions.
    Instruction,
    /// Files that hold keys, passwords or private data.
    PrivateFile,
    /// Secrets, the conversation or the model's own instructions, passed on.
    SecretPassedOn,
    /// Something the person at the screen is not to know.
    HiddenFromUser,
    /// Characters or space that a person does not see and a model reads.
    Invisible,
    /// A name or word made of characters that imitate others.
    LookAlike,
    /// Another server's tool.
    OtherTool,
    /// Text in an encoding that people do not read.
    EncodedBlob,
    /// An address on the internet.
    Link,
}

/// Whether a finding asks to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Common in honest definitions too: a link to documentation, a path as an example. Worth a line, no warning.
    Note,
    /// Rare in honest definitions. Shown as a warning until somebody accepts it.
    Warning,
}

/// A piece of a definition, and what it is evidence of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Finding {
    /// 16 hexadecimal digits of kind, field and matched text, and of nothing else: who accepts it has accepted these
    /// words in this place.
    pub id: String,
    /// What it is evidence of.
    pub kind: Kind,
    /// Whether it asks to be looked at.
    pub weight: Weight,
    /// Where: `name`, `title`, `description`, or a place in the schema such as `parameters.filter.status: description`.
    pub field: String,
    /// Bytes of that field's text, without JSON's escapes; both ends are between characters.
    #[ts(type = "{ start: number, end: number }")]
    pub span: Range<usize>,
    /// The matched text with a little of what surrounds it. Raw: who shows it makes controls visible.
    pub excerpt: Excerpt,
    /// What the text does, as one plain sentence.
    pub sentence: String,
}

/// A matched text in its place, clipped between characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Excerpt {
    /// Up to 60 bytes before.
    pub before: String,
    /// The match, up to 300 bytes of it.
    pub hit: String,
    /// Up to 60 bytes after.
    pub after: String,
}

const AROUND: usize = 60;
const MOST_OF_HIT: usize = 300;

/// What a rule points at: the bare fact, before it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) field: usize,
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
    pub(crate) weight: Weight,
    pub(crate) sentence: &'static str,
}

/// Tells the hits in the order of the text: one for each place, kind and wording, at most [`MOST_FINDINGS`].
pub(crate) fn report(fields: &Fields<'_>, mut hits: Vec<Hit>) -> Vec<Finding> {
    hits.sort_by(|a, b| {
        (a.field, a.kind, a.span.start, b.span.end).cmp(&(b.field, b.kind, b.span.start, a.span.end))
    });
    hits.dedup_by(|next, kept| same_place(next, kept));
    hits.sort_by_key(|hit| (hit.field, hit.span.start, hit.kind));
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert((hit.kind, hit.field, fields.slice(hit.field, &hit.span))));
    keep_the_heaviest(&mut hits);
    hits.into_iter().map(|hit| tell(fields, &hit)).collect()
}

/// Whether `next`, which starts at or behind `kept`, is the same piece of evidence; `kept` then stands for both.
fn same_place(next: &Hit, kept: &mut Hit) -> bool {
    let same = next.field == kept.field && next.kind == kept.kind && next.span.start < kept.span.end;
    if same && next.weight > kept.weight {
        *kept = next.clone();
    }
    same
}

fn keep_the_heaviest(hits: &mut Vec<Hit>) {
    let warnings = hits.iter().filter(|hit| hit.weight == Weight::Warning).count();
    let mut notes_left = MOST_FINDINGS.saturating_sub(warnings);
    hits.retain(|hit| {
        let kept = hit.weight == Weight::Warning || notes_left > 0;
        if hit.weight == Weight::Note {
            notes_left = notes_left.saturating_sub(1);
        }
        kept
    });
    hits.truncate(MOST_FINDINGS);
}

fn tell(fields: &Fields<'_>, hit: &Hit) -> Finding {
    let text = fields.text(hit.field);
    let field = fields.label(hit.field);
    let matched = fields.slice(hit.field, &hit.span);
    Finding {
        id: id(hit.kind, &field, matched),
        kind: hit.kind,
        weight: hit.weight,
        span: hit.span.clone(),
        excerpt: Excerpt {
            before: text[text.ceil_char_boundary(hit.span.start.saturating_sub(AROUND))..hit.span.start]
                .to_owned(),
            hit: matched[..matched.floor_char_boundary(MOST_OF_HIT)].to_owned(),
            after: text[hit.span.end..text.floor_char_boundary(hit.span.end + AROUND)].to_owned(),
        },
        field,
        sentence: hit.sentence.to_owned(),
    }
}

fn id(kind: Kind, field: &str, matched: &str) -> String {
    let mut hash = Sha256::new();
    hash.update([kind as u8]);
    // A length in front keeps field and text apart.
    hash.update((field.len() as u64).to_be_bytes());
    hash.update(field);
    hash.update(matched);
    hex::encode(&hash.finalize()[..8])
}
