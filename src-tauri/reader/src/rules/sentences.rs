//! A text cut into sentences.

use std::ops::Range;

/// Where the sentences of a text are: each ends before `.`, `!` or `?` and space, or at the end of its line.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start > bytes.len() {
            return None;
        }
        let ends = |at: usize| match bytes[at] {
            b'\n' => true,
            b'.' | b'!' | b'?' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
            _ => false,
        };
        let end = (start..bytes.len()).find(|at| ends(*at)).unwrap_or(bytes.len());
        let sentence = start..end;
        start = end + 1;
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_mark_and_not_at_a_dot_within_a_name() {
        let text = "Reads a.txt now. Then\nmore! é";
        let all: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
        assert_eq!(all, ["Reads a.txt now", " Then", "more", " é"]);
    }
}
