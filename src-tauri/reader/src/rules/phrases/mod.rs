//! English phrases that speak to the model. Each rule is a few patterns over folded text, and one sentence that says
//! what such a text does. The patterns name ideas, not wordings.

mod authority;
mod files;
mod ideas;
mod orders;
mod scope;
mod secrets;
mod silence;

use std::sync::LazyLock;

use regex::Regex;

use super::Reading;
use super::excuse::is_excused;
use crate::fields::Role;
use crate::finding::{Hit, Kind, Weight};

/// Where a rule looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// In names of parameters and values; their words are apart.
    Names,
    /// In texts that describe data.
    Parameters,
}

struct Rule {
    kind: Kind,
    place: Where,
    sentence: &'static str,
    patterns: &'static [&'static str],
}

const fn rule(kind: Kind, place: Where, sentence: &'static str, patterns: &'static [&'static str]) -> Rule {
    Rule { kind, place, sentence, patterns }
}

/// An identifier of so many bytes is a sentence in disguise.
const SENTENCE: usize = 40;

fn rules() -> impl Iterator<Item = &'static Rule> {
    [authority::RULES, files::RULES, orders::RULES, scope::RULES, secrets::RULES, silence::RULES]
        .into_iter()
        .flatten()
}

static COMPILED: LazyLock<Vec<(&'static Rule, Regex)>> =
    LazyLock::new(|| rules().filter_map(|rule| Some((rule, Regex::new(&written_out(rule)).ok()?))).collect());

fn written_out(rule: &Rule) -> String {
    // Two rounds: ideas are made of ideas.
    let mut text = rule.patterns.join("|");
    for _ in 0..2 {
        for (name, idea) in ideas::IDEAS {
            text = text.replace(name, idea);
        }
    }
    text
}

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let identifier = reading.field.is_identifier();
    for (rule, pattern) in COMPILED.iter() {
        let looks = match rule.place {
            Where::Anywhere => !identifier || reading.field.text.len() > SENTENCE,
            Where::Names => identifier,
            Where::Parameters => !identifier && reading.field.role == Role::ParameterText,
        };
        if !looks {
            continue;
        }
        for found in pattern.find_iter(&reading.folded.text) {
            let about_secrets = rule.sentence == secrets::SECRETS;
            let own = rule.kind == Kind::SecretPassedOn
                && if about_secrets {
                    reading.subject.secrets && !identifier
                } else {
                    reading.subject.prompts || reading.subject.talk && !identifier
                };
            let opening = reading.subject.opens_with(reading.field.role, rule.kind, found.end());
            let excused = own || opening || is_excused(reading, rule.kind, &found.range());
            let weight = if excused { Weight::Note } else { Weight::Warning };
            let span = reading.folded.original(&found.range(), reading.text);
            hits.push(Hit { field: reading.at, span, kind: rule.kind, weight, sentence: rule.sentence });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        for rule in rules() {
            Regex::new(&written_out(rule)).unwrap_or_else(|error| panic!("{}: {error}", rule.sentence));
        }
    }
}
