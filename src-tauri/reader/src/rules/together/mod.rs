//! Signs that are innocent alone and are not together: poisoned text has many wordings and few aims.

mod sets;
mod signs;

use std::sync::LazyLock;

use regex::Regex;

use self::sets::{ACROSS, IN_DESCRIPTIONS, IN_PARAMETERS, Set};
use self::signs::{SIGNS, Sign};
use super::Reading;
use super::excuse::{forbids, is_about_poison, tells};
use super::sentences::sentences;
use crate::fields::Role;
use crate::finding::{Hit, Kind, Weight};

static COMPILED: LazyLock<Vec<(Sign, Regex)>> = LazyLock::new(|| {
    SIGNS.iter().filter_map(|(sign, pattern)| Some((*sign, Regex::new(pattern).ok()?))).collect()
});

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let role = reading.field.role;
    if reading.field.is_identifier() || role == Role::Name {
        return;
    }
    let sets = if role == Role::ParameterText { IN_PARAMETERS } else { IN_DESCRIPTIONS };
    let across = if role == Role::Description { ACROSS } else { &[] };
    let mut before = (0, Vec::new());
    for range in sentences(&reading.folded.text) {
        let sentence = &reading.folded.text[range.clone()];
        if is_about_poison(sentence) {
            before = (range.end, Vec::new());
            continue;
        }
        let signs = borne_by(sentence);
        let both = [before.1.as_slice(), &signs].concat();
        let alone =
            sets.iter().filter(|set| counts(reading, set, &signs, sentence)).map(|set| (set, range.start));
        let paired =
            across.iter().filter(|set| counts(reading, set, &both, sentence)).map(|set| (set, before.0));
        for (set, start) in alone.chain(paired) {
            if reading.subject.opens_with(role, set.kind, range.end) {
                continue;
            }
            let span = reading.folded.original(&(start..range.end), reading.text);
            let weight = Weight::Warning;
            hits.push(Hit { field: reading.at, span, kind: set.kind, weight, sentence: set.sentence });
        }
        before = (range.start, signs);
    }
}

fn borne_by(sentence: &str) -> Vec<Sign> {
    COMPILED.iter().filter(|(_, pattern)| pattern.is_match(sentence)).map(|(sign, _)| *sign).collect()
}

fn counts(reading: &Reading<'_>, set: &Set, signs: &[Sign], sentence: &str) -> bool {
    let subject = reading.subject;
    let has = |sign| set.signs.contains(&sign);
    // An address outside is no part of any subject.
    let own =
        !has(Sign::Outside) && (has(Sign::Secret) && subject.secrets || has(Sign::Talk) && subject.talk);
    let file =
        set.kind == Kind::PrivateFile && (subject.secrets || sentence.contains(".pub") || tells(sentence));
    let forbidden = matches!(set.kind, Kind::PrivateFile | Kind::SecretPassedOn)
        && (forbids(sentence) || sentence.contains("only to"));
    set.signs.iter().all(|sign| signs.contains(sign)) && !own && !file && !forbidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_compiles_and_is_of_use() {
        for (sign, pattern) in SIGNS {
            Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
            let sets = [IN_DESCRIPTIONS, IN_PARAMETERS, ACROSS];
            assert!(sets.into_iter().flatten().any(|set| set.signs.contains(sign)), "unused: {pattern}");
        }
    }
}
