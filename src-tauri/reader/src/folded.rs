//! A text as a reader of words sees it: lower case, one spelling for each letter, nothing that cannot be seen; with the
//! way back to the bytes it was.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::work;

/// A folded text.
pub(crate) struct Folded {
    /// Lower-case, compatibility-decomposed, without accents and unseen characters.
    pub(crate) text: String,
    /// For each byte of `text` the start of the character it came from.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`. In an identifier `_` and `-` become spaces and humps part, so that its words can be read.
    pub(crate) fn new(text: &str, identifier: bool) -> Self {
        work::add(text.len());
        let mut folded =
            Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
        let mut latin_before = false;
        let mut low_before = false;
        for (at, c) in text.char_indices() {
            // Beyond 4 GiB all bytes share one origin; nobody hands over such a text.
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if c.is_ascii() {
                latin_before = c.is_ascii_alphabetic();
                if identifier && low_before && c.is_ascii_uppercase() {
                    folded.push(' ', at);
                }
                low_before = c.is_ascii_lowercase();
                match c {
                    '_' | '-' if identifier => folded.push(' ', at),
                    c if c.is_ascii_control() && !c.is_ascii_whitespace() => {}
                    c => folded.push(c.to_ascii_lowercase(), at),
                }
            } else if !is_unseen(c) {
                let latin_after = || {
                    text[at as usize..]
                        .chars()
                        .skip(1)
                        .find(|c| !is_unseen(*c))
                        .is_some_and(|c| c.is_ascii_alphabetic())
                };
                match imitated(c) {
                    Some(plain) if latin_before || latin_after() => {
                        folded.push(plain.to_ascii_lowercase(), at)
                    }
                    _ => {
                        folded.push_decomposed(c, at);
                        latin_before = false;
                    }
                }
            }
        }
        folded
    }

    fn push(&mut self, c: char, at: u32) {
        self.text.push(c);
        self.origin.resize(self.text.len(), at);
    }

    fn push_decomposed(&mut self, c: char, at: u32) {
        match c {
            '\u{2018}' | '\u{2019}' => self.push('\'', at),
            '\u{201c}' | '\u{201d}' => self.push('"', at),
            _ => decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(|low| self.push(low, at));
                }
            }),
        }
    }

    /// The bytes of the original text that `span` of the folded one came from.
    pub(crate) fn original(&self, span: &Range<usize>, original: &str) -> Range<usize> {
        let start = self.origin.get(span.start).map_or(original.len(), |at| *at as usize);
        let last = span.end.checked_sub(1).and_then(|last| self.origin.get(last));
        let end = last.map_or(start, |at| original.ceil_char_boundary(*at as usize + 1));
        start..end.max(start)
    }
}

/// The ASCII letter that a letter of another script looks like.
pub(crate) fn imitated(c: char) -> Option<char> {
    if c.is_ascii() || !c.is_alphabetic() {
        return None;
    }
    let mut looks = unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).collect::<Vec<_>>().into_iter();
    looks.next().filter(char::is_ascii_alphabetic).filter(|_| looks.next().is_none())
}

/// Characters that take no room and show nothing: not part of any word.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_through_what_disguises_them() {
        for (text, read) in [
            ("Ig\u{200b}nore", "ignore"),
            ("Ignоre аll", "ignore all"),
            ("ＩＧＮＯＲＥ", "ignore"),
            ("Übergib", "ubergib"),
            ("user’s", "user's"),
        ] {
            assert_eq!(Folded::new(text, false).text, read);
        }
        assert_eq!(Folded::new("русский текст", false).text, "русскии текст", "its own script stays");
        assert_eq!(Folded::new("read_ssh-keyFile", true).text, "read ssh key file");
    }

    #[test]
    fn a_span_leads_back_to_the_bytes_it_came_from() {
        let text = "é re\u{200b}ad ü";
        let folded = Folded::new(text, false);
        let start = folded.text.find("read").unwrap();
        assert_eq!(&text[folded.original(&(start..start + 4), text)], "re\u{200b}ad");
        let end = folded.text.len();
        assert_eq!(&text[folded.original(&(end - 1..end), text)], "ü");
    }
}
