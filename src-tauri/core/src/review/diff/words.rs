//! Two texts, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::marks::{Mark, marks};
use super::{PartChange, TextDiff, TextPart, UnseenKind};

/// Longest text a column shows, in characters.
const MAX_CHARS: usize = 20_000;
/// What a column shows before the first difference when the texts are longer than that, in characters.
const CONTEXT_CHARS: usize = 500;
/// Most words, or else lines, of both texts together that are compared one by one. The cost grows with the square.
const MAX_TOKENS: usize = 6_000;

/// What differs between two texts, word by word (as Unicode bounds words).
///
/// Texts of more than 6,000 words together, spaces and punctuation counted, are compared line by line, and if they
/// have as many lines, replaced as a whole. Of texts longer than 20,000 characters a part of that length is
/// compared, beginning 500 characters before the first difference: nothing is hidden by writing much before it.
#[must_use]
pub fn text(before: &str, after: &str) -> TextDiff {
    let (old, new, clipped) = window(before, after);
    let (old_tokens, new_tokens) = tokens(old, new);
    let ops = capture_diff_slices(Algorithm::Myers, &old_tokens, &new_tokens);
    let (mut left, mut right) = (Column::new(old), Column::new(new));
    for op in ops {
        let same = matches!(op, DiffOp::Equal { .. });
        let length = |tokens: &[&str], range: Range<usize>| -> usize {
            tokens.get(range).unwrap_or_default().iter().map(|token| token.len()).sum()
        };
        let (removed, added) = (length(&old_tokens, op.old_range()), length(&new_tokens, op.new_range()));
        left.push(removed, if same { PartChange::Same } else { PartChange::Removed });
        right.push(added, if same { PartChange::Same } else { PartChange::Added });
    }
    TextDiff { before: left.parts, after: right.parts, same: before == after, clipped }
}

/// One text with every character shown that could not be seen; at most 20,000 characters of it.
#[must_use]
pub fn visible(text: &str) -> Vec<TextPart> {
    let shown = first_chars(text, MAX_CHARS);
    let mut column = Column::new(shown);
    column.push(shown.len(), PartChange::Same);
    column.parts
}

/// The part of the two texts that is compared, and whether anything is left out.
fn window<'t>(before: &'t str, after: &'t str) -> (&'t str, &'t str, bool) {
    let fits = |text: &str| first_chars(text, MAX_CHARS).len() == text.len();
    if fits(before) && fits(after) {
        return (before, after, false);
    }
    let alike = before.chars().zip(after.chars()).take_while(|(old, new)| old == new).count();
    // Texts that are the same are shown from their beginning.
    let skipped = if before == after { 0 } else { alike.saturating_sub(CONTEXT_CHARS) };
    let part = |text: &'t str| {
        let rest = text.get(first_chars(text, skipped).len()..).unwrap_or_default();
        first_chars(rest, MAX_CHARS)
    };
    (part(before), part(after), true)
}

fn first_chars(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

fn tokens<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let words =
        (before.split_word_bounds().collect::<Vec<_>>(), after.split_word_bounds().collect::<Vec<_>>());
    if words.0.len() + words.1.len() <= MAX_TOKENS {
        return words;
    }
    let lines =
        (before.split_inclusive('\n').collect::<Vec<_>>(), after.split_inclusive('\n').collect::<Vec<_>>());
    if lines.0.len() + lines.1.len() <= MAX_TOKENS {
        return lines;
    }
    (vec![before], vec![after])
}

/// One column, filled from its beginning.
struct Column<'t> {
    text: &'t str,
    marks: std::iter::Peekable<std::vec::IntoIter<Mark>>,
    at: usize,
    parts: Vec<TextPart>,
}

impl<'t> Column<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, marks: marks(text).into_iter().peekable(), at: 0, parts: Vec::new() }
    }

    /// The next `length` bytes have one fate.
    fn push(&mut self, length: usize, change: PartChange) {
        let end = self.at + length;
        while let Some(Mark { at, c, unseen }) = self.marks.next_if(|mark| mark.at < end) {
            self.plain(at, change);
            let text = match unseen.kind {
                UnseenKind::Confusable => c.to_string(),
                _ => format!("U+{:04X}", u32::from(c)),
            };
            self.parts.push(TextPart { text, change, unseen: Some(unseen) });
            self.at = at + c.len_utf8();
        }
        self.plain(end, change);
    }

    fn plain(&mut self, end: usize, change: PartChange) {
        let text = self.text.get(self.at..end).unwrap_or_default();
        if !text.is_empty() {
            self.parts.push(TextPart { text: text.to_owned(), change, unseen: None });
        }
        self.at = end;
    }
}
