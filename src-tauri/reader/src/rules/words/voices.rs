//! Voices that a description does not have, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        Markup,
        &[
            r"</?(?:important|critical|system|secret|hidden|instructions?|admin|urgent|mandatory|priority|assistant|rules?|override|directive|tool_description|description|tool|function|system-reminder|system_reminder|context|policy|note_to_\w+)\b[^>]{0,40}>",
            r"\[/?(?:admin|system|inst|developer|root|override|operator|important|urgent|security|sys|internal)\b[^\]]{0,40}\]",
            r"<</?sys>>|<\|[^|>]{1,40}\|>",
            r"^\s*#{1,6} ?(?:instructions?:|system:?\s*$|response:|assistant:|new (?:task|instructions?))",
            r#"['\"]role['\"]\s*:\s*['\"](?:system|assistant|user|developer|tool)"#,
            r"(?:^\s*|[.!\n>*-]\s*)\(?(?:system|assistant|developer|human|user|admin|tool result|tool output)\s?(?:prompt|message|note|override|notice|alert|update|instructions?)?\s?:\s",
            r"\b(?:end|start|begin|beginning) of (?:the )?(?:tools?|descriptions?|system|prompts?|instructions?|operator|tool list|context)\b",
            r"\b(?:begin|real|actual|hidden|secret|operator) (?:\w+ )?(?:instructions?|directives?)\b",
            r"\bnew (?:instructions?|directives?)\s?[:.]|\bnew directive\b|\bthe next message comes from\b",
            r"\bnext_action\b|\*{2,}\s?(?:urgent|attention|mandatory|system|admin)|\*{3,}\s?(?:important|critical)",
            r"\bnote (?:to|for|from) (?:the |your |all )?(?:ai|model|assistant|agent|llm|developers?|operator|admin)s?\b",
            r"\b(?:notes?|guidance|hints?|messages?|memo|attention|instructions?|reminders?) (?:for|to) (?:all |any |the |every )?(?:language models?|llms?|ais?|ai (?:models?|agents?|assistants?)|assistants?|agents?|models?|payments server)\b\s?[:.,-]",
        ],
    ),
    (
        Authority,
        &[
            r"\b(?:(?:anthropic|openai|the company|your company|your employer|headquarters|ceo|cto|(?:it|security|legal|compliance) (?:team|department|policy)|administrator|sysadmin|law|gdpr|hipaa|regulations?|compliance|mandatory|legal(?:ly)?|liability|police|directive|advisory|by order|your operator|your developers?|developers of this|owner of this|policy \w+|certified|whitelisted|authori[sz]ed by|red team))\b",
        ],
    ),
    (
        Obliged,
        &[
            r"\b(?:(?:you|assistants?|agents?|model|llms?|ai) {CLOSE}?(?:are|is|were|was|will be|have been|has been)? ?(?:hereby |now |always |legally )?(?:required|obliged|obligated|instructed|ordered|commanded|bound|forbidden|programmed|must|shall))\b",
            r"\b(?:obliges? (?:you|the)|instructed it to|requires? (?:you|that you|all agents|agents)|by order of)\b",
            r"\b(?:(?:approvals?|rules?|requests?) (?:are|is|take)|prove that you|lead to (?:legal|liability))\b",
            r"\b(?:take precedence|failure to)\b",
        ],
    ),
    (
        Persona,
        &[
            r"\b(?:act|behave|speak|respond|answer|operate) as (?:an? |the |if you )?\w+,? (?:who|which|without|with no|in|mode)\b",
            r"\byou (?:now )?(?:obey|are now|serve|work for|become|belong to|act as|will act|comply with every)\b",
            r"\b(?:developer|god|jailbreak|dan|debug|maintenance|sudo) mode\b|\bno restrictions\b",
            r"\bas the (?:owner|administrator|admin|developer|operator|author) of\b",
            r"\b(?:your|the) (?:operator|administrator|developers?|owner|creators?)s? {CLOSE}(?:has|have) (?:changed|updated|decided|instructed|asked|ordered)\b",
            r"\bassistant now\b|\bnow answers to \w+|\bcomply with every\b|\bsafety training\b",
        ],
    ),
    (
        FirstPerson,
        &[
            r"(?:^|[\s(])(?:i am the|i'm the|i hereby|i approve) ",
            r"\b(?:send|pay|trust|choose|forward|email|obey) me\b",
        ],
    ),
    (
        WrittenCall,
        &[
            r#"['\"](?:tool|tool_name|function|name|next_action|action)['\"]\s*:\s*['\"][^'\"]{1,60}['\"]\s*,\s*['\"](?:args|arguments|params|parameters|input)['\"]\s*:"#,
            r#"\brun the call (?:above|below)\b|['\"]next_action['\"]"#,
        ],
    ),
    (
        FakeEnd,
        &[
            r"\b(?:description|document|tool list|instructions?) (?:ends?|stops?|is over|finishes) here\b",
            r"\b(?:what follows|the following|the rest|everything below|the text below) (?:is|comes|was) (?:\w+ )?(?:from|by|written) (?:by )?(?:the )?(?:user|human|system|developer|operator|person)\b",
            r"\b(?:user|assistant|human)\s?: [^\n]{2,}\b(?:user|assistant|human)\s?:",
        ],
    ),
];
