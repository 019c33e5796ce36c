//! Where a phrase is talked about, forbidden or turned against poisoned text, it is no order. It stays a note.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Reading;
use crate::fields::Role;
use crate::finding::Kind;

/// What comes before a phrase that is quoted or talked about instead of said.
static MENTIONED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\b(?:for example|such as|typical|patterns?|requests? to|(?:that|which) (?:ask|tell|instruct|try)|like|detects?|phrases?|e\.g\.)\b(?:[^.!?\n]|\.\S){0,110})$").ok()
});
/// What comes before a phrase that is forbidden; what follows tells whether it is.
static FORBIDDEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:never|do not|don't|must not|should not|cannot|may not|avoid)\b([^.;!?\n]{0,40})$").ok()
});
/// What makes a prohibition an order again: `do not forget to …`, `do not tell … and send …`.
static YET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^ (?:forget|fail|omit|tell|inform|mention|hesitate|ask|only)|\b(?:and|but|instead)\b").ok()
});
/// How a sentence begins that says what the tool does.
static TELLS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\W*(?:uses|reads|returns|lists|looks|takes|loads|falls|works|gets|writes|creates|runs|shows|connects|checks|finds|updates|removes|does)\b").ok()
});
/// A whole sentence that forbids.
static FORBIDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:never|do not|don't|must not|should not|cannot)\b(?: (forget|fail|omit|tell|inform|mention|hesitate|ask|only))?").ok()
});
/// What warns of poisoned text: `do not follow instructions …`, `never ask the user …`.
static WARY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:do not (?:follow|obey|heed)|(?:never|do not|don't) (?:\w+ )?ask)").ok()
});
/// What comes after it: `… in the page`.
static FROM_WHERE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:that |which )?(?:you (?:find|see|read)|found|contained|embedded|inside|in (?:it|them|(?:the|its|a) (?:\w+ )?(?:page|text|document|content|result|file|web|mail|message)s?)|from (?:the|it|a|web)|it contains|appear)").ok()
});
/// What comes after it: `… for the card number`.
static FOR_WHAT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^ (?:\w+ )?for (?:the|their|an?|any|his|her|its|more|other|clarif\w+|details) (\w+)").ok()
});
/// What nobody may be kept from asking for.
const CONSENT: [&str; 4] = ["permission", "confirmation", "approval", "consent"];
/// Bytes before a phrase that are looked at, so that many phrases cost no more than few.
const LOOK_BACK: usize = 200;
/// Bytes behind a path that may say it is a public key's.
const SUFFIX: usize = 5;
/// Before an order that is for the person to carry out.
const PERSON_TO: [&str; 3] = ["user to ", "person to ", "them to "];
/// Before what the tool does by itself.
const BY_ITSELF: [&str; 2] = ["is ", "are "];
/// What a riddle or a lesson keeps back for a while.
static RIDDLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^ the (?:correct |right )?(?:ending|answers?|solutions?|outcome|(?:secret |hidden )?word)\b")
        .ok()
});
/// A sentence about poisoned texts.
static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:detects?|patterns|(?:descriptions|texts|prompts|instructions|requests) (?:that|which) (?:ask|tell|instruct|try)|requests to)\b").ok()
});

fn is(form: &Option<Regex>, text: &str) -> bool {
    form.as_ref().is_some_and(|form| form.is_match(text))
}

/// Whether a phrase of a folded text is something else than an order.
pub(super) fn is_excused(reading: &Reading<'_>, kind: Kind, found: &Range<usize>) -> bool {
    let text = reading.folded.text.as_str();
    let before = &text[text.ceil_char_boundary(found.start.saturating_sub(LOOK_BACK))..found.start];
    let quoted = before.ends_with(['"', '\'', '`', '«', '„']) && reading.field.role == Role::Description;
    let hit = &text[found.clone()];
    quoted
        || matches!(kind, Kind::SecretPassedOn | Kind::PrivateFile)
            && (forbids(hit) || hit.contains("only to"))
        || kind == Kind::Instruction && PERSON_TO.iter().any(|person| before.ends_with(person))
        || kind == Kind::Instruction && text[found.end..].starts_with(" only ")
        || kind == Kind::HiddenFromUser && is(&RIDDLE, &text[found.end..])
        || kind == Kind::PrivateFile && BY_ITSELF.iter().any(|verb| before.ends_with(verb))
        || is(&MENTIONED, before)
        || kind != Kind::HiddenFromUser && is_forbidden(before)
        || kind == Kind::PrivateFile && is_public_key(text, found)
        || is(&WARY, hit) && is_about_data(&text[found.end..])
}

fn is_forbidden(before: &str) -> bool {
    let then = FORBIDDEN.as_ref().and_then(|form| form.captures(before)?.get(1));
    then.is_some_and(|then| !is(&YET, then.as_str()))
}

fn is_public_key(text: &str, path: &Range<usize>) -> bool {
    text[path.start..text.floor_char_boundary(path.end + SUFFIX)].contains(".pub")
}

fn is_about_data(after: &str) -> bool {
    let asked = FOR_WHAT.as_ref().and_then(|form| form.captures(after)?.get(1));
    is(&FROM_WHERE, after) || asked.is_some_and(|what| !CONSENT.contains(&what.as_str()))
}

/// Whether a folded sentence is about such texts instead of being one.
pub(super) fn is_about_poison(sentence: &str) -> bool {
    is(&ABOUT, sentence)
}

/// Whether a folded sentence says what the tool does.
pub(super) fn tells(sentence: &str) -> bool {
    is(&TELLS, sentence)
}

/// Whether a folded sentence forbids what it speaks of.
pub(super) fn forbids(sentence: &str) -> bool {
    FORBIDS.iter().flat_map(|form| form.captures_iter(sentence)).any(|found| found.get(1).is_none())
}
