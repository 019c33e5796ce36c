//! Characters that cannot be seen, turn the direction of writing, or pass for another script's letter.

use unicode_security::is_potential_mixed_script_confusable_char;
use unicode_segmentation::UnicodeSegmentation;

use super::{PartChange, TextPart, Unseen, UnseenKind};
use crate::text::hides;

/// The text in pieces, with everything unseen as a piece of its own.
#[must_use]
pub fn visible(text: &str) -> Vec<TextPart> {
    let mut parts = Vec::new();
    push(&mut parts, text, PartChange::Same);
    parts
}

/// How many unseen characters a text has.
pub(super) fn count(text: &str) -> usize {
    // Most texts are plain ASCII: nothing to look for.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r')) {
        return 0;
    }
    visible(text).iter().filter(|part| part.unseen.is_some()).count()
}

/// Appends a text of one fate.
pub(super) fn push(parts: &mut Vec<TextPart>, text: &str, change: PartChange) {
    let mut plain = String::new();
    for word in text.split_word_bounds() {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        for cluster in word.graphemes(true) {
            let mut before = None;
            let mut rest = cluster.chars();
            while let Some(c) = rest.next() {
                let found = unseen(before, c, rest.clone().next(), latin);
                before = Some(c);
                match found {
                    None => plain.push(c),
                    Some((shown, unseen)) => {
                        flush(parts, &mut plain, change);
                        parts.push(TextPart { text: shown, change, unseen: Some(unseen) });
                    }
                }
            }
        }
    }
    flush(parts, &mut plain, change);
}

fn flush(parts: &mut Vec<TextPart>, plain: &mut String, change: PartChange) {
    if plain.is_empty() {
        return;
    }
    let text = std::mem::take(plain);
    match parts.last_mut() {
        Some(last) if last.change == change && last.unseen.is_none() => last.text.push_str(&text),
        _ => parts.push(TextPart { text, change, unseen: None }),
    }
}

/// What stands for a character that deceives. Line ends and tabs are seen by what they do.
fn unseen(before: Option<char>, c: char, after: Option<char>, latin: bool) -> Option<(String, Unseen)> {
    let of = |kind, name: String| Unseen { kind, name };
    if matches!(c, '\n' | '\t' | '\r') {
        return None;
    }
    if hides(before, c, after) {
        let mark = format!("U+{:04X}", u32::from(c));
        let (kind, name) = name(c);
        return Some((mark, of(kind, name.to_owned())));
    }
    // A word of one script is no trick, whatever script it is.
    if latin && !c.is_ascii() && is_potential_mixed_script_confusable_char(c) {
        let name = format!("U+{:04X}, looks like a letter of another script", u32::from(c));
        return Some((c.to_string(), of(UnseenKind::Confusable, name)));
    }
    None
}

fn name(c: char) -> (UnseenKind, &'static str) {
    match u32::from(c) {
        0x200B => (UnseenKind::Invisible, "zero width space"),
        0x200C => (UnseenKind::Invisible, "zero width non-joiner"),
        0x200D => (UnseenKind::Invisible, "zero width joiner"),
        0x2060 => (UnseenKind::Invisible, "word joiner"),
        0xFEFF => (UnseenKind::Invisible, "zero width no-break space"),
        0xAD => (UnseenKind::Invisible, "soft hyphen"),
        0xFE00..=0xFE0F | 0xE0100..=0xE01EF => (UnseenKind::Invisible, "variation selector"),
        0xE0000..=0xE007F => (UnseenKind::Invisible, "tag character"),
        0x202A | 0x202D | 0x2066 => (UnseenKind::Bidirectional, "turns writing left to right"),
        0x202B | 0x202E | 0x2067 => (UnseenKind::Bidirectional, "turns writing right to left"),
        0x202C | 0x2068 | 0x2069 | 0x200E | 0x200F | 0x61C => {
            (UnseenKind::Bidirectional, "changes the direction of writing")
        }
        _ if c.is_control() => (UnseenKind::Control, "control character"),
        _ => (UnseenKind::Invisible, "invisible character"),
    }
}
