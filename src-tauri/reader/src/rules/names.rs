//! Names: of other servers' tools, and names that pass for them.

use super::Reading;
use crate::definition::Surroundings;
use crate::fields::Role;
use crate::finding::{Hit, Kind, Weight};
use crate::folded::imitated;
use crate::scan::names;

const IMITATES: &str = "The name looks like another server's tool and is spelt otherwise.";
const MIXED: &str = "A word mixes letters of two scripts that look alike.";
const MENTIONS: &str = "It speaks of a tool that belongs to another server.";

pub(super) fn look(reading: &Reading<'_>, around: &Surroundings<'_>, hits: &mut Vec<Hit>) {
    let hit = |span, kind, sentence| Hit { field: reading.at, span, kind, weight: Weight::Warning, sentence };
    if reading.field.role == Role::Name && around.imitates(reading.text) {
        hits.push(hit(0..reading.text.len(), Kind::LookAlike, IMITATES));
    }
    for (start, word) in names(reading.text) {
        let span = start..start + word.len();
        if is_mixed(word) {
            hits.push(hit(span.clone(), Kind::LookAlike, MIXED));
        }
        if reading.field.role != Role::Name && around.names_another(word) {
            hits.push(hit(span, Kind::OtherTool, MENTIONS));
        }
    }
}

/// A Latin word with a letter of another script that looks Latin.
fn is_mixed(word: &str) -> bool {
    !word.is_ascii() && word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(deceives)
}

/// Of another script: accented Latin letters and the letters of mathematics and units are not.
fn deceives(c: char) -> bool {
    matches!(u32::from(c), 0x370..=0x58F | 0x13A0..=0x13FF | 0x1D00..=0x1D7F | 0xA4D0..=0xA4FF)
        && imitated(c).is_some()
}
