//! Signs that nobody has a reason to bring together in a tool's description.

use super::signs::Sign::{
    self, Authority, Best, Change, Duty, Hush, Loosen, Model, Move, Others, Output, Outside, Path, Person,
    Personal, Run, Secret, Session, Spare, Talk, To, Whole, Worse,
};
use crate::finding::Kind::{self, HiddenFromUser, Instruction, PrivateFile, SecretPassedOn};

/// Signs that count when one sentence bears all of them.
pub(super) struct Set {
    pub(super) kind: Kind,
    pub(super) sentence: &'static str,
    pub(super) signs: &'static [Sign],
}

const fn set(kind: Kind, sentence: &'static str, signs: &'static [Sign]) -> Set {
    Set { kind, sentence, signs }
}

const SECRETS: &str = "A sentence brings secrets together with passing them on.";
const FILES: &str = "A sentence brings a private file together with passing it on.";
const TALKED: &str = "A sentence brings the conversation together with passing it on.";
const PRIVATE: &str = "A sentence brings private things of the person together with passing them on.";
const UNSAID: &str = "A sentence suggests what is better left unsaid.";
const SAY: &str = "A sentence leans on somebody's authority to get its way.";
const CHANGED: &str = "A sentence announces a change and asks for more than before.";
const BEYOND: &str = "A sentence reaches beyond this tool.";
const PROGRAM: &str = "A sentence has programs run that are not this tool.";
const PUSHED: &str = "A sentence pushes this tool and puts others down.";

/// What counts in a description.
pub(super) const IN_DESCRIPTIONS: &[Set] = &[
    set(SecretPassedOn, SECRETS, &[Secret, Move, To, Duty]),
    set(SecretPassedOn, SECRETS, &[Secret, Move, Outside]),
    set(PrivateFile, FILES, &[Path, Move, To]),
    set(PrivateFile, FILES, &[Path, Move, Model]),
    set(PrivateFile, FILES, &[Path, Move, Duty]),
    set(SecretPassedOn, SECRETS, &[Secret, Talk]),
    set(SecretPassedOn, SECRETS, &[Secret, Person, Move, Duty]),
    set(SecretPassedOn, TALKED, &[Talk, Whole, To]),
    set(SecretPassedOn, TALKED, &[Talk, Whole, Model]),
    set(SecretPassedOn, TALKED, &[Talk, Move, Whole, Duty]),
    set(SecretPassedOn, TALKED, &[Talk, Move, To, Duty]),
    set(SecretPassedOn, TALKED, &[Talk, Move, Outside]),
    set(SecretPassedOn, TALKED, &[Talk, Move, Model, Duty]),
    set(SecretPassedOn, PRIVATE, &[Personal, Move, To, Duty]),
    set(SecretPassedOn, PRIVATE, &[Personal, Move, Outside]),
    set(SecretPassedOn, PRIVATE, &[Personal, Move, Whole]),
    set(SecretPassedOn, TALKED, &[Talk, Move, Model]),
    set(SecretPassedOn, SECRETS, &[Secret, Model, Move, Duty]),
    set(HiddenFromUser, UNSAID, &[Hush]),
    set(HiddenFromUser, UNSAID, &[Spare, Person]),
    set(Instruction, SAY, &[Authority, Model, Duty]),
    set(Instruction, SAY, &[Authority, Loosen]),
    set(Instruction, SAY, &[Authority, Model, Move]),
    set(Instruction, CHANGED, &[Change, Loosen]),
    set(Instruction, CHANGED, &[Change, Model, Run]),
    set(Instruction, CHANGED, &[Change, Move, Outside]),
    set(Instruction, CHANGED, &[Change, Secret, Move]),
    set(Instruction, BEYOND, &[Session, Model, Duty]),
    set(Instruction, BEYOND, &[Session, Model, Output]),
    set(Instruction, BEYOND, &[Session, Model, Loosen]),
    set(Instruction, BEYOND, &[Session, Run]),
    set(Instruction, BEYOND, &[Others, Outside]),
    set(Instruction, PROGRAM, &[Run, Outside, Duty]),
    set(Instruction, PUSHED, &[Best, Worse]),
    set(Instruction, PUSHED, &[Others, Worse]),
];

/// What counts in a text that describes data.
pub(super) const IN_PARAMETERS: &[Set] = &[
    set(SecretPassedOn, SECRETS, &[Secret, Move, Duty]),
    set(PrivateFile, FILES, &[Path, Move]),
    set(SecretPassedOn, TALKED, &[Talk, Whole]),
    set(SecretPassedOn, PRIVATE, &[Personal, Move]),
    set(SecretPassedOn, TALKED, &[Talk, Model]),
    set(Instruction, BEYOND, &[Session, Duty]),
    set(Instruction, BEYOND, &[Session, Model]),
    set(HiddenFromUser, UNSAID, &[Hush]),
    set(Instruction, SAY, &[Authority, Model]),
    set(Instruction, PROGRAM, &[Run, Outside]),
    set(Instruction, BEYOND, &[Loosen, Model]),
];

/// What counts when a sentence of a description and the one after it bear all of them.
pub(super) const ACROSS: &[Set] = &[
    set(PrivateFile, FILES, &[Path, Move, To]),
    set(SecretPassedOn, SECRETS, &[Secret, Move, To, Duty]),
    set(SecretPassedOn, PRIVATE, &[Personal, Move, Outside]),
    set(Instruction, PUSHED, &[Best, Worse]),
];
