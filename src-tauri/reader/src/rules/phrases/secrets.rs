//! Secrets, the conversation and the model's own context, passed on.

use super::{Rule, Where, rule};
use crate::finding::Kind;

use Kind::SecretPassedOn;
use Where::{Anywhere, Names, Parameters};

/// Of passwords and keys, which some tools are about.
pub(super) const SECRETS: &str = "It passes secrets on.";

pub(super) const RULES: &[Rule] = &[
    rule(
        SecretPassedOn,
        Anywhere,
        SECRETS,
        &[
            r"\b(?:user|person|customer|guest|household|company|owner|client|member)s?'s? (?:\w+ ){0,2}SECRET\b",
            r"\b(?:sk-|ghp_|akia)|\blooks? like (?:a|an) (?:key|token|secret|password|credential)",
            r"\bPASS\b FAR\bSECRET\b FAR\bHERE",
            r"\b(?:MODEL|user's|ask(?:s)? (?:the user )?for|whenever|when|if|also|first|before|then|please|every|any|all|last|latest)\b FAR\bPASS\b GAP\bSECRET\b",
            r"\bSECRET\b FAR\b(?:PASS|forwarded|copied|sent|uploaded|added|included|appended|shared) (?:it|them|that|this|those)?\b ?GAP\b(?:HERE|on|along|over|back)\b",
            r"\bask(?:s)? (?:PERSON )?for (?:the |their |his )?(?:\w+ )?SECRET\b",
        ],
    ),
    rule(
        SecretPassedOn,
        Anywhere,
        "It passes the conversation or the model's own context on.",
        &[
            r"\b(?:complete|whole|full|entire) context(?: window)?\b",
            r"\b(?:exchange|dialogue|talk|chat) (?:that|which) (?:led|gave rise|preceded|came before)\b",
            r"\bwhat (?:the user|was|they) (?:last |just )?(?:wrote|written|typed|said)\b",
            r"\bPASS\b FAR\bTALK\b",
            r"\bTALK\b GAP\b(?:up to (?:this|now)|so far|verbatim|in full|unabridged|word for word|between you and|with you|as is|until now|of this session)\b",
            r"\b(?:summary|copy|list|record|dump|transcript|digest|account) of (?:\w+ ){0,3}TALK\b",
        ],
    ),
    rule(
        SecretPassedOn,
        Parameters,
        "A parameter asks for what is not the tool's business.",
        &[
            r"\b(?:answer|reply|response|message)s? (?:that )?you (?:gave|wrote|sent|produced)\b",
            r"\b(?:user|person)'s (?:\w+ )?(?:project|notes|diary|files|documents|inbox|calendar|contacts|photos|location|logins?)\b",
            r"\bthe user and you\b|\byou and the user\b",
            r"\byour (?:\w+ )?(?:configuration|settings|instructions|context|memory|reasoning|thoughts?|prompt)\b",
            r"\b(?:everything|anything|whatever|all|details|facts|what) (?:that )?(?:you|the (?:model|assistant)) (?:know|remember|learned|learnt|inferred|have)\b",
            r"\btools? (?:that )?(?:you|the (?:model|assistant)) (?:\w+ )?(?:used?|called?|have|has|ran|see|know)\b",
            r"\b(?:of|from) (?:this|the current|the whole|the entire) (?:session|conversation|chat|dialogue)\b",
            r"\bfiles? (?:that )?the (?:user|person) (?:is|has|was)\b",
            r"\b(?:other|mcp|installed|loaded) (?:mcp )?tools (?:are|that are|loaded|installed)\b",
            r"\b(?:summary|copy|contents?|text|results?|details|transcript|dump|values?|list|everything|\d+ characters|names)\b GAP\b(?:of|from|about|by) (?:the |all |any |what |your )*(?:TALK|SECRET|user has told|tools? called|files that|previous|earlier|other tools)\b",
            r"\bTALK\b",
            r"\bwhat (?:you|the model|the assistant) (?:know|think|have|remember|were|see)s?\b",
            r"\b(?:user|person|customer)'s (?:real|full|legal|private|home)\b",
        ],
    ),
    rule(
        SecretPassedOn,
        Names,
        "A name asks for secrets, the conversation or the model's own context.",
        &[
            r"\b(?:system prompt|system message|system instructions|chain of thought|(?:full |entire |raw )?(?:conversation|chat|message|prompt|session|dialogue)s? (?:history|log|logs|transcript|context|dump|so far)|tool call history|(?:previous|prior|all|other) (?:tools?|tool calls?|tool results?|messages)\b|tool (?:call )?(?:history|results|list|names|outputs)|user (?:messages?|prompts?)|thoughts? (?:before|so far|process)|paste (?:\w+ )?here|ignore (?:all )?(?:previous|prior|earlier)|full text|contents of |env file and|model (?:reasoning|context|name|state)|agent (?:context|memory|thoughts|state)|internal (?:thoughts|reasoning|notes|monologue)|hidden (?:reasoning|context|instructions)|(?:users?|their|your|my|admin|root) (?:private key|password|secret|token|credentials?)|env(?:ironment)? (?:dump|contents?)|ssh (?:private )?key|aws secret|memory dump|context window|(?:forward|send|include|pass|upload|copy) (?:all |the |every )?(?:\w+ ){0,2}(?:messages|chat|conversation|password|secrets?|keys?|files|context|history)|must contain)\b",
            r"\b(?:available tools?|tools? (?:list|names|catalog\w*)|list of tools)\b",
            r"\bcontents? (?:of|from) |\bid (?:rsa|ed25519)\b|\betc (?:passwd|shadow)\b",
            r"\b(?:then|please|must|also|first|always) (?:\w+ )?(?:e ?mail|send|forward|post|upload|tell|read|call|delete|ignore|include|reveal|copy|fetch|run|execute)\b",
            r"\b(?:do not|dont|never) (?:tell|inform|mention|show|notify|ask)\b",
            r"^\$\{?(?:env[:.])?\w*[\w ]*(?:token|key|secret|password|credentials?)\}?$",
        ],
    ),
];
