//! The conversation and the model's own context, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        Talk,
        &[
            r"\b(?:(?:the |this |our |your |current |entire |whole |full |complete |previous |raw )+(?:conversations?|chats?|dialogues?|discussions?))\b",
            r"\b(?:(?:entire|whole|full|complete|your) (?:\w+ )?(?:threads?|sessions?|context))\b",
            r"\b(?:(?:chat|message|conversation|prompt|command|session|dialogue)s?[ _-](?:history|logs?|transcript of|context|so far))\b",
            r"\b(?:chat messages|previous chats)\b",
            r"\b(?:(?:full|entire|whole|complete) (?:dialogue|thread|conversation|chat|context|transcript))\b",
            r"\b(?:(?:(?:all|every|each|last|past|previous|earlier|prior|first|recent|latest|most|\d+|two|three|five|ten) )+(?:\w+ )?(?:messages?|turns?|prompts?|exchanges|questions|e-?mails|mails))\b",
            r"\b(?:(?:user|human)(?:'s|s)? (?:\w+ )?(?:messages|prompts?|words))\b",
            r"\b(?:(?:user|human)'s (?:last|latest|full|exact|original|previous|own) (?:\w+ )?(?:message|question|request|input)s?)\b",
            r"\b(?:messages of the user|prompt the user (?:wrote|typed|gave))\b",
            r"\b(?:(?:your|its) (?:repl(?:y|ies)|response|answers?)(?: to it)?)\b",
            r"\b(?:(?:what|everything|whatever|anything|all) (?:that )?(?:the )?(?:user|person|human|customer|you) (?:has |have |had )?(?:said|told|typed|types|wrote|writes|asked|says|remember|know|received|discussed|is working))\b",
            r"\b(?:what has been (?:discussed|said|written)|transcript of)\b",
            r"\b(?:(?:system|initial|developer)[ _-]?(?:prompt|message|instructions?)|original prompt|chain of thought)\b",
            r"\b(?:(?:hidden|internal|your|private) (?:reasoning|thoughts?|instructions?|notes|system))\b",
            r"\b(?:instructions you (?:received|were given|got))\b",
            r"\b(?:(?:previous|all|earlier|other|prior|your|raw) (?:tool|function)[ _-](?:calls|results?|outputs?))\b",
            r"\b(?:other tools|(?:tools? )?called before|(?:every|all|any) tools? (?:that )?you (?:can|may|have))\b",
            r"\b(?:(?:names|list) of (?:the |all )?(?:other )?tools|context window|open (?:files|tabs|documents))\b",
            r"\b(?:files? (?:that are |currently )?open|(?:recent|open|private|local|latest) (?:documents|files))\b",
            r"\b(?:repository you are|source code)\b",
        ],
    ),
    (
        ThisTalk,
        &[
            r"\b(?:all|every|previous|earlier|full|entire|whole|complete|prior|last|recent|latest)\b{NEAR}\b(?:this|our|your|the current|the present) (?:chat|conversation|session|dialogue)\b",
        ],
    ),
    (
        Verbatim,
        &[
            r"\b(?:(?:summary|copy|record|dump|digest|account) of|transcript of|word[- ]for[- ]word|verbatim|in full)\b",
            r"\b(?:in (?:its|their) entirety|unabridged|up to (?:this|now)|between you|with you|until now)\b",
            r"\b(?:of this session)\b",
        ],
    ),
    (
        AsksForContext,
        &[
            r"\b(?:what|everything|all) (?:\w+ ){0,3}?(?:you|the model|the assistant|the user|the person) (?:know|think|have|remember|were|see|is|are|received|got)s?\b",
            r"\bthe (?:user|person|customer)'s (?:real|full|legal|private|home)\b",
            r"\b(?:entire|whole|full|complete) (?:context|conversation|chat|prompt|history|dialogue)\b",
            r"\b(?:any|all|every) secrets?\b|\bvalue of \w+_(?:key|token|secret)\b|\binstructions you\b",
            r"\b(?:summary|copy|contents?|text|results?|details|transcript|dump|values?|list|everything|names|texts|raw) (?:\w+ )?(?:of|from|about) (?:\w+ ){0,4}(?:conversation|chat|dialogue|messages|e-?mails|discussion|system prompt|tools?|files|secrets?|passwords?|tokens?)\b",
            r"\bevery tool\b|\bfiles that are open\b|\bworking on\b",
            r"\b(?:assistant|agent|model|ai) (?:knows|remembers|has seen|saw|was told|has learnt)\b",
            r"\b(?:agent|assistant|model|ai)'s (?:\w+ )?(?:memory|context|instructions|prompt|notes|reasoning|configuration|settings)\b",
            r"\bprocess\.env\b|\b(?:text|contents?) of the user's\b",
            r"\b(?:verbatim|word for word|unabridged)\b{NEAR}\b(?:user|person)\b",
            r"\b(?:user|person)\b{NEAR}\b(?:verbatim|word for word|unabridged|so far)\b",
            r"\byour (?:\w+ )?(?:reasoning|thoughts|thinking|plans?|deliberations?|chain)\b",
        ],
    ),
    (
        SystemPrompt,
        &[r"\b(?:system|initial|developer|hidden) (?:prompt|message|instructions)\b|\bmay not want\b"],
    ),
];
