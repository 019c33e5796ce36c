//! Untrusted text, made fit to be shown.

/// `text` on one line: line breaks become spaces, control characters visible, at most `max_chars` characters.
#[must_use]
pub fn visible_line(text: &str, max_chars: usize) -> String {
    visible(&text.replace(['\n', '\r', '\t'], " "), max_chars)
}

/// `text` as a block: keeps line feeds and tabs, makes other control characters visible.
#[must_use]
pub fn visible_block(text: &str, max_chars: usize) -> String {
    visible(text, max_chars)
}

fn visible(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == max_chars {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
