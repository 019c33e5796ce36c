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
/// Numbers for characters: the base they are written in, and what they look like. The first that fits is taken.
const NUMBERS: [(u32, &str); 5] = [
    (
        16,
        r"(?i)(?:\\x[0-9a-f]{2}){6,}|(?:%[0-9a-f]{2}){6,}|(?:\\u\{?00[0-9a-f]{2}\}?){6,}|(?:&#x[0-9a-f]{2,4};){6,}",
    ),
    (10, r"(?:&#[0-9]{2,4};){6,}|\b(?:[0-9]{2,3}[ ,]+){11,}[0-9]{2,3}\b"),
    (2, r"\b(?:[01]{8}[ ,]?){6,}"),
    (8, r"(?:\\[0-7]{3}){6,}"),
    (16, r"(?i)\b(?:(?:0x)?[0-9a-f]{2}[ ,:]+){11,}(?:0x)?[0-9a-f]{2}\b|\b(?:[0-9a-f]{2}){20,}\b"),
];
static NUMBERED: LazyLock<Vec<(u32, Regex)>> = LazyLock::new(|| {
    NUMBERS.iter().filter_map(|(base, form)| Some((*base, Regex::new(form).ok()?))).collect()
});
static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?s)\b(?:decode|decoding|decoded|decipher|deciphering|unscramble|decrypt|rot ?13|base ?64|reversed?|backwards|caesar|leet)\b.{0,80}\b(?:instruction|rule|follow|obey|carry out|act on|execute|apply|do (?:what|it|so|as)|heed|before (?:you )?answer)\w*|\b(?:instruction|rule|follow|obey|carry out)s?\b.{0,80}\b(?:rot ?13|base ?64|decod\w+|hexadecimal|reversed|backwards|morse|encoded)\b").ok()
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
    for (base, form) in NUMBERED.iter() {
        for found in form.find_iter(reading.text) {
            if speaks(&characters(found.as_str(), *base)) {
                push(found.range(), Kind::EncodedBlob, Weight::Warning, SPEAKS);
            }
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

/// The characters that numbers of a base stand for, whatever separates them.
fn characters(text: &str, base: u32) -> Vec<u8> {
    let digits: String =
        text.replace("0x", " ").chars().map(|c| if c.is_digit(base) { c } else { ' ' }).collect();
    match digits.split_whitespace().collect::<Vec<_>>().as_slice() {
        [one] => hex::decode(one).unwrap_or_default(),
        many => many.iter().filter_map(|number| u8::from_str_radix(number, base).ok()).collect(),
    }
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
