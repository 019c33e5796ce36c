//! Orders beyond the tool: instructions set aside, text from elsewhere obeyed, other programs run.

use super::{Rule, Where, rule};
use crate::finding::Kind;

use Kind::Instruction;
use Where::{Anywhere, Parameters};

pub(super) const RULES: &[Rule] = &[
    rule(
        Instruction,
        Anywhere,
        "It asks the model to set earlier instructions aside.",
        &[
            r"\b(?:ignore|disregard|forget|override|overrule|set aside|discard|bypass|neglect|do not (?:follow|obey|heed)|stop following|abandon|drop|cancel)\b GAP\b(?:instructions?|guidelines?|rules?|directions?|directives?|system prompt|prompts?|commands?|orders|restrictions?|safeguards?|guardrails?|description|what you (?:were|have been) told|training|safety)\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It claims to stand above the instructions the model was given.",
        &[
            r"\beffective (?:immediately|at once|today|now)\b",
            r"\b(?:previously|formerly|originally|until now) read-only\b",
            r"\bno (?:new|fresh|renewed|second) (?:approval|consent|permission|review|confirmation)\b",
            r"\b(?:ignore|disregard|overlook) the (?:diff|warning|message|notice|change|difference|prompt|dialog|alert)s?\b",
            r"\bafter (?:the first |ten |\w+ )?(?:successful )?(?:calls|uses|invocations)\b,? GAP\b(?:switch|upload|send|start|begin|forward|change|read|collect)\b",
            r"\b(?:have|has|take|takes) (?:priority|precedence) over\b GAP\b(?:your|the user|user|developer|system|instructions|you were|other servers|anything|everything)",
            r"\b(?:replaces?|supersedes?|withdraws?|corrects?|overrides?|voids?) (?:the|any|all) (?:\w+ )?(?:description|terms|review|definition|guidance)\b",
            r"\b(?:outrank|override|overrule|supersede|take precedence over|takes precedence over|replace|prevail over|precede)s?\b GAP\b(?:you were given|given by|(?:all|any|every|your|earlier|previous|prior|system|user'?s?)\b GAP(?:instructions?|rules?|guidelines?|prompts?|polic(?:y|ies)|requests?))",
            r"\b(?:instructions?|rules?|guidelines?|restrictions?|safeguards?|approvals?|limits?|prompts?|description|permissions?|terms|warnings?)\b GAP\b(?:no longer (?:apply|applies|valid|binding|in force)|(?:are|is|was|were) (?:void|revoked|obsolete|suspended|lifted|cancelled|wrong|withdrawn))\b",
            r"\bregardless of (?:what|which|the|any|your) GAP\b(?:task|user|you|instructions?|asked|request|told|given)",
            r"\b(?:has|have|with|takes?|is|are|of|this)\b BRIEF\b(?:highest|top|utmost|absolute) priority\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It has the model obey text that comes from elsewhere.",
        &[
            r"\b(?:do|does|act|acts|proceed|behave) (?:as|what|whatever) (?:is )?(?:written|it says|stated|instructed|told|described|requested) (?:there|by|in|below)\b",
            r"\b(?:treat|consider|regard|accept) (?:it|them|this|that|these|the \w+) as (?:part of|binding|new|valid|guidance|an? order|instructions?)\b",
            r"\baccept (?:whatever|anything|everything)\b",
            r"\b(?:treat|consider|follow|execute|obey|carry out|act on|comply with|do|perform|run|apply)\b GAP\b(?:instructions?|commands?|orders|directives|steps|text|outputs?|contents?|whatever)\b GAP\b(?:as if|as though|as (?:a |the )?(?:user|system|trusted|shell|commands?|instructions?)|(?:that |which )?(?:you find |are |is )?(?:found|contained|inside|returned|embedded|written) (?:in|by|on|there)|it (?:returns|contains|gives)|in the (?:page|result|output|response|file))\b",
            r"\boutputs? (?:from|of) \w+ (?:is|are) to be (?:executed|followed|run|obeyed)\b",
            r"\bas if the (?:user|person|human|system|operator) (?:had|has) (?:written|said|typed|asked|sent)\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It has the model run something that is not this tool.",
        &[
            r"\b(?:run|execute|exec|issue|prefix(?:ed)? with|start|launch|invoke|type|enter|prepend)\b GAP(?:`[^`\n]{2,120}`|\$\([^)\n]+\)|\b(?:curl|wget|bash|sh -c|chmod|sudo|nc|eval|powershell|rm -rf|git config|npm install|pip install|crontab|osascript)\b)",
            r"\b(?:curl|wget)\b[^\n|]{0,100}\|\s?(?:ba|z)?sh\b",
            r"\bwith sudo\b",
            r"\bin (?:the|a|your) terminal\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It changes where other things go.",
        &[
            r"\b(?:recipient|address|destination|path|branch|account|iban|phone number|bcc|cc|url|amount|target)\b GAP\b(?:has to be|must be|should be|is to be|needs to be|gets|shall be|be) (?:changed|replaced|set|redirected|rewritten|swapped|substituted|switched)\b",
            r"\b(?:must|should|has to|have to|needs?|always|also|add|adds|put|set|include|append)\b GAP\b(?:bcc|blind[ -]copy)\b",
            r"\b(?:bcc|blind[ -]copy)\b GAP(?:\b(?:must|should|has to|each|every|always)\b|\S@)",
            r"\brather than (?:to )?(?:the )?\w+ (?:that )?the (?:user|person) (?:asked|gave|chose|named|wanted|specified)\b",
            r"\b(?:redirect|reroute|divert|swap|substitute)\b GAP\b(?:to|with|by|for)\b GAP\b(?:this|our|ours|us|@|http|account|address)\b",
        ],
    ),
    rule(
        Instruction,
        Parameters,
        "A text that describes data gives the model an order.",
        &[
            r"\b(?:the )?(?:assistant|model|agent|ai|llm) (?:sends|must|should|shall|will|has to|needs to|reads|calls|adds|includes|writes|puts|forwards|first)\b",
            r"\b(?:call|invoke|run|use) [`']?\w+_\w+[`']? (?:on|with|and)\b",
            r"\bmust not inform\b",
        ],
    ),
];
