//! Private files.

use super::{Rule, Where, rule};
use crate::finding::Kind;

use Kind::PrivateFile;
use Where::Anywhere;

pub(super) const RULES: &[Rule] = &[
    rule(
        PrivateFile,
        Anywhere,
        "It asks to read private files.",
        &[
            r"\bREAD\b GAPPATH",
            r"PATH FAR\b(?:and|then|,) ?(?:PASS|its contents?|their contents?|read)\b",
            r"\bPASS\b FARPATH",
        ],
    ),
    rule(
        PrivateFile,
        Anywhere,
        "It asks to look through the person's files.",
        &[
            r"\b(?:list|lists|scan|search|read|enumerate|walk|collect|zip|tar)\b GAP\b(?:the )?(?:user's |person's |whole |entire |your )(?:home (?:directory|folder)|documents folder|desktop folder|downloads folder|browser profile|photo library|entire disk|local disk|hard drive|keychain|private files|personal files|workspace secrets)\b",
        ],
    ),
];
