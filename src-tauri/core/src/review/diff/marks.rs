//! Characters that do not look like what they are.

use unicode_security::{MixedScript, is_potential_mixed_script_confusable_char, skeleton};
use unicode_segmentation::UnicodeSegmentation;

use super::{Unseen, UnseenKind};
use crate::text::{hidden, is_invisible};

/// One such character and its place in bytes.
pub(super) struct Mark {
    pub(super) at: usize,
    pub(super) c: char,
    pub(super) unseen: Unseen,
}

/// All of them in `text`, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Vec::new();
    }
    let mut found: Vec<Mark> =
        hidden(text).into_iter().map(|(at, c)| Mark { at, c, unseen: without_picture(c) }).collect();
    found.extend(confusables(text));
    found.sort_by_key(|mark| mark.at);
    // A character may be both; that it has no picture is said first, and the sort is stable.
    found.dedup_by_key(|mark| mark.at);
    found
}

/// Letters that pass for those of another script. Only a word that mixes scripts has them: a Russian word is no trick.
fn confusables(text: &str) -> Vec<Mark> {
    let words = text.split_word_bound_indices().flat_map(|(start, word)| {
        // Identifiers join words with `_`, and those may be of different scripts.
        word.split('_').scan(start, |at, piece| {
            let begins = *at;
            *at += piece.len() + 1;
            Some((begins, piece))
        })
    });
    words
        .filter(|(_, word)| !word.is_ascii() && !word.is_single_script())
        .flat_map(|(start, word)| word.char_indices().map(move |(at, c)| (start + at, c)))
        .filter(|(_, c)| !c.is_ascii() && is_potential_mixed_script_confusable_char(*c))
        .map(|(at, c)| Mark { at, c, unseen: look_alike(c) })
        .collect()
}

fn look_alike(c: char) -> Unseen {
    let like: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
    let name = format!("U+{:04X}, looks like {like} of another script", u32::from(c));
    Unseen { kind: UnseenKind::Confusable, name }
}

fn without_picture(c: char) -> Unseen {
    let (kind, name) = match c {
        '\u{61c}' => (UnseenKind::Bidirectional, "ARABIC LETTER MARK"),
        '\u{200e}' => (UnseenKind::Bidirectional, "LEFT-TO-RIGHT MARK"),
        '\u{200f}' => (UnseenKind::Bidirectional, "RIGHT-TO-LEFT MARK"),
        '\u{202a}' => (UnseenKind::Bidirectional, "LEFT-TO-RIGHT EMBEDDING"),
        '\u{202b}' => (UnseenKind::Bidirectional, "RIGHT-TO-LEFT EMBEDDING"),
        '\u{202c}' => (UnseenKind::Bidirectional, "POP DIRECTIONAL FORMATTING"),
        '\u{202d}' => (UnseenKind::Bidirectional, "LEFT-TO-RIGHT OVERRIDE"),
        '\u{202e}' => (UnseenKind::Bidirectional, "RIGHT-TO-LEFT OVERRIDE"),
        '\u{2066}' => (UnseenKind::Bidirectional, "LEFT-TO-RIGHT ISOLATE"),
        '\u{2067}' => (UnseenKind::Bidirectional, "RIGHT-TO-LEFT ISOLATE"),
        '\u{2068}' => (UnseenKind::Bidirectional, "FIRST STRONG ISOLATE"),
        '\u{2069}' => (UnseenKind::Bidirectional, "POP DIRECTIONAL ISOLATE"),
        '\r' => (UnseenKind::Control, "CARRIAGE RETURN"),
        '\u{1b}' => (UnseenKind::Control, "ESCAPE"),
        c if c.is_control() => (UnseenKind::Control, "control character"),
        '\u{ad}' => (UnseenKind::Invisible, "SOFT HYPHEN"),
        '\u{200b}' => (UnseenKind::Invisible, "ZERO WIDTH SPACE"),
        '\u{200c}' => (UnseenKind::Invisible, "ZERO WIDTH NON-JOINER"),
        '\u{200d}' => (UnseenKind::Invisible, "ZERO WIDTH JOINER"),
        '\u{2028}' => (UnseenKind::Invisible, "LINE SEPARATOR"),
        '\u{2029}' => (UnseenKind::Invisible, "PARAGRAPH SEPARATOR"),
        '\u{2060}' => (UnseenKind::Invisible, "WORD JOINER"),
        '\u{feff}' => (UnseenKind::Invisible, "ZERO WIDTH NO-BREAK SPACE"),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => (UnseenKind::Invisible, "variation selector"),
        '\u{e0000}'..='\u{e007f}' => (UnseenKind::Invisible, "tag character"),
        c if is_invisible(c) => (UnseenKind::Invisible, "character without a picture"),
        _ => (UnseenKind::Invisible, "mark painted over others"),
    };
    Unseen { kind, name: name.to_owned() }
}
