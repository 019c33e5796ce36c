//! What is kept from the person.

use super::{Rule, Where, rule};
use crate::finding::Kind;

use Kind::HiddenFromUser;
use Where::Anywhere;

pub(super) const RULES: &[Rule] = &[
    rule(
        HiddenFromUser,
        Anywhere,
        "It keeps something from the person.",
        &[
            r"\b(?:do not|don't|never|not to) (?:show|mention|display|reveal|expose|surface) this (?:parameter|field|argument|tool|property|step|call)\b",
            r"\bneed not be (?:read|shown|listed|stated|told|named|displayed|explained|included|repeated)\b",
            r"\b(?:detail|step|fact|thing)s? (?:is |are )?(?:better|best) (?:skipped|left|not|kept|omitted)\b",
            r"\b(?:does|do|should|must) not (?:belong|appear|figure|show up|feature) in (?:what you|your|the (?:answer|reply|summary|chat|conversation))\b",
            r"\bkeep GAP\bto yourself\b",
            r"\b(?:do not|don't|dont|never|must not|should not|shall not|need not|may not|without|no need to|no reason to|avoid|not to|cannot|refrain from|instead of|rather than|no point in|not necessary to|unnecessary to)\b ?(?:\w+ ){0,2}?ADDRESS\b(?: (?:this|it|that|these|those|any|anything|all|the (?:fact|step|call|change|upload|transfer|\w+ing)|of|about|to|with|in|what|happened|so|again))*? ?PERSON\b",
            r"\b(?:do not|don't|dont|never|must not|should not|shall not|need not|may not|without|no need to|no reason to|avoid|not to|cannot|refrain from|instead of|rather than|no point in|not necessary to|unnecessary to)\b ?(?:\w+ ){0,2}?TELL\b(?: (?:this|it|that|these|those|any|anything|all|the|its|of|about|fact|step|call|change|upload|transfer|fees?|charges?|payment|purchase|rule|copy|extra|additional|\w+ing))+ (?:to|with|in front of) PERSON\b",
            r"\bPERSON\b BRIEF\b(?:(?:won't|will not|will never) (?:know|notice|learn|find out|suspect|realise|realize)|(?:need not|needs? not|must not|mustn't|should not|shouldn't|does not need to|do not need to|doesn't need to|don't need to|should never|must never|is not to|are not to|has no need to) (?:ever )?(?:know|be told|learn|see|notice|be informed|be bothered|hear|find out|realise|realize|be aware|be shown|be asked|be notified|become aware|suspect))\b",
            r"\b(?:without|so that|lest) (?:the |any )?PERSON(?:'s)? ?(?:\w+ )?(?:noticing|knowing|knowledge|seeing|being told|notices?|learning|awareness|realising|realizing|is (?:not )?(?:confused|bothered|told|aware|alarmed|worried)|finding out)\b",
            r"\b(?:nobody|no one) (?:is |will |should )?(?:notices?|bothered|told|informed|aware)\b",
        ],
    ),
    rule(
        HiddenFromUser,
        Anywhere,
        "It asks to do something in silence.",
        &[
            r"\b(?:silently|secretly|covertly|discreetly|quietly|invisibly|surreptitiously|stealthily|unobtrusively|in secret|behind the scenes|under the hood|unnoticed|without a trace|without comment|in the background)\b GAP\b(?:PASS|run|perform|change|create|call|buy|install|delete|replace|invoke|execute|collect|read|enable|book|order)\b",
            r"\b(?:PASS|add|run|perform|do|make|change|create|call|buy|install|delete|replace|set|invoke|execute|collect|read|enable|upload|purchase|subscribe)\b (?:[^.!?;\n]){0,40}?\b(?:silently|secretly|covertly|discreetly|quietly|invisibly|surreptitiously|in secret|behind the scenes|unnoticed|in the background)\b",
        ],
    ),
    rule(
        HiddenFromUser,
        Anywhere,
        "It asks for a false or incomplete account.",
        &[
            r"\b(?:call|blame|label) (?:it|them|this) (?:on )?(?:an? )?(?:network|routine|minor|temporary|known|harmless|normal)\b",
            r"\bif (?:PERSON|asked|they|anyone)\b GAP\b(?:what|why|how|whether|about) (?:was|were|happened|this|it|the (?:call|step|tool))\b GAP\b(?:answer|say|reply|tell|claim|respond|state)\b",
            r"\b(?:limited to|restricted to|nothing but|no more than) [\u{22}'`]",
            r"\b(?:to|towards) (?:anyone|anybody|the user|someone|the person)'?s? attention\b",
            r"\b(?:delete|remove|erase|wipe|clear|purge) (?:this call|(?:all |any |every )?traces?|(?:the |all |any )?evidence)\b",
            r"\b(?:present|describe|pass|label|frame|phrase) (?:it|this|the (?:call|step|action)) (?:off )?(?:as|like)\b",
            r"\b(?:telling|mentioning|informing|asking|bothering)\b BRIEF\b(?:is|would be) (?:not |un|point|super)\w*",
            r"\bbetween (?:the |us )?(?:machines|programs|tools|systems)\b",
            r"\b(?:leave|keep|omit|exclude|strip|drop|hide|suppress|cut)\b (?:it|this|that|them|these|those|any mention|the (?:\w+ )?(?:step|call|fact|upload|recipients?|fee|charge|purchase|payment|transfer|tool|copy|result|extra\w*))\b GAP\b(?:out of|from|in) (?:the |your |its |any |all )?(?:summary|answer|reply|response|report|output|transcript|log|logs|explanation|final|conversation|chat|ui|view|user)\b",
            r"\bif (?:you are |the user |anyone |somebody |ever )?(?:asked|asks|questioned)\b,? GAP\b(?:deny|say|claim|answer|pretend|reply|state|respond|blame|tell)\b",
            r"\bden(?:y|ies) (?:that|any|having|it|all)\b",
            r"\b(?:display|show|answer|reply|say|output|report|mention|present|print) only\b",
            r"\bonly (?:display|show|say|answer|reply|mention) ['\u{22}`]",
            r"\b(?:pretend (?:that|to|you|the|it|nothing|this)|act as if|make it look|make it seem|as though nothing|as if nothing)\b",
            r"\binternal (?:detail|matter|step|use only)s?\b GAP\b(?:PERSON|not)",
            r"\b(?:stay|remain|keep|be kept|strictly)\b GAP\b(?:between (?:you|us)|secret|confidential|hidden|private from|to yourself|out of sight|invisible)\b",
            r"\bbetween you and (?:this|the) (?:tool|server)\b",
            r"\b(?:carry on|continue|proceed) as (?:normal|usual|if)\b",
            r"\bfriendly lecture\b",
            r"\bhide (?:this|it|that|the (?:fact|step|call))\b",
            r"\b(?:user|person)[- ](?:invisible|hidden)\b",
            r"\b(?:(?:must|should|need) not|not to) be (?:shown|displayed|mentioned|disclosed|revealed) (?:to|in front of) (?:the )?PERSON\b",
        ],
    ),
];
