//! Two texts word by word.

use similar::utils::{diff_lines, diff_unicode_words};
use similar::{Algorithm, ChangeTag};

use super::unseen::push;
use super::{PartChange, TextDiff};

/// Of each text at most this much is compared and shown, in characters.
const SHOWN: usize = 20_000;
/// Up to so many words on both sides together they are compared one by one: the work can grow with the square.
const WORDS: usize = 6_000;
/// The same for lines, where there are more words.
const LINES: usize = 4_000;

/// Compares two texts word by word; very long ones line by line, and beyond that as a whole.
#[must_use]
pub fn text(before: &str, after: &str) -> TextDiff {
    let (shown_before, shown_after) = (clipped(before), clipped(after));
    let mut diff = TextDiff {
        same: before == after,
        clipped: shown_before.len() < before.len() || shown_after.len() < after.len(),
        ..TextDiff::default()
    };
    for (change, piece) in pieces(shown_before, shown_after) {
        if change != PartChange::Added {
            push(&mut diff.before, piece, change);
        }
        if change != PartChange::Removed {
            push(&mut diff.after, piece, change);
        }
    }
    diff
}

fn clipped(text: &str) -> &str {
    text.char_indices().nth(SHOWN).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

fn pieces<'t>(before: &'t str, after: &'t str) -> Vec<(PartChange, &'t str)> {
    let words = |text: &str| text.split_whitespace().count();
    let pieces = if before == after {
        vec![(PartChange::Same, before)]
    } else if words(before) + words(after) <= WORDS {
        collected(diff_unicode_words(Algorithm::Myers, before, after))
    } else if before.lines().count() + after.lines().count() <= LINES {
        collected(diff_lines(Algorithm::Myers, before, after))
    } else {
        vec![(PartChange::Removed, before), (PartChange::Added, after)]
    };
    without_islands(pieces)
}

fn collected(pieces: Vec<(ChangeTag, &str)>) -> Vec<(PartChange, &str)> {
    let change = |tag| match tag {
        ChangeTag::Equal => PartChange::Same,
        ChangeTag::Delete => PartChange::Removed,
        ChangeTag::Insert => PartChange::Added,
    };
    pieces.into_iter().map(|(tag, piece)| (change(tag), piece)).collect()
}

/// White space that stayed between two changed words belongs to the change: otherwise each word is a mark of its own.
fn without_islands(pieces: Vec<(PartChange, &str)>) -> Vec<(PartChange, &str)> {
    let changed = |at: Option<&(PartChange, &str)>| at.is_some_and(|(change, _)| *change != PartChange::Same);
    let mut out: Vec<(PartChange, &str)> = Vec::with_capacity(pieces.len());
    for (index, (change, piece)) in pieces.iter().enumerate() {
        let island = *change == PartChange::Same
            && piece.trim().is_empty()
            && index > 0
            && changed(pieces.get(index - 1))
            && changed(pieces.get(index + 1));
        if island {
            out.extend([(PartChange::Removed, *piece), (PartChange::Added, *piece)]);
        } else {
            out.push((*change, piece));
        }
    }
    out
}
