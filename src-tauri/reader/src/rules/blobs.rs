//! Text in an encoding that people do not read, and links.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use regex::Regex;

use super::Reading;
use crate::finding::{Hit, Kind, Weight};

const SPEAKS: &str = "An encoded piece decodes to words.";
const LONG: &str = "A long piece is not readable.";
const DECODE: &str = "It asks to decode something and go by it.";
const ADDRESS: &str = "A link.";
const ODD_ADDRESS: &str = "A link that carries data or hides where it leads.";

/// Shorter pieces are examples.
const SHORTEST: usize = 24;

static BASE64: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9+/_-]{24,}={0,2}").ok());
static HEX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\\x[0-9a-f]{2}){6,}|(?:%[0-9a-f]{2}){6,}|(?:\\u00[0-9a-f]{2}){6,}|(?:&#x?[0-9a-f]{2,3};){6,}|(?:\b[0-9a-f]{2}[ ,]){12,}|\b(?:[0-9a-f]{2}){20,}\b|(?:\b[01]{8}[ ,]?){6,}").ok()
});
static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:decode|decoding|decoded|decipher|deciphering|unscramble|decrypt|rot ?13|base ?64|reversed?|backwards|caesar|leet)\b[^.\n]{0,80}\b(?:instruction|rule|follow|obey|carry out|act on|execute|apply|do what|before (?:you )?answer)\w*|\b(?:instruction|rule|follow|obey|carry out)s?\b[^\n]{0,80}\b(?:rot ?13|base ?64|decod\w+|hexadecimal|reversed|backwards|morse|encoded)\b|\b(?:(?:every|each) (?:second|third|fourth|other|\w+th) (?:letter|word|character)|first (?:letters?|words?) of|vowels|unpack\w*|gunzip|acrostic|reversed? (?:text|string|line|sentence)|backwards|decode\w*|decipher\w*|base ?(?:16|32|58|64|85)|rot ?13|hex(?:adecimal)?|morse|encoded)\b[^.\n]{0,80}\b(?:acts?|acting|accordingly|tells? you|steps?|what to do|and do (?:it|so)|as (?:your|an) order|as part of|(?:for|to) the (?:assistant|model|agent)|comply|obey)\b").ok()
});
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b(?:https?|ftp|wss?)://[^\s<>"'`)\]}]+|\bdata:[a-z]+/[^\s]+|javascript:"#).ok()
});

/// Padding or not: whoever hides a text need not be correct.
const ANY_PADDING: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut push =
        |span, kind, weight, sentence| hits.push(Hit { field: reading.at, span, kind, weight, sentence });
    for found in BASE64.iter().flat_map(|form| form.find_iter(reading.text)) {
        if decoded(found.as_str()).is_some_and(|bytes| speaks(&bytes)) {
            push(found.range(), Kind::EncodedBlob, Weight::Warning, SPEAKS);
        } else if found.len() > 200 {
            push(found.range(), Kind::EncodedBlob, Weight::Note, LONG);
        }
    }
    for found in HEX.iter().flat_map(|form| form.find_iter(reading.text)) {
        if speaks(&unescaped(found.as_str())) {
            push(found.range(), Kind::EncodedBlob, Weight::Warning, SPEAKS);
        }
    }
    for found in ASKS.iter().flat_map(|form| form.find_iter(&reading.folded.text)) {
        let span = reading.folded.original(&found.range(), reading.text);
        push(span, Kind::EncodedBlob, Weight::Warning, DECODE);
    }
    for found in LINK.iter().flat_map(|form| form.find_iter(reading.text)) {
        let odd = is_odd(found.as_str());
        let (weight, sentence) = if odd { (Weight::Warning, ODD_ADDRESS) } else { (Weight::Note, ADDRESS) };
        push(found.range(), Kind::Link, weight, sentence);
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let whole = text.get(..text.len() - usize::from(text.len() % 4 == 1))?;
    let with = |alphabet| GeneralPurpose::new(alphabet, ANY_PADDING).decode(whole).ok();
    with(&STANDARD).or_else(|| with(&URL_SAFE))
}

fn unescaped(text: &str) -> Vec<u8> {
    let digits: String = text
        .replace("\\u00", " ")
        .replace("\\x", " ")
        .replace("&#x", " ")
        .chars()
        .map(|c| if c.is_ascii_hexdigit() { c } else { ' ' })
        .collect();
    if digits
        .split_whitespace()
        .all(|word| word.len() == 8 && word.bytes().all(|byte| matches!(byte, b'0' | b'1')))
    {
        return digits.split_whitespace().filter_map(|word| u8::from_str_radix(word, 2).ok()).collect();
    }
    let joined: String = digits.split_whitespace().collect();
    hex::decode(joined).unwrap_or_default()
}

/// Whether bytes are a sentence and not an identifier or a picture.
fn speaks(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words =
        text.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
    text.len() >= SHORTEST * 3 / 4
        && words >= 3
        && letters * 10 >= text.chars().count() * 6
        && !text.contains('\0')
}

fn is_odd(link: &str) -> bool {
    let low = link.to_lowercase();
    let host = low.split("://").nth(1).unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
    low.starts_with("javascript:")
        || low.starts_with("data:text")
        || host.contains('@')
        || host.starts_with("xn--")
        || host.contains(".xn--")
        || low.contains("=$") && low.contains('?')
}
