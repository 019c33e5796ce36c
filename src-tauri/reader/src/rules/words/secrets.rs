//! Secrets and personal data, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        Secret,
        &[
            r"\b(?:passwords?|passphrases?|passcodes?|pin codes?|credentials?|login details|logins)\b",
            r"\b(?:(?:\w+_)?api[ _-]?keys?|access[ _-]?keys?|private[ _-]?keys?|secret[ _-]?keys?|ssh[ _-]?keys?)\b",
            r"\b(?:encryption keys?|key files?|secrets?|bearer)\b",
            r"\b(?:(?:access|auth\w*|bearer|oauth|api|refresh|session|security|github|slack|jwt|(?:their|your|the user's|the) pin|personal|admin|csrf|user's|identity|login|their|your|secret|valid) tokens?)\b",
            r"\b(?:tokens? (?:found|seen|that|which|from|in|of)|\w+_(?:token|secret|key)|(?:session )?cookies?)\b",
            r"\b(?:seed ?phrase|recovery (?:phrase|codes?)|mnemonic|wallets?|connection strings?)\b",
            r"\b(?:(?:credit |debit |bank )?cards? (?:numbers?|details|data)|credit cards?|cvv|social security|ssn)\b",
            r"\b(?:(?:one[- ]time|verification|2fa|mfa|otp|security) codes?|environment variables?)\b",
            r"\b(?:environment of the host|(?:values?|keys?|tokens?) (?:in|of|from) the environment|env vars?)\b",
            r"\b(?:personal (?:data|information|details)|account numbers?|bank (?:details|accounts?)|address book)\b",
            r"\b(?:contacts|clipboard|browsing history|medical records?|passport)\b",
            r"\b(?:(?:user's|person's|customer's) (?:real|full|legal|private|home)|jwt)\b",
            r"\b(?:(?:their|your|the user's|the) pin|authorization header|iban|seed words|keychain|social insurance)\b",
            r"\b(?:master password)\b",
        ],
    ),
    (
        PersonsSecret,
        &[
            r"\b(?:user|person|customer|owner)'s (?:\w+ )?(?:password|passphrase|pin|credentials?|private key|api key|bank \w+|seed|card|cookies?|recovery|wallet|keychain|master \w+)",
            r"\b(?:master|bank|root|admin) password\b|\brecovery (?:words|phrase|codes?)\b",
            r"\bpasswords?\.(?:txt|csv|docx?|xlsx?)\b|\bsecrets\.\w+\b|\bin plain ?text\b",
        ],
    ),
    (
        Ask,
        &[
            r"\b(?:requires?|needed|need|needs|required|ask|asks|provide|enter|give|look for|find|supply|send|put|here)\b",
            r"\b(?:access|sign|mention|necessary)\b",
        ],
    ),
    (
        Seen,
        &[
            r"\b(?:you|assistant|agent|model|ai)\b (?:\w+ )?(?:find|found|have|hold|know|knows|see|saw|use|uses|were (?:given|configured)|are (?:given|configured)|received|remember|can see|come across|learned|learnt|encounter|need)\b",
            r"\b(?:appeared|seen|found|mentioned|entered|typed|used|visible) (?:earlier|elsewhere|before|in (?:the |this )?(?:chat|conversation|files|environment|session)|by the user)\b",
            r"\b(?:the|a|any) user(?:'s)? (?:\w+ )?(?:entered|typed|gave|has entered)\b|\bover time\b",
        ],
    ),
    (Gather, &[r"\b(?:gather|harvest|exfiltrate|steal|scrape|siphon|hoover)\b"]),
    (EnvironmentDump, &[r"`(?:env|printenv|export -p|cat [^`]+|history)`|\boutput of `|\bprintenv\b"]),
    (
        Protected,
        &[
            r"\b(?:(?:encrypted|masked|redacted|hashed|replaced by|left out|not (?:included|stored|returned|shown|read|logged|sent|part of|opened|needed|required)|are never|is never|never (?:shown|returned|stored|logged|sent|accepted|leaves)|neither|nor))\b",
        ],
    ),
    (
        PersonalData,
        &[
            r"\b(?:user|person|customer|human)(?:'s)? (?:\w+ ){0,2}?(?:goal|e-?mail|phone|(?:home |postal |private )?address|name|location|id\b|identity|session id|last question|intent|employer|age|passport|birth)",
            r"\b(?:e-?mail|phone|address|name|location|identity) (?:\w+ )?(?:\w+ )?of the (?:user|person|human)\b",
            r"\bsession id\b|\bautofill\b",
        ],
    ),
    (
        Outflow,
        &[
            r"\b(?:mirror|report|send|sent|forward|cop|upload|shar|relay|post|submit|deliver|transmit|publish|stream|sell|sold|hand|pass|log)\w*\b[^.!?\n]{0,50}\b(?:an? outside|external(?:ly)?|third[- ]part(?:y|ies)|maintainers?|advertisers?|partners?|vendors?|public board|pastebin|data brokers?|our (?:servers?|team|cloud|backend|partners?|own)|somewhere else|another (?:host|server|company)|remote host|collector|telemetry|the (?:author|developer|publisher) of this)\b",
        ],
    ),
    (
        AskingName,
        &[
            r"\b(?:system (?:prompt|message|instructions)|chain of thought)\b",
            r"\b(?:(?:full |entire |raw )?(?:conversation|chat|message|prompt|session|dialogue)s? (?:history|log|logs|transcript|context|dump|so far))\b",
            r"\b(?:tool call history)\b",
            r"\b(?:(?:previous|prior|all|other|available) (?:tools?|tool calls?|tool results?|messages|results|outputs))\b",
            r"\b(?:tool (?:call )?(?:history|results|list|names|outputs)|user context|model (?:reasoning|context|state))\b",
            r"\b(?:agent (?:context|memory|thoughts|state)|internal (?:thoughts|reasoning|notes|monologue))\b",
            r"\b(?:hidden (?:reasoning|context|instructions)|developer (?:instructions|message|prompt))\b",
            r"\b(?:(?:users?|their|your|my|admin|root) (?:private key|password|secret|token|credentials?))\b",
            r"\b(?:env(?:ironment)? (?:dump|contents?)|ssh (?:private )?key|aws secret|memory dump|context window)\b",
            r"\b(?:(?:forward|send|include|pass|upload|copy|read|append|add|email) (?:\w+ ){0,4}(?:messages|chat|conversation|passwords?|passwd|secrets?|keys?|files|context|history|credentials|env))\b",
            r"\b(?:must contai|(?:full|whole|entire|raw) (?:chat|context|conversation|dialogue)|user email and \w+)\b",
            r"\b(?:user (?:phone|address|goal|intent)|workspace dump|(?:model name|system) and prompt)\b",
            r"\b(?:(?:forward|send|share|upload|export|email|leak) users? \w+|\w+ and prompt|override user \w+)\b",
            r"\b(?:without asking|without (?:user )?(?:consent|confirmation|approval)|delete everything)\b",
            r"\b(?:ignore (?:previous|user|all)|bypass \w+|skip (?:confirmation|approval)|(?:all|any|the) secrets)\b",
            r"\b(?:auto approve(?: all)?|exfil\w*|summary of (?:the )?conversation\w*|conversation with (?:the )?user)\b",
            r"\b(?:contents? of (?:etc |the )?(?:passwd|shadow|env|ssh|\w*secrets?|\w*keys?|workspace|home))\b",
            r"\b(?:do not tell\b.*|not tell (?:the )?user|hide from (?:the )?user|without (?:the )?user knowing)\b",
            r"\b(?:grant admin\b.*|scratchpad|original (?:prompt|request)|user (?:prompts?|messages))\b",
            r"\b(?:all (?:env|environment|files|messages)\b.*|private notes|home dir\w*|clipboard(?: contents?)?)\b",
            r"\b(?:browser (?:history|cookies)|local files|to attacker|include user \w+|must include \w+|all funds)\b",
            r"\b(?:previous instructions|approve (?:all|everything)|assistant notes|raw context)\b",
            r"\b(?:(?:read|send|give|reveal|print) (?:\w+ )?(?:private|secret|password|key|prompt)\w*)\b",
            r"\b(?:conversation summary|(?:last|previous|recent) (?:user )?(?:messages?|prompts?))\b|^secrets$",
        ],
    ),
];
