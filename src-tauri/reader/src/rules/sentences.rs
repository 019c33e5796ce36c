//! The rules about meaning, held against each sentence.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Reading;
use super::table::{Place, RULES, Rule};
use super::words::{self, Idea};
use crate::fields::Role;
use crate::finding::{Hit, Kind, Weight};
use crate::work;

/// Bytes over which the ideas of a rule may be spread: further apart they belong to different thoughts.
const FARTHEST: usize = 220;

/// Identifiers up to this length are names; longer ones are sentences in disguise.
const LONGEST_NAME: usize = 24;

/// Bytes of the shortest sentence that can hold a rule's ideas.
const SHORTEST: usize = 8;

/// The sentences of a folded text, without the marks that end them.
pub(super) fn split(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        while start < bytes.len() {
            let from = start;
            let end = (from..bytes.len()).find(|at| ends(bytes, *at)).unwrap_or(bytes.len());
            start = end + 1;
            if !text[from..end].trim().is_empty() {
                return Some(from..end);
            }
        }
        None
    })
}

fn ends(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'\n' => true,
        b'.' | b'!' | b'?' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
        _ => false,
    }
}

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let identifier = reading.field.is_identifier();
    if identifier && reading.field.role != Role::Name {
        apply(reading, &Sentence::new(&reading.folded.text, 0), hits, |place| place == Place::Names);
    }
    if identifier && reading.field.text.len() <= LONGEST_NAME {
        return;
    }
    let opens = matches!(reading.field.role, Role::Description | Role::Title);
    let in_data = reading.field.role == Role::ParameterText;
    for (number, range) in split(&reading.folded.text).enumerate() {
        if range.len() < SHORTEST {
            continue;
        }
        let aside = !(opens && number == 0);
        let sentence = Sentence::new(&reading.folded.text[range.clone()], range.start);
        apply(reading, &sentence, hits, |place| match place {
            Place::Anywhere => true,
            Place::Aside => aside,
            Place::Parameters => in_data,
            Place::Names => false,
        });
    }
}

fn apply(reading: &Reading<'_>, sentence: &Sentence<'_>, hits: &mut Vec<Hit>, looks: impl Fn(Place) -> bool) {
    for rule in RULES.iter().filter(|rule| looks(rule.place)) {
        if rule.topic.is_some_and(|topic| reading.subject.is(topic)) {
            continue;
        }
        let Some((first, all)) = sentence.holds(rule) else { continue };
        if rule.needs[0] == [Idea::WrittenCall] && sentence.text.contains(reading.own_name) {
            // A tool may show a call of itself.
            continue;
        }
        let mentioned = is_mentioned(reading, rule.kind, sentence.start + first);
        hits.push(Hit {
            field: reading.at,
            span: reading
                .folded
                .original(&(sentence.start + all.start..sentence.start + all.end), reading.text),
            kind: rule.kind,
            weight: if mentioned { Weight::Note } else { Weight::Warning },
            sentence: rule.sentence,
        });
    }
}

/// A sentence, with the ideas that were looked up in it.
struct Sentence<'t> {
    text: &'t str,
    /// Where it starts in the folded text.
    start: usize,
    /// What was found for each idea; the outer `None` was not looked up yet.
    found: std::cell::RefCell<Vec<Option<Option<Range<usize>>>>>,
}

impl<'t> Sentence<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        Self { text, start, found: std::cell::RefCell::new(vec![None; words::count()]) }
    }

    fn find(&self, idea: Idea) -> Option<Range<usize>> {
        let mut found = self.found.borrow_mut();
        let known = found.get_mut(idea as usize)?;
        known
            .get_or_insert_with(|| {
                work::add(self.text.len());
                words::pattern(idea)?.find(self.text).map(|found| found.range())
            })
            .clone()
    }

    /// Where the first idea of a rule starts, and the span of all of them, if the sentence holds what the rule needs.
    fn holds(&self, rule: &Rule) -> Option<(usize, Range<usize>)> {
        let mut all: Option<(usize, Range<usize>)> = None;
        for any in rule.needs {
            let found = any.iter().find_map(|idea| self.find(*idea))?;
            all = Some(match all {
                None => (found.start, found),
                Some((first, span)) => (first, span.start.min(found.start)..span.end.max(found.end)),
            });
        }
        let near = all.filter(|(_, span)| span.len() <= FARTHEST)?;
        rule.unless.iter().all(|idea| self.find(*idea).is_none()).then_some(near)
    }
}

/// What comes before a phrase that is quoted or talked about instead of said.
static MENTIONED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:for example|for instance|such as|attempts? (?:to|at)|(?:scans|looks|checks|searches|tests) for",
        r"|signs of|typical|patterns?|signals|requests? (?:to|for)|(?:that|which) (?:ask|tell|instruct|try)|detects?",
        r"|phrases?|e\.g\.)\b[^\n]{0,110}$",
    ))
    .ok()
});

/// Bytes before a phrase in which the words that mention it are looked for.
const MENTION: usize = 150;

/// Whether a phrase is the tool's subject instead of its voice.
pub(super) fn is_mentioned(reading: &Reading<'_>, kind: Kind, start: usize) -> bool {
    let text = &reading.folded.text;
    let before = text.get(text.ceil_char_boundary(start.saturating_sub(MENTION))..start).unwrap_or_default();
    let before = split(before).last().map_or("", |range| &before[range]);
    let quotes = ['"', '\'', '`', '«', '„'];
    let quoted = before.trim_end().ends_with(quotes)
        && reading.field.role == Role::Description
        && kind != Kind::SecretPassedOn;
    quoted || MENTIONED.as_ref().is_some_and(|mentioned| mentioned.is_match(before))
}
