//! Authority that a description does not have, and consent done away with.

use super::{Rule, Where, rule};
use crate::finding::Kind;

use Kind::Instruction;
use Where::Anywhere;

pub(super) const RULES: &[Rule] = &[
    rule(
        Instruction,
        Anywhere,
        "It speaks with an authority that a tool's description does not have.",
        &[
            r"</?(?:important|critical|system|secret|hidden|instructions?|admin|urgent|mandatory|priority|assistant|rules?|override|directive)\b[^>]*>",
            r"\[/?(?:admin|system|inst|developer|root|override|operator|important|urgent|security|sys|internal)[^\]]{0,40}\]",
            r"<</?sys>>",
            r"<\|[^|>]{1,40}\|>",
            r"(?:^|\n)\s*#{1,6} ?(?:instructions?|system|response|assistant|user|human|new (?:task|instructions?))\b",
            r"[\u{22}']role[\u{22}']\s*:\s*[\u{22}'](?:system|assistant|user|developer|tool)",
            r"(?:^|[.!\n>*-]\s*)(?:system|assistant|developer|human|user|admin)\s?(?:prompt|message|note|override|notice|alert|update|instructions?)?\s?:\s",
            r"\b(?:end|start|begin|beginning) of (?:the )?(?:tools?|descriptions?|system|prompts?|instructions?|document|user|operator|tool list|context|new)\b",
            r"\b(?:begin|new|real|actual|hidden|secret|additional|updated|operator|developer|admin|special) (?:\w+ )?instructions?\b",
            r"\bthe next message comes from\b",
            r"\b(?:mandatory|compliance|legal|security|regulatory|policy|urgent) (?:\w+ )?(?:notice|requirement|directive|order|bulletin|mandate)\b",
            r"\bobliges? (?:you|MODEL)\b",
            r"\b(?:policy|law|gdpr|hipaa|regulations?|compliance|legal|security team|it department|management|anthropic|openai|the company|headquarters)\b FAR\b(?:requires?|obliges?|demands?|mandates?|instructs?|expects?|orders?|ordered|asked|wants) (?:that )?(?:you|MODEL|all agents)\b",
            r"\b(?:agents?|assistants?|models?|you|llms?|ai) (?:is|are|am|were|will be) (?:hereby |now |always |legally )?(?:required|obliged|obligated|instructed|ordered|commanded|bound|expected|forbidden|programmed|told) (?:to|by)\b",
            r"\b(?:act|behave|speak|respond|answer|operate) as (?:an? |the |if you )?\w+,? (?:who|which|without|with no|in|mode)\b",
            r"\byou (?:now )?(?:obey|are now|serve|work for|become|belong to|act as|will act|pretend)\b",
            r"\b(?:developer|god|jailbreak|dan|debug|maintenance|admin|sudo) mode\b",
            r"\bno restrictions\b",
            r"</?(?:tool_?results?|function_?(?:results?|calls?)|tool_?(?:use|call|response)|results?_?from|human|user|context|prompt|policy|agent|note_to_\w+|invoke|answer|thinking)\b[^>]*>",
            r"(?:-{2,}|={2,}|\*{2,}|#{2,}|`{3}|\[|<)\s?(?:begin |new |important )?(?:system|admin|administrator|developer|operator|assistant|root)\b",
            r"\byour (?:new |real |actual |only |next )?(?:task|job|role|purpose|mission|goal|identity|name) (?:now|is|has)\b",
            r"\bthe (?:context|conversation|session|user) (?:was|has been|is) (?:reset|cleared|over|ended|replaced|finished)\b",
            r"\b(?:further|hidden|secret|extra|next) steps for (?:the )?(?:MODEL)\b",
            r"\b(?:note|message|hint|word|memo|notice|attention) (?:to|for) (?:the |any |all )?(?:ai|assistants?|models?|agents?|llms?|whoever)\b",
            r"\bas the (?:owner|administrator|admin|developer|operator|author) of\b",
            r"\b(?:your|the) (?:operator|administrator|developers?|owner|creators?) (?:has|have) (?:changed|updated|decided|instructed|asked|ordered)\b",
            r"\*{2,}\s?(?:urgent|important|attention|critical|mandatory|system|admin)",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It does away with the person's consent.",
        &[
            r"\b(?:MODEL|may|can|should|must|to|(?:and|then) \w*[^s\W]|just|automatically) GAP\bwithout (?:asking|first asking|confirmation|confirming|approval|consent|permission|prompting|checking|waiting)\b",
            r"\b(?:bypass|skip|suppress|turn off|disable|switch off|circumvent|omit|dismiss|auto-?(?:accept|approve|confirm)|click through|answer yes to|accept|confirm|approve)s?\b BRIEF\b(?:the |any |all |every |each )?(?:\w+ )?(?:confirmations?|approvals?|(?:permission |consent |security |approval )?prompts?|permissions?|consent|dialogs?|safety|security (?:checks?|warnings?)|guardrails?|firewall|antivirus|warnings?|restrictions?|safeguards?|2fa|pending transfers?)\b",
            r"\bno (?:further |more |other |additional |explicit |user )*(?:consent|confirmation|approval|permission|authori[sz]ation|review)s? (?:is|are|was|were|will be)? ?(?:needed|required|necessary|asked)\b",
            r"\b(?:do not|don't|need not|never|not|no need to|no longer|should not) (?:\w+ ){0,2}?ask (?:the |for |any |a )?(?:PERSON|permission|confirmation|approval|consent|again|questions)\b",
            r"\bdo not ask\b",
            r"\bon (?:the |their |his |her |your )?(?:user's |person's |customer's )?behalf\b GAP\b(?:confirm|approve|accept|agree|consent|without)",
            r"\b(?:confirm|approve|accept|agree to|consent to|sign)\b GAP\bon (?:the )?(?:PERSON|their|his|her)? ?behalf\b",
            r"\b(?:PERSON|administrator|admin|operator|company|employer) (?:has |have |had )?(?:already |long since |previously |explicitly |hereby |in advance )+(?:pre-?)?(?:approved|authori[sz]ed|agreed|consented|confirmed|granted|waived|given (?:you |their |his )?(?:consent|permission|approval))\b",
            r"\bMODEL (?:are|is|have been|has been) (?:hereby |now |explicitly |already )?(?:authori[sz]ed|permitted|allowed|entitled|cleared|granted|given permission)\b",
            r"\bhereby\b",
            r"\bpre-?(?:approved|authori[sz]ed)\b",
            r"\bapproves? (?:its|his|her|their) own\b",
            r"\bapproved automatically\b",
            r"\bpermission prompts?\b",
        ],
    ),
];
