//! What a person does not see and a model reads.

use super::Reading;
use crate::fields::Role;
use crate::finding::{Hit, Kind, Weight};
use crate::folded::is_unseen;

const TAGS: &str = "Characters nobody sees spell out a text.";
const HIDDEN: &str = "There are characters that nobody sees.";
const TURNED: &str = "Characters turn the direction of writing, so that it reads otherwise than it is.";
const TERMINAL: &str = "Control codes can hide or colour text away in a terminal.";
const FAR: &str = "Text stands far away behind empty space.";
const COMMENT: &str = "A comment that is not shown where the text is rendered.";

/// So many unseen characters in a row are a message, whatever the script around them.
const MESSAGE: usize = 4;
/// So much empty space pushes what follows off the screen.
const EMPTY: usize = 60;

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut push = |span, sentence| {
        hits.push(Hit { field: reading.at, span, kind: Kind::Invisible, weight: Weight::Warning, sentence });
    };
    let name = matches!(reading.field.role, Role::Name | Role::ParameterName);
    for (span, run) in runs(reading.text) {
        let judged = judge(&run, before(reading.text, span.start), after(reading.text, span.end), name);
        if let Some(sentence) = judged {
            push(span, sentence);
        }
    }
    for (start, c) in reading.text.char_indices().filter(|(_, c)| c.is_control()) {
        if !matches!(c, '\n' | '\r' | '\t') {
            push(start..start + c.len_utf8(), TERMINAL);
        }
    }
    if let Some(span) = far_away(reading.text) {
        push(span, FAR);
    }
    if let Some(start) = reading.text.find("<!--") {
        let end = reading.text[start..].find("-->").map_or(reading.text.len(), |at| start + at + 3);
        push(start..end, COMMENT);
    }
}

/// Runs of unseen characters.
fn runs(text: &str) -> Vec<(std::ops::Range<usize>, Vec<char>)> {
    let mut all: Vec<(std::ops::Range<usize>, Vec<char>)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_unseen(*c)) {
        match all.last_mut() {
            Some((span, run)) if span.end == at => {
                span.end += c.len_utf8();
                run.push(c);
            }
            _ => all.push((at..at + c.len_utf8(), vec![c])),
        }
    }
    all
}

fn judge(run: &[char], before: Option<char>, after: Option<char>, name: bool) -> Option<&'static str> {
    let all = |within: fn(char) -> bool| run.iter().all(|c| within(*c));
    let flag =
        before == Some('\u{1f3f4}') && all(is_tag) && run.last() == Some(&'\u{e007f}') && run.len() <= 8;
    if flag {
        return None;
    }
    if run.iter().any(|c| is_tag(*c)) {
        return Some(TAGS);
    }
    if run.iter().any(|c| matches!(u32::from(*c), 0x202A..=0x202E | 0x2066..=0x2069)) {
        return Some(TURNED);
    }
    if run.len() >= MESSAGE {
        return Some(HIDDEN);
    }
    let ordinary = match run {
        // Emoji presentation and joining, joiners of scripts that need them, soft hyphens within words, marks of
        // direction beside a script that runs the other way.
        ['\u{fe0e}' | '\u{fe0f}'] | ['\u{fe0f}', '\u{200d}'] => true,
        ['\u{200d}' | '\u{200c}'] => {
            before.is_some_and(|c| !c.is_ascii()) && after.is_none_or(|c| !c.is_ascii())
        }
        ['\u{ad}'] => before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic),
        ['\u{200e}' | '\u{200f}' | '\u{61c}'] => is_right_to_left(before) || is_right_to_left(after),
        _ => false,
    };
    (!ordinary || (name && before.is_some_and(|c| c.is_ascii()))).then_some(HIDDEN)
}

fn is_tag(c: char) -> bool {
    matches!(u32::from(c), 0xE0000..=0xE007F | 0xE0100..=0xE01EF)
}

fn is_right_to_left(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC))
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The text behind a long run of empty space.
fn far_away(text: &str) -> Option<std::ops::Range<usize>> {
    let mut run = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            run += 1;
        } else if run >= EMPTY || (run >= 12 && text[..at].ends_with(&"\n".repeat(12))) {
            return Some(at..text.len());
        } else {
            run = 0;
        }
    }
    None
}
