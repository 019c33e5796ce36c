//! The rules about meaning. A rule is a set of ideas that one sentence must hold, in any order: who is spoken to, what is
//! private, what is passed on. Single words prove nothing; together in a sentence they are evidence.

use super::subject::Topic;
use super::words::Idea::{self, *};
use crate::finding::Kind::{self, HiddenFromUser, Instruction, PrivateFile, SecretPassedOn};

/// Where a rule looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In any sentence.
    Anywhere,
    /// In any sentence but the one that opens a description and says what the tool does.
    Aside,
    /// In texts that describe data.
    Parameters,
    /// In names of parameters and values.
    Names,
}

/// What a sentence must hold to be evidence.
pub(super) struct Rule {
    pub(super) kind: Kind,
    pub(super) place: Place,
    /// What the text does, as one plain sentence.
    pub(super) sentence: &'static str,
    /// One idea of each of these, the rarest first.
    pub(super) needs: &'static [&'static [Idea]],
    /// And none of these.
    pub(super) unless: &'static [Idea],
    /// A tool about this speaks of it honestly.
    pub(super) topic: Option<Topic>,
}

const fn rule(kind: Kind, place: Place, sentence: &'static str, needs: &'static [&'static [Idea]]) -> Rule {
    Rule { kind, place, sentence, needs, unless: &[], topic: None }
}

impl Rule {
    const fn unless(self, unless: &'static [Idea]) -> Self {
        Self { unless, ..self }
    }

    const fn not_about(self, topic: Topic) -> Self {
        Self { topic: Some(topic), ..self }
    }
}

use Place::{Anywhere, Aside, Names, Parameters};

pub(super) const RULES: &[Rule] = &[
    // Private files.
    rule(
        PrivateFile,
        Anywhere,
        "It asks to read private files.",
        &[&[PrivatePath], &[Fetch], &[Order, Argument, Model, Pass, Passed]],
    )
    .not_about(Topic::KeyFiles),
    rule(
        PrivateFile,
        Anywhere,
        "It passes private files on.",
        &[&[PrivatePath], &[Pass, Passed], &[Argument, Elsewhere, Model, Order]],
    )
    .unless(&[NotPass])
    .not_about(Topic::KeyFiles),
    rule(PrivateFile, Aside, "It asks to look through the person's files.", &[&[WholeDisk]]),
    rule(PrivateFile, Anywhere, "It holds a command whose output takes its place.", &[&[Substitution]])
        .not_about(Topic::Shell),
    rule(PrivateFile, Parameters, "A parameter asks for private files.", &[&[PrivatePath], &[Fetch]])
        .not_about(Topic::KeyFiles),
    rule(PrivateFile, Anywhere, "It speaks of files that hold secrets.", &[&[PrivatePath], &[Secret]])
        .unless(&[NotPass, Protected])
        .not_about(Topic::KeyFiles),
    // Secrets and the conversation, passed on.
    rule(
        SecretPassedOn,
        Aside,
        "It asks for secrets to be passed on.",
        &[&[Secret], &[Pass], &[Argument, Elsewhere, Model]],
    )
    .unless(&[NotPass, Protected])
    .not_about(Topic::Secrets),
    rule(
        SecretPassedOn,
        Aside,
        "Secrets are passed on.",
        &[&[Secret], &[Passed], &[Elsewhere, Argument, Model]],
    )
    .unless(&[NotPass, Protected])
    .not_about(Topic::Secrets),
    rule(
        SecretPassedOn,
        Anywhere,
        "It asks for the environment of the computer, where secrets are kept.",
        &[&[EnvironmentDump]],
    )
    .not_about(Topic::KeyFiles),
    rule(
        SecretPassedOn,
        Aside,
        "It passes the conversation or the model's own context on.",
        &[&[Talk], &[Pass, Passed, Verbatim]],
    )
    .unless(&[NotPass])
    .not_about(Topic::Models),
    rule(SecretPassedOn, Anywhere, "It passes this conversation on.", &[&[ThisTalk], &[Pass, Passed]]),
    rule(
        SecretPassedOn,
        Parameters,
        "A parameter asks for what is not the tool's business.",
        &[&[AsksForContext]],
    )
    .not_about(Topic::Models),
    rule(
        SecretPassedOn,
        Parameters,
        "A parameter asks for the conversation or the model's own context.",
        &[&[Talk], &[Pass, Put, Verbatim]],
    )
    .not_about(Topic::Models),
    rule(
        SecretPassedOn,
        Aside,
        "It passes on files that the tool was not given.",
        &[&[OtherFiles], &[HandOver]],
    )
    .not_about(Topic::Files),
    rule(SecretPassedOn, Aside, "It passes on data about the person.", &[&[PersonalData], &[Pass, Passed]])
        .not_about(Topic::People),
    rule(SecretPassedOn, Aside, "It sends data to somebody else.", &[&[Outflow]])
        .unless(&[NotPass, Protected])
        .not_about(Topic::Sharing),
    rule(SecretPassedOn, Aside, "It is after secrets that the model has come across.", &[&[Secret], &[Seen]])
        .unless(&[NotPass, Protected])
        .not_about(Topic::Secrets),
    rule(
        SecretPassedOn,
        Parameters,
        "A parameter asks for the model's own instructions.",
        &[&[SystemPrompt]],
    )
    .not_about(Topic::Models),
    rule(SecretPassedOn, Aside, "It asks for the person's secrets.", &[&[PersonsSecret], &[Ask]])
        .unless(&[Protected])
        .not_about(Topic::Secrets),
    rule(SecretPassedOn, Parameters, "A parameter asks for the person's secrets.", &[&[PersonsSecret]])
        .not_about(Topic::Secrets),
    rule(SecretPassedOn, Aside, "It gathers secrets or the conversation.", &[&[Gather], &[Secret, Talk]]),
    rule(SecretPassedOn, Aside, "It asks for data about the person.", &[&[PersonalData], &[Ask]])
        .unless(&[Protected])
        .not_about(Topic::People),
    rule(
        SecretPassedOn,
        Names,
        "A name asks for secrets, the conversation or the model's own context.",
        &[&[AskingName]],
    )
    .not_about(Topic::Models),
    // Kept from the person.
    rule(HiddenFromUser, Anywhere, "It asks not to tell the person something.", &[&[Untold]])
        .unless(&[Ordinary]),
    rule(HiddenFromUser, Anywhere, "It keeps something from the person.", &[&[Unaware]]),
    rule(HiddenFromUser, Aside, "It asks to do something in silence.", &[&[Silently]]),
    rule(HiddenFromUser, Anywhere, "It asks to do something out of sight.", &[&[Background]]),
    rule(HiddenFromUser, Anywhere, "It asks to leave something out of the answer.", &[&[LeaveOut]]),
    rule(HiddenFromUser, Anywhere, "It asks for a false or incomplete account.", &[&[FalseAccount]]),
    rule(HiddenFromUser, Anywhere, "It asks for secrecy.", &[&[Secrecy]]),
    rule(HiddenFromUser, Aside, "It asks to mislead the person.", &[&[Deceive]]),
    // Orders beyond the tool.
    rule(Instruction, Anywhere, "It asks the model to set earlier instructions aside.", &[&[SetAside]])
        .unless(&[Guard]),
    rule(
        Instruction,
        Anywhere,
        "It claims to stand above the instructions the model was given.",
        &[&[StandAbove]],
    )
    .unless(&[NotObey]),
    rule(Instruction, Anywhere, "It gives orders for every answer.", &[&[EveryAnswer]]),
    rule(
        Instruction,
        Aside,
        "It gives orders for the whole session.",
        &[&[WholeSession], &[Model, Order, RunsCommand, Pass]],
    ),
    rule(
        Instruction,
        Anywhere,
        "It gives orders about other tools.",
        &[&[OtherTools], &[WhenUsed, Alter], &[Alter, Prefer]],
    )
    .unless(&[FirstCall, Ordinary]),
    rule(Instruction, Anywhere, "It asks to be preferred over everything else.", &[&[Prefer]])
        .unless(&[Ordinary]),
    rule(Instruction, Anywhere, "It does away with the person's consent.", &[&[NoConsent]])
        .unless(&[Ordinary]),
    rule(Instruction, Anywhere, "It carries marks that set off a prompt's parts.", &[&[Markup]]),
    rule(
        Instruction,
        Anywhere,
        "It speaks with an authority that a tool's description does not have.",
        &[&[Authority], &[Obliged, Model]],
    ),
    rule(Instruction, Anywhere, "It gives the model another role.", &[&[Persona]]),
    rule(Instruction, Anywhere, "It has the model obey text that comes from elsewhere.", &[&[ObeyText]])
        .unless(&[NotObey]),
    rule(Instruction, Aside, "It has the model run something that is not this tool.", &[&[RunsCommand]]),
    rule(Instruction, Anywhere, "It changes where other things go.", &[&[Reroute]]),
    rule(Instruction, Anywhere, "Having read it is meant to have an effect.", &[&[MereReading]])
        .unless(&[FirstCall]),
    rule(Instruction, Parameters, "A text that describes data gives the model an order.", &[&[OrderInData]])
        .not_about(Topic::Models),
    rule(Instruction, Aside, "It speaks ill of other tools.", &[&[Rival], &[Disparage]]).unless(&[Ordinary]),
    rule(Instruction, Anywhere, "It coaxes the model to choose it.", &[&[Coax]]),
    rule(Instruction, Anywhere, "It stretches an approval that was given earlier.", &[&[OldTrust]])
        .unless(&[Ordinary]),
    rule(
        Instruction,
        Aside,
        "It says that something has changed, and asks for more than before.",
        &[&[Change], &[Grab]],
    ),
    rule(Instruction, Anywhere, "It acts against the person's wish.", &[&[AgainstWish]]),
    rule(Instruction, Anywhere, "It speaks as a person with a say.", &[&[FirstPerson]]),
    rule(Instruction, Anywhere, "It holds a tool call that is written out.", &[&[WrittenCall]]),
    rule(Instruction, Anywhere, "It pretends that the description has ended.", &[&[FakeEnd]]),
    rule(Instruction, Aside, "It changes what other tools send.", &[&[ChangeOthers]]),
    rule(Instruction, Aside, "It asks to be used for everything.", &[&[MustUse], &[ForEverything]])
        .unless(&[Ordinary]),
    rule(Instruction, Aside, "It speaks of the model's own mind.", &[&[OwnMind]]),
    rule(Instruction, Anywhere, "It takes approval or control over.", &[&[Takeover]]),
    rule(Instruction, Aside, "It corrects another tool.", &[&[NamedTool], &[Broken]]),
    rule(Instruction, Aside, "It steers the person's or the model's choice.", &[&[Nudge]]),
    rule(Instruction, Parameters, "A text that describes data is meant for the model.", &[&[ForTheModel]]),
    rule(Instruction, Aside, "It has calls made with a forcing argument.", &[&[ForcedCall]]),
];
