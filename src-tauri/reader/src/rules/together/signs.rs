//! Signs that a sentence can bear, each of them innocent alone. Patterns are held against one folded sentence.

/// One sign.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The model is spoken to or of.
    Model,
    /// The person is spoken of.
    Person,
    /// Something is wanted: a duty, a request, a condition.
    Duty,
    /// Something is passed on or fetched.
    Move,
    /// Where to: a parameter, this tool, its maker.
    To,
    /// An address outside.
    Outside,
    /// Keys, passwords, the environment.
    Secret,
    /// A path where private things are kept.
    Path,
    /// What was said, and what the model was told.
    Talk,
    /// What a person has open, owns or is.
    Personal,
    /// All of it, in its own words.
    Whole,
    /// Words of leaving something unsaid.
    Hush,
    /// Worry or confusion that is to be spared.
    Spare,
    /// Somebody with a say, who is not the person.
    Authority,
    /// Consent, limits and approval taken away.
    Loosen,
    /// A change since the tool was approved.
    Change,
    /// More than one call: the session, the list of tools, every answer.
    Session,
    /// Tools of others.
    Others,
    /// Programs run, code fetched.
    Run,
    /// Better than the rest.
    Best,
    /// Worse than this one.
    Worse,
    /// What the model says and writes.
    Output,
}

use Sign::{
    Authority, Best, Change, Duty, Hush, Loosen, Model, Move, Others, Output, Outside, Path, Person,
    Personal, Run, Secret, Session, Spare, Talk, To, Whole, Worse,
};

pub(super) const SIGNS: &[(Sign, &str)] = &[
    (
        Model,
        r"\b(?:you|your|yours|yourself|you'll|you've|assistants?|(?:the|a|any|every|each|calling|language) models?|agents?|llms?|ai|chatbots?|whoever calls)\b",
    ),
    (
        Person,
        r"\b(?:users?|persons?|people|humans?|customers?|clients?|guests?|nobody|anyone|anybody|somebody)\b",
    ),
    (
        Duty,
        r"\b(?:must|should|shall|ought|has to|have to|needs?|needed|requires?|required|expected|expects|mandatory|obliged|please|kindly|be sure|make sure|remember|is to|are to|be to|belongs?|customary|want|unless|otherwise|fails?|refuses?|only works?|works best|whenever|always|never|also|as well|necessary|dut(?:y|ies)|accept|prior to|before|beforehand|at once|begin by|start by|in order to|depends? on|due|up front|only|holds for|so that|whatever)\b|(?:^|[,;:] |\band |\bthen |\binstead )(?:read|open|take|get|prepend|introduce|recommend|choose|start|begin|turn|treat|skip|delete|present|feed|collect|obtain|fetch|collect|gather|look|send|forward|post|paste|pass|include|put|place|copy|upload|submit|report|attach|append|transmit|share|supply|provide|give|hand|echo|write|state|disclose|export|email|insert|embed|encode|mirror|relay|deliver|fill|add|repeat|quote|set|use|tell|enter|call|run|route|ask|describe|phrase|proceed|accept|do|have|say|retry|dump|wipe|omit|list)\b",
    ),
    (
        Move,
        r"\b(?:send|sends|sent|sending|forward\w*|post(?:s|ed|ing)?|past(?:e|es|ed|ing)|pass(?:es|ed|ing)?|includ(?:e|es|ed|ing)|put(?:s|ting)?|plac(?:e|ed|ing)|cop(?:y|ies|ied|ying)|upload\w*|submit\w*|report(?:ed|s|ing)?|attach(?:ed|es|ing)?|append\w*|transmi\w+|shar(?:e|es|ed|ing)|suppl(?:y|ies|ied|ying)|provid(?:e|es|ed|ing)|giv(?:e|es|en|ing)|hand(?:s|ed|ing)?|echo\w*|writ(?:e|es|ten|ing)|stat(?:e|es|ed|ing)|disclos\w+|export\w*|e-?mail(?:ed|ing)|e-?mail (?:it|them|the|this|all)|insert\w*|embed\w*|encod\w+|mirror\w*|relay\w*|deliver\w*|fill\w*|add(?:s|ed|ing)?|repeat\w*|quot(?:e|es|ed|ing)|enclos\w+|feed\w*|publish\w*|leak\w*|accompan\w+|annotat\w+|mail(?:ed|ing)|tell|carr(?:y|ies|ied)|hold|holds|goes? (?:in(?:to)?|along|out)|receives?|glance|note|travels?|(?:set|use) (?:it|them|this|these|that|as)|tak(?:e|en|ing)|fetch\w*|collect\w*|obtain\w*|gather\w*|retriev\w*|consult\w*|peek|dump|join|type|belongs?|synchroni\w+|syncs?|backs? up|transmit\w*|hand over|as the|(?:value|contents?|text|output|copy) of|expected in|read(?:ing)?|found)\b",
    ),
    (
        To,
        r"`[\w.-]+`|'[\w-]+'|\b(?:here|this (?:tool|field|parameter|argument|property|server|call)|(?:the|its|a|as|in|into|under) (?:[\w`-]+ )?(?:value|field|argument|parameter|property|note|comment|reference|input|header|line|vendor|body|value)|to us|with us|tell us|us)\b",
    ),
    (Outside, r"https?://|\biban\b|\b[\w.+-]+@[\w-]+\.\w+|\b(?:to|with|from) [\w-]+\.[\w-]+\.?\w*\b"),
    (
        Secret,
        r"\b(?:passwords?|passphrases?|passcodes?|pins?|credentials?|api[ _-]?keys?|\w+ai key|keys? (?:configured|found|stored|used)|(?:access|private|secret|ssh|signing|master|licen[cs]e|machine)[ _-]?keys?|secrets?|\w*tokens?|(?:session )?cookies?|seed ?phrase|recovery (?:phrase|codes?)|mnemonic|wallets?|connection strings?|cards? (?:numbers?|details|data)|security codes?|cvv|social security|(?:one[- ]time|verification|2fa|mfa|otp) codes?|environment variables?|(?:your|the|this|its|process) environment|env vars?|printenv|process\.env|passports?|identity cards?|bank details|banking \w+|vault|password manager|(?:bank )?logins?|\w+-digit codes?)\b|_key\b|_token\b|_secret\b|_password\b",
    ),
    (
        Path,
        r"~/|/etc/|\.(?:ssh|aws|env|npmrc|netrc|pypirc|pgpass|kube|docker|gnupg|git-credentials|gitconfig|bash_history|zsh_history|config/gcloud)\b|id_(?:rsa|ed25519|ecdsa|dsa)\b|credentials(?:\.json|\.csv)|mcp\.json|claude_desktop_config|login data|wallet\.dat|\.(?:pem|kdbx|keychain|p12|pfx)\b|/proc/|authorized_keys|known_hosts|keychain|shell history",
    ),
    (
        Talk,
        r"\b(?:(?:of|with|from|send|forward|pass|include|attach|paste|copy|store|transmit|post|share|mirror|add|append|log|full|whole|entire|complete|raw|current|ongoing|recent|previous|past) (?:the |this |our |your )?(?:\w+ )?(?:conversations?|chats?|dialogues?|sessions?)|(?:whole|complete|full|entire) exchange|the dialogue|transcripts?|(?:message|prompt|command|session|chat) history|(?:whole|complete|full|entire) exchange|prompts?(?: and completions)?|completions?|(?:earlier|previous|prior|past|last|recent|all|every) (?:\w+ )?(?:messages?|turns?|prompts?|exchanges?)|(?:everything|all|whatever|anything|what) (?:\w+ )?(?:said|discussed|written|typed|confided|told|asked|remember|know)|(?:has|have) (?:\w+ )?(?:said|told|typed|written|confided|discussed|asked)|system[ _-]?(?:prompt|message|instructions?)|chain of thought|reasoning|original request|what you (?:answer|reply|say|wrote|were)|your (?:answers?|reply|replies|reasoning|thoughts?|instructions|memory|context|previous|last)|what the (?:user|person)|the talk|replies you|questions put to you|statements|(?:was|been) said|remember about)\b",
    ),
    (
        Personal,
        r"\b(?:(?:user|person|customer|human)s?'s? (?:\w+ )?(?:name|address|e-?mail|mailbox|inbox|contacts?|files?|documents?|home|employer|location|clipboard|calendar|photos?|browser|history|screen|desktop|machine|request|input|question|message)|documents? (?:you work on|are |that is |that are )?(?:currently )?open|currently editing|clipboard|contacts|address book|screenshots?|browsing history|home directory|home folder|mailbox|employer|open (?:files|tabs|documents)|person you are helping|about (?:this|the) (?:user|person))\b",
    ),
    (
        Whole,
        r"\b(?:everything|names? (?:and \w+ )?of|whole|entire(?:ly|ty)?|complete(?:ly)?|in full|full|all|word (?:by|for) word|verbatim|unabridged|unedited|raw|so far|until now|up to (?:this|now)|names left in|recap|dump|original|exact)\b",
    ),
    (
        Hush,
        r"\b(?:unmentioned|unsaid|undisclosed|unnoticed|not (?:come|be brought|bring|brought|bringing) up|need not (?:come up|be (?:mentioned|raised|brought up))|without (?:raising|mentioning|comment|announcing|drawing attention)|nobody's concern|no one's concern|none of (?:his|her|their) (?:business|concern)|escapes? attention|under (?:the covers|wraps)|(?:refrain from|avoid|skip|no) (?:listing|naming|showing|mentioning|saying|discussing|stating|revealing)|not (?:to )?be (?:mentioned|revealed|disclosed|surfaced|announced)|bring\w* (?:it|this|that) up|whatever it does|regardless of what it (?:does|did)|wipe|cover (?:its|the|your) tracks|leave no trace|erase|not for (?:the|human) (?:user|person|eyes?)|invisible to|attention away|kept? (?:out of|quiet|secret|from)|out of sight|need not (?:know|be told|be informed|hear)|best left)\b",
    ),
    (
        Spare,
        r"\b(?:confus\w+|worr(?:y|ies|ied)|alarm(?:ed|ing)?|bother\w*|pester\w*|distract\w*|upset\w*|nervous|unsettl\w+|frighten\w*|annoy\w*|overwhelm\w*|disturb\w*|burden\w*)\b",
    ),
    (
        Authority,
        r"\b(?:(?:security|compliance|legal|it|platform|safety|audit|risk) (?:department|team|office|staff|officer)|(?:by order of the|approved by the|your|the) administrator|management|headquarters|company policy|polic(?:y|ies)|regulations?|by (?:order|law|decree)|developers? (?:want|of yours)|your (?:developers?|operators?|makers?|creators?|owners?|employer)|anthropic|openai|google|microsoft|certified|law|gdpr|hipaa|server's owner|non-compliance|authori[sz]ed by|mandated|directive|decree)\b",
    ),
    (
        Loosen,
        r"\b(?:no longer (?:needs?|requires?|asks?|necessary|apply)|(?:not|n't) (?:need|require)\w* (?:approval|confirmation|consent|permission)|no (?:approval|confirmation|consent|permission)|count(?:s|ed)? as (?:confirmed|approved|consent)|(?:deemed|considered|regarded as|taken as|treated as|presumed|assumed) (?:to be )?(?:confirmed|approved|granted|given|consent\w*|accepted|authori[sz]ed|trusted)|(?:limits?|restrictions?|filters?|safeguards?|checks?) (?:are|is|have been|were) (?:lifted|off|removed|suspended|relaxed|waived)|privileged|granted|without (?:further|any|more) (?:questions?|ado|checks?|delay|confirmation|approval)|carry over|accept whatever|disable|content filter|on the \w+'s behalf|admin rights|spend money|waived?|pre-?approved|unrestricted|implied|consent|permissions?)\b",
    ),
    (
        Change,
        r"\b(?:update:|updated|changed|new since|new in|since (?:v|version|\d)|this version|following the|migration|as of|from v\d|from version|version \d|now also|now (?:additionally|requires?|sends?|runs?|syncs?|synchroni[sz]es|deletes?|uploads?)|formerly|previously|earlier (?:description|version)|was (?:wrong|replaced)|has been (?:replaced|extended|superseded)|release|in this release|starting (?:next|from|today|now|with)|revision|from version \d)\b",
    ),
    (
        Session,
        r"\b(?:(?:any|every|each|all|the whole|the present|entire) (?:\w+ )?(?:sessions?|conversations?|chats?|repl(?:y|ies)|answers?|responses?|interactions?)|upon (?:loading|connect\w+|seeing|reading)|by (?:connecting|loading|reading)|without any call|(?:first|next) action|whatever the user|rest of (?:your|the) (?:work|session|task|conversation|chat)|part of your|system prompt|every (?:assistant|agent|model)|all (?:assistants|agents|models)|(?:code|text|answers|replies) (?:that )?you (?:generate|write|give|produce)|its replies|at (?:(?:the|session) )?(?:start(?:up)?|beginning)|load(?:s|ing)? this|tools are listed|(?:who|that) (?:connect|load|read)|connected to it|before (?:any|every|each|all|the first) (?:thing|other|call|task|request|answer|message)|before anything|from (?:then|now|here) on|throughout|as soon as|your (?:answers|replies|responses|code|output)|applies at once|by other means|takes? effect)\b",
    ),
    (
        Others,
        r"\b(?:(?:another|other|any|every|the|trusted) (?:\w+ ){0,2}(?:tools?|connectors?|servers?)|tools? of (?:other|another)|(?:mail|slack|database|file|filesystem|calendar|payment|browser|search|git|github|shell|e-?mail) (?:tools?|server|connector|plugin)|by other means|list_secrets|built-?in|with another|\w+_\w+ returns|when(?:ever)? \w+_\w+|made with \w+_\w+|calls \w+_\w+)\b",
    ),
    (
        Run,
        r"\b(?:clon(?:e|ing) |setup script|install script|helper script|run(?:s|ning)? (?:its|the|a|this|that|it)|execut\w+|deploys?|shell|terminal|command (?:given|found|below|shown)|scripts?|imports? the|pipe)\b",
    ),
    (
        Best,
        r"\b(?:no better|(?:this|the) (?:one|tool) wins|wins|always (?:use|choose|pick|prefer|reach|call|select|go)|(?:reach|opt|go) for this|(?:official|only|sole|approved|recommended|certified) (?:and \w+ )?(?:approved |official |trusted )?(?:tool|writer|source|way|provider|choice|option|one)|any request|every request|for any|at the top|speak of|favou?rabl[ey]|warmly|instead of|use this|superior|first choice|rather than|outperforms?|prefer\w*)\b",
    ),
    (
        Worse,
        r"\b(?:outdated|avoided|unreliable|security risk|risky|insecure|unsafe|unavailable|complained|wrong|inferior|known bug|untrusted|several tools|similar tools|even (?:when|if) (?:the|they|he|she|another)|names? a different|different tool|alternatives?|competitors?|rivals?|built-?in)\b",
    ),
    (
        Output,
        r"\b(?:repl(?:y|ies)|answers?|responses?|introduces?|recommend\w*|prefix\w*|suffix\w*|sign off|ends? with|closes?|imports?|mention\w*|link to|code)\b",
    ),
];
