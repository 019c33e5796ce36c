//! Untrusted text made fit to show: clipped, and with everything that could hide or reorder text made visible.
//!
//! Names, descriptions and error texts come from PostHog and from MCP servers. A character that has no picture of
//! its own (controls, bidirectional controls, zero-width characters, tags, variation selectors used to smuggle data)
//! becomes a mark such as `⟨U+200B⟩`. Emoji sequences and the joiners that Arabic and Indic scripts need stay.

use std::fmt::Write as _;

use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

/// Non-spacing marks allowed in a row before further ones are shown as marks: more than any script uses, fewer than
/// it takes to paint over the lines above and below.
const MAX_STACKED: usize = 8;

/// What becomes of line breaks and tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// They become marks, like every control.
    Marked,
    /// A run of them becomes one space.
    Space,
    /// `\n` and `\t` stay; `\r\n` and `\r` become `\n`.
    Kept,
}

/// Text to show exactly, as for a name: every control, line breaks too, becomes a mark.
///
/// The result has at most `max_chars` characters, marks and the closing `…` of a clipped text included; a mark or a
/// character made of several code points is never cut in two. Applying it twice changes nothing.
#[must_use]
pub fn visible(text: &str, max_chars: usize) -> String {
    shown(text, max_chars, Breaks::Marked)
}

/// Like [`visible`], for one line of prose: each run of line breaks and tabs becomes one space.
#[must_use]
pub fn visible_line(text: &str, max_chars: usize) -> String {
    shown(text, max_chars, Breaks::Space)
}

/// Like [`visible`], for a text with paragraphs: `\n` and `\t` stay, other line ends become `\n`.
#[must_use]
pub fn visible_block(text: &str, max_chars: usize) -> String {
    shown(text, max_chars, Breaks::Kept)
}

fn shown(text: &str, max_chars: usize, breaks: Breaks) -> String {
    let mut out = String::new();
    let mut used = 0;
    // Length in bytes of the longest prefix that leaves room for the `…`.
    let mut room_until = 0;
    let mut piece = String::new();
    let mut in_break = false;
    for cluster in text.graphemes(true) {
        piece.clear();
        if breaks != Breaks::Marked && is_break(cluster) {
            match breaks {
                Breaks::Kept if cluster == "\t" => piece.push('\t'),
                Breaks::Kept => piece.push('\n'),
                _ if in_break => continue,
                _ => piece.push(' '),
            }
            in_break = true;
        } else {
            in_break = false;
            show_cluster(cluster, &mut piece);
        }
        used += piece.chars().count();
        if used > max_chars {
            out.truncate(room_until);
            if max_chars > 0 {
                out.push('…');
            }
            return out;
        }
        out.push_str(&piece);
        if used < max_chars {
            room_until = out.len();
        }
    }
    out
}

fn is_break(cluster: &str) -> bool {
    matches!(cluster, "\n" | "\r" | "\r\n" | "\t")
}

/// Where in `text` [`visible_block`] puts a mark in place of a character: its place in bytes and the character. A
/// `\r` is among them; it has no picture.
pub(crate) fn hidden(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    for (start, cluster) in text.grapheme_indices(true) {
        let mut at = start;
        each_char(cluster, |c, keep| {
            if !keep && !matches!(c, '\n' | '\t') {
                found.push((at, c));
            }
            at += c.len_utf8();
        });
    }
    found
}

/// Appends one user-perceived character, marking what cannot be seen in it.
fn show_cluster(cluster: &str, out: &mut String) {
    each_char(cluster, |c, keep| {
        if keep {
            out.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        }
    });
}

/// Every code point of one user-perceived character, and whether it may stay as it is.
fn each_char(cluster: &str, mut tell: impl FnMut(char, bool)) {
    let mut before: Option<char> = None;
    let mut stacked = 0;
    let mut rest = cluster.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next();
        if c.general_category() == GeneralCategory::NonspacingMark && !is_invisible(c) {
            stacked += 1;
        } else {
            stacked = 0;
        }
        let keep = if is_invisible(c) { is_needed(before, c, after) } else { stacked <= MAX_STACKED };
        tell(c, keep);
        // What follows a mark stands beside the mark, as it will when the text is made visible again.
        before = Some(if keep { c } else { '⟩' });
    }
}

/// Without a picture of its own: controls, format characters, line and paragraph separators, and the characters
/// that Unicode asks renderers to ignore (`Default_Ignorable_Code_Point`), plus the blank braille pattern.
pub(crate) fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    match c.general_category() {
        GeneralCategory::Control | GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => {
            true
        }
        // These enclose or precede digits and are seen (`Prepended_Concatenation_Mark`).
        GeneralCategory::Format => !matches!(u32::from(c),
            0x600..=0x605 | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2 | 0x110BD | 0x110CD),
        _ => matches!(u32::from(c),
            0x34F | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x2065 | 0x2800 | 0x3164
            | 0xFE00..=0xFE0F | 0xFFA0 | 0xFFF0..=0xFFF8 | 0xE0000..=0xE0FFF),
    }
}

/// Invisible, but ordinary text needs it here: emoji presentation, emoji joined into one, joiners of a script.
fn is_needed(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        // Text or emoji presentation, once, after something that has both.
        '\u{FE0E}' | '\u{FE0F}' => before.is_emoji_char(),
        '\u{200D}' if is_pictograph(before) || before == '\u{FE0F}' || is_skin_tone(before) => {
            after.is_some_and(is_pictograph)
        }
        '\u{200C}' | '\u{200D}' => joins(before) && after.is_none_or(joins),
        _ => false,
    }
}

fn is_pictograph(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char()
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Letters and marks of the scripts in which zero-width joiners spell words: Arabic, the Indic family, Mongolian.
fn joins(c: char) -> bool {
    let script = matches!(u32::from(c),
        0x620..=0x8FF | 0x900..=0xDFF | 0xF00..=0x109F | 0x1780..=0x18AF | 0x1B00..=0x1BFF | 0xA840..=0xA8FF);
    script && !is_invisible(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_marked() {
        for (text, shown) in [
            ("a\0b", "a⟨U+0000⟩b"),
            ("\u{1b}[31mred", "⟨U+001B⟩[31mred"),
            ("a\u{202e}b\u{2066}c", "a⟨U+202E⟩b⟨U+2066⟩c"),
            ("pay\u{200b}pal", "pay⟨U+200B⟩pal"),
            ("pay\u{200d}pal", "pay⟨U+200D⟩pal"),
            ("👩\u{200d}x 👩\u{200d}", "👩⟨U+200D⟩x 👩⟨U+200D⟩"),
            ("so\u{ad}ft \u{feff}x\u{2060}", "so⟨U+00AD⟩ft ⟨U+FEFF⟩x⟨U+2060⟩"),
            ("x\u{e0041}\u{e007f}", "x⟨U+E0041⟩⟨U+E007F⟩"),
            ("x\u{fe0f}", "x⟨U+FE0F⟩"),
            ("😀\u{fe0f}\u{fe0e}\u{fe01}", "😀\u{fe0f}⟨U+FE0E⟩⟨U+FE01⟩"),
            ("\u{3164}\u{2800}\u{34f}", "⟨U+3164⟩⟨U+2800⟩⟨U+034F⟩"),
            ("a\u{2028}b\u{85}c", "a⟨U+2028⟩b⟨U+0085⟩c"),
            ("a\r\nb\tc", "a⟨U+000D⟩⟨U+000A⟩b⟨U+0009⟩c"),
        ] {
            assert_eq!(visible(text, 100), shown);
        }
    }

    #[test]
    fn ordinary_text_of_any_script_stays() {
        for text in [
            "search_docs",
            "Zürich, naïve café",
            "e\u{301}te\u{301}",
            "👩\u{200d}👩\u{200d}👧\u{200d}👦 👩🏽\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥 🇨🇭 1\u{fe0f}\u{20e3}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "日本語のツール",
            "שלום",
        ] {
            assert_eq!(visible(text, 100), text);
        }
    }

    #[test]
    fn breaks_become_a_space_in_a_line_and_stay_in_a_block() {
        assert_eq!(visible_line("a\r\n\tb\rc\u{1b}", 100), "a b c⟨U+001B⟩");
        assert_eq!(visible_block("a\r\n\tb\rc\u{1b}", 100), "a\n\tb\nc⟨U+001B⟩");
    }

    #[test]
    fn a_clipped_text_ends_in_an_ellipsis_and_never_inside_a_character_or_mark() {
        assert_eq!(visible("abcdef", 6), "abcdef");
        assert_eq!(visible("abcdef", 5), "abcd…");
        assert_eq!(visible("abcdef", 1), "…");
        assert_eq!(visible("abcdef", 0), "");
        assert_eq!(visible("ab\u{200b}", 9), "ab…");
        assert_eq!(visible("abc👩\u{200d}🚀d", 5), "abc…");
    }

    #[test]
    fn stacked_marks_do_not_pile_up() {
        let shown = visible(&format!("z{}", "\u{300}".repeat(500)), 10_000);
        assert_eq!(shown.chars().filter(|c| *c == '\u{300}').count(), MAX_STACKED);
    }

    /// Text with much of what is dangerous in it.
    fn hostile() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            '\u{200d}',
            '\u{200c}',
            '\u{200b}',
            '\u{fe0f}',
            '\u{fe0e}',
            '\u{e0101}',
            '\u{202e}',
            '\u{2069}',
            '\u{61c}',
            '\u{300}',
            '\u{34f}',
            '\r',
            '\n',
            '\t',
            '\u{1b}',
            '👩',
            '🚀',
            '🏽',
            '🇨',
            'ی',
            'क',
            '\u{94d}',
            '1',
            '\u{e0041}',
        ]);
        prop::collection::vec(prop_oneof![odd, any::<char>()], 0..60)
            .prop_map(|chars| chars.into_iter().collect())
    }

    fn is_direction(c: char) -> bool {
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
    }

    fn is_smuggled(c: char) -> bool {
        matches!(c, '\u{200B}' | '\u{E0000}'..='\u{E0FFF}')
    }

    proptest! {
        #[test]
        fn nothing_hidden_comes_through_and_the_length_holds(text in hostile(), max in 0..80_usize) {
            for (shown, kept) in
                [(visible(&text, max), ""), (visible_line(&text, max), ""), (visible_block(&text, max), "\n\t")]
            {
                prop_assert!(shown.chars().count() <= max);
                prop_assert!(shown.chars().all(|c| kept.contains(c) || !c.is_control()));
                prop_assert!(!shown.chars().any(|c| is_direction(c) || is_smuggled(c)));
            }
        }

        #[test]
        fn making_visible_twice_changes_nothing(text in hostile(), max in 0..80_usize) {
            for show in [visible, visible_line, visible_block] {
                let once = show(&text, max);
                prop_assert_eq!(show(&once, max), once);
            }
        }

        #[test]
        fn printable_ascii_stays(text in "[ -~]{0,60}") {
            prop_assert_eq!(visible(&text, 60), text);
        }
    }
}
