//! Ideas that patterns are made of: who is spoken to, what is private, what is passed on.

/// Ideas that patterns are made of. A gap stays within a sentence.
pub(super) const IDEAS: &[(&str, &str)] = &[
    ("GAP", r"(?:[^.!?;\n]|[.!?;]\S){0,40}?"),
    ("FAR", r"(?:[^.!?\n]|[.!?]\S){0,110}?"),
    ("BRIEF", r"(?:[^.!?;\n]|[.!?;]\S){0,16}?"),
    (
        "MODEL",
        r"(?:you|your|yourself|(?:the |an? |any |every |this )?(?:ai )?(?:assistant|model|agent|ai|llm|chatbot|bot)(?:'s|s)?)",
    ),
    (
        "PERSON",
        r"(?:(?:the |an? |this |any |end )?(?:user|human|person|customer|owner|operator|developer|them|him|her|anyone|anybody|someone|reviewer)(?:'s|s)?)",
    ),
    (
        "PASS",
        r"(?:send|sending|forward|forwarding|post|posting|paste|pasting|pass|passing|include|including|put|putting|place|copy|copying|upload|uploading|submit|submitting|submits|report|attach|append|appended|transmit|share|supply|supplies|provide|give|hand|echo|write|store|disclose|export|email|e-mail|mail|insert|embed|encode|dump|mirror|relay|deliver|add|fill|repeat|quote|replay|stash|log|smuggle|tuck|slip|enclose|feed|stream|publish|leak)",
    ),
    (
        "SECRET",
        r"(?:passwords?|passphrases?|passcodes?|pins?|credentials?|logins?|api[ _-]?keys?|access[ _-]?keys?|private[ _-]?keys?|secret[ _-]?keys?|ssh[ _-]?keys?|encryption keys?|secrets?|bearer|(?:access|auth|session|refresh|api|oauth|security) ?tokens?|tokens?|(?:session )?cookies?|seed ?phrase|recovery (?:phrase|codes?)|mnemonic|wallets?|connection strings?|(?:credit )?cards? (?:numbers?|details|data)|cvv|social security|(?:one[- ]time|verification|2fa|mfa|otp) codes?|environment variables?|environment|env vars?|\.env|personal (?:data|information|details)|account numbers?|bank details|address book|contacts|clipboard|browsing history|medical records?|passport)",
    ),
    (
        "TALK",
        r"(?:conversations?|chats?|dialogues?|(?:chat|message|conversation|prompt|command|session)s?[ _-](?:history|log|logs|transcript|context)|(?:(?:all|every|each|last|past|previous|earlier|prior|first|recent|\d+|two|three|five|ten) )+(?:\w+ )?(?:messages?|turns?|prompts?|exchanges|questions)|(?:user|human)'?s? (?:\w+ )?(?:messages?|prompts?)|(?:what|everything|whatever|anything) the (?:user|person|human|customer) (?:has |have )?(?:said|told|typed|types|wrote|writes|asked|says)|system[ _-]?(?:prompt|message|instructions?)|chain of thought|(?:hidden|internal|your|private) (?:reasoning|thoughts?|instructions?|notes)|(?:tool|function)[ _-](?:calls?|results?|outputs?)|other tools|(?:names|list) of (?:the |all )?(?:other )?tools|context window|open (?:files|tabs|documents)|files? (?:that are |currently )?open|workspace|(?:recent|open|private|local) (?:documents|files)|home directory|source code|inbox|calendar)",
    ),
    (
        "HERE",
        r"(?:here|this (?:field|tool|parameter|argument|property|endpoint|address|server)|(?:in|into|as|through|via|with|to|under|inside|below) (?:the |its |a |an )?[`'\u{22}]?[\w.-]+[`'\u{22}]? ?(?:argument|parameter|field|property|header|comment|note|input|value|endpoint|address|server|bucket|channel)?|https?://|\S+@\S+|s3://|endpoint|webhook)",
    ),
    (
        "ORDER",
        r"(?:must|shall|should|have to|has to|need to|needs to|always|never|first|please|required to|obliged to|be sure to|make sure to|remember to|ensure|also|before|whenever|when|unless|otherwise)",
    ),
    (
        "PATH",
        r"(?:~/?\.[\w./-]+|~/[\w./ -]+|/etc/(?:shadow|passwd|sudoers|ssl\S*)|\$home\S*|%(?:appdata|userprofile|localappdata)%\S*|(?:[\w~$/.-]*/)?\.(?:ssh|aws|env|npmrc|netrc|pypirc|pgpass|kube|docker|gnupg|git-credentials|gitconfig|bash_history|zsh_history|cursor|claude|config/gcloud|vault-token|azure|terraform\.d|mysql_history|psql_history|boto|s3cfg)\b[\w./-]*|id_(?:rsa|ed25519|ecdsa|dsa)\S*|[\w/.-]*(?:/credentials|credentials(?:\.json|\.csv|\.xml)|mcp\.json|claude_desktop_config\.json|login data|wallet\.dat|secrets?\.(?:ya?ml|json|toml)|keystore\S*|\S+\.(?:pem|kdbx|keychain|p12|pfx))|/proc/(?:self|\d+)/environ|authorized_keys|known_hosts|(?:chrome|firefox|safari|browser) (?:profile|cookies|passwords|history)|login keychain|shell history|cookies and \w+)",
    ),
    (
        "READ",
        r"(?:read|open|opening|cat|look (?:in|at|into|up)|take|load|copy|copying|fetch|grab|collect|obtain|inspect|extract|retrieve|content of|contents of|text of|(?:last|first) \w+ lines of)",
    ),
    (
        "ADDRESS",
        r"(?:tell|telling|inform|informing|notify|notifying|alert|alerting|warn|warning|show|showing|bother|bothering|let)",
    ),
    (
        "TELL",
        r"(?:tell|telling|inform|informing|mention|mentioning|notify|notifying|alert|alerting|warn|warning|show|showing|display|displaying|reveal|revealing|disclose|disclosing|report|reporting|explain|explaining|say|speak|talk|discuss|confirm|admit|acknowledge|describe|refer|announce|let|list|surface|expose)",
    ),
];
