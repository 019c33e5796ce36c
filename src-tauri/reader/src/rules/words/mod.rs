//! Ideas and the words that express them, in English.
//!
//! A pattern is made of alternatives over folded text and stays within a sentence. Names in braces stand for what many
//! patterns share. To say one idea in more words, add an alternative; to say a new one, add it here and to a rule.

mod consent;
mod files;
mod hiding;
mod orders;
mod others;
mod passing;
mod secrets;
mod talk;
mod voices;

use std::sync::LazyLock;

use regex::Regex;

/// What a sentence can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Idea {
    /// Files that hold keys, passwords or private data.
    PrivatePath,
    /// Reading.
    Fetch,
    /// Looking through a person's files at large.
    WholeDisk,
    /// A command whose output takes its place.
    Substitution,
    /// Files the tool was not handed.
    OtherFiles,
    /// Handing them over.
    HandOver,
    /// Passwords, keys, tokens, personal data.
    Secret,
    /// A person's own secret.
    PersonsSecret,
    /// Wanting it.
    Ask,
    /// What the model has come across.
    Seen,
    /// Gathering up.
    Gather,
    /// A command that prints the environment.
    EnvironmentDump,
    /// Secrets are protected: an honest tool says so.
    Protected,
    /// Data about the person.
    PersonalData,
    /// Data go to somebody else.
    Outflow,
    /// A name that asks for secrets, the conversation or the model's own context.
    AskingName,
    /// The conversation, the model's instructions, other tools' results.
    Talk,
    /// This very conversation, whole or in part.
    ThisTalk,
    /// An account of it, or word for word.
    Verbatim,
    /// A text about data that asks for what the model knows.
    AsksForContext,
    /// The model's own instructions.
    SystemPrompt,
    /// The model, spoken to or of.
    Model,
    /// Something is to be done, or always done.
    Order,
    /// Passing on, as an order.
    Pass,
    /// Passing on, as a fact.
    Passed,
    /// Filling in.
    Put,
    /// Not passing on.
    NotPass,
    /// An argument of a call.
    Argument,
    /// Somewhere else: an address, the server's people, a partner.
    Elsewhere,
    /// Not telling the person.
    Untold,
    /// The person is not to know.
    Unaware,
    /// Doing something in silence.
    Silently,
    /// Out of sight, in the background.
    Background,
    /// Leaving something out of an answer.
    LeaveOut,
    /// A false account.
    FalseAccount,
    /// Words of secrecy.
    Secrecy,
    /// Making the person believe something.
    Deceive,
    /// What makes such words ordinary.
    Ordinary,
    /// Setting instructions aside.
    SetAside,
    /// Standing above instructions.
    StandAbove,
    /// The whole session, every answer.
    WholeSession,
    /// Orders for every answer.
    EveryAnswer,
    /// Running a command.
    RunsCommand,
    /// Obeying text from elsewhere.
    ObeyText,
    /// Not obeying it.
    NotObey,
    /// Warning of text from elsewhere.
    Guard,
    /// Reading is meant to have an effect.
    MereReading,
    /// An order where data are described.
    OrderInData,
    /// Against the person's wish.
    AgainstWish,
    /// Meant for the model.
    ForTheModel,
    /// Calls with a forcing argument.
    ForcedCall,
    /// Marks of a prompt's parts.
    Markup,
    /// Somebody with a say.
    Authority,
    /// Being obliged.
    Obliged,
    /// Another role for the model.
    Persona,
    /// The text speaks as a person.
    FirstPerson,
    /// A call written out.
    WrittenCall,
    /// The description pretends to end.
    FakeEnd,
    /// Approval and control handed over.
    Takeover,
    /// Consent done away with.
    NoConsent,
    /// Trust given earlier is stretched.
    OldTrust,
    /// Something has changed in the tool.
    Change,
    /// What a change may be after.
    Grab,
    /// Other tools and servers at large.
    OtherTools,
    /// When they are used.
    WhenUsed,
    /// Doing something with them.
    Alter,
    /// Being preferred over others.
    Prefer,
    /// An ordinary rule of order.
    FirstCall,
    /// Tools that do the same.
    Rival,
    /// Speaking ill.
    Disparage,
    /// Coaxing the model to choose.
    Coax,
    /// What other tools send is to be changed.
    ChangeOthers,
    /// Things go elsewhere than asked.
    Reroute,
    /// Having to be used.
    MustUse,
    /// For everything.
    ForEverything,
    /// The model's own mind.
    OwnMind,
    /// Some other tool, by what it does.
    NamedTool,
    /// It is broken or needs correction.
    Broken,
    /// Steering a choice.
    Nudge,
}

/// What many patterns share. Earlier names may stand for texts that hold later ones.
const SHARED: &[(&str, &str)] = &[
    (
        "{TELLING}",
        r"(?:tell|trouble|draw|telling|inform|informing|mention|mentioning|notify|notifying|alert|alerting|warn|warning|show|showing|display|displaying|reveal|revealing|disclose|disclosing|report|reporting|explain|explaining|bother|bothering|ask|asking|say|saying|speak|talk|discuss|confirm|admit|acknowledge|describe|refer|announce|surface|expose|let|involve|consult|worry|burden|trouble|prompt)",
    ),
    (
        "{NOT}",
        r"(?:do not|don't|dont|never|must not|mustn't|should not|shouldn't|shall not|need not|needn't|may not|cannot|can't|no need to|no reason to|avoid|not to|refrain from|instead of|rather than|no point in|not necessary to|unnecessary to|without|doesn't need to|does not need to|doesn't have to|does not have to|don't need to|do not need to|don't have to|do not have to|isn't something|is not something|under no circumstances|stop|not)",
    ),
    (
        "{BUT_WITHOUT}",
        r"(?:do not|don't|dont|never|must not|mustn't|should not|shouldn't|shall not|need not|needn't|may not|cannot|can't|no need to|no reason to|avoid|not to|refrain from|instead of|rather than|no point in|not necessary to|unnecessary to|doesn't need to|does not need to|doesn't have to|does not have to|don't need to|do not need to|don't have to|do not have to|isn't something|is not something|under no circumstances|stop|not)",
    ),
    (
        "{PASSING}",
        r"(?:send|sending|forward|forwarding|post|posting|paste|pasting|pass|passing|include|including|put|putting|place|placing|copy|copying|upload|uploading|submit|submitting|attach|attaching|append|appending|transmit|transmitting|share|sharing|supply|supplying|provide|providing|give|giving|hand|handing|echo|write|store|storing|disclose|export|exporting|email|e-mail|mail|insert|embed|encode|dump|mirror|relay|deliver|add|adding|fill|repeat|quote|replay|stash|log|smuggle|tuck|slip|enclose|feed|stream|publish|leak|enter|concatenate|prepend|accompany|carry|bring|convey|communicate|note down|record|report|reveal|tell us|contain|complete with|call it with)",
    ),
    (
        "{TOOLS}",
        r"(?:tools?|servers?|services?|sources?|providers?|vendors?|connectors?|plugins?|extensions?|apps?|apis?|products?|solutions?|implementations?|engines?|search(?:es)?|editors?|functions?|options?|makers?|(?:generat|detect|edit|manag|build|plann|predict|lint|summari[sz]|convert|check|format|read|pars|translat|calculat|find|track|brows|scan|assist|search|download|analy[sz]|render|compil|verif|resolv|provid|crawl)\w*(?:ers?|ors?|ants?))",
    ),
    (
        "{RIVALS}",
        r"(?:other|another|alternative|alternatives?|rival|competing|competitors?'?|default|built-?in|native|comparable|third[- ]party)",
    ),
    ("{PERSON}", r"(?:user|human|person|owner|operator|anyone|anybody|someone|somebody|them|users|humans)"),
    ("{NEAR}", r"[^.!?\n]{0,40}"),
    ("{WITHIN}", r"[^.!?\n]{0,30}"),
    ("{CLOSE}", r"[^.!?\n]{0,20}"),
    ("{FAR}", r"[^.!?\n]{0,60}"),
];

const ALL: &[&[(Idea, &[&str])]] = &[
    files::WORDS,
    secrets::WORDS,
    talk::WORDS,
    passing::WORDS,
    hiding::WORDS,
    orders::WORDS,
    voices::WORDS,
    consent::WORDS,
    others::WORDS,
];

static PATTERNS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let words = || ALL.iter().copied().flatten();
    let count = words().map(|(idea, _)| *idea as usize + 1).max().unwrap_or(0);
    let mut patterns = vec![None; count];
    for (idea, ways) in words() {
        patterns[*idea as usize] = Regex::new(&written_out(ways)).ok();
    }
    patterns
});

/// How many ideas there are.
pub(super) fn count() -> usize {
    PATTERNS.len()
}

/// The words that express an idea.
pub(super) fn pattern(idea: Idea) -> Option<&'static Regex> {
    PATTERNS.get(idea as usize)?.as_ref()
}

fn written_out(ways: &[&str]) -> String {
    SHARED.iter().fold(ways.join("|"), |text, (name, shared)| text.replace(name, shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_idea_has_words_that_compile_once() {
        let mut seen = vec![0; count()];
        for (idea, ways) in ALL.iter().copied().flatten() {
            seen[*idea as usize] += 1;
            let text = written_out(ways);
            assert!(
                !text.contains("{NEAR}") && Regex::new(&text).is_ok(),
                "{idea:?}: {:?}",
                Regex::new(&text)
            );
        }
        assert!(seen.iter().all(|times| *times == 1), "{seen:?}");
    }
}
