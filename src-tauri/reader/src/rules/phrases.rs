//! English phrases that speak to the model. Each rule is one pattern over folded text, and one sentence that says what
//! such a text does. The patterns name ideas, not wordings: who is spoken to, what is private, what is passed on.

use std::sync::LazyLock;

use regex::Regex;

use super::Reading;
use crate::fields::Role;
use crate::finding::{Hit, Kind, Weight};

/// Where a rule looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// In names of parameters and values; their words are apart.
    Names,
    /// In texts that describe data.
    Parameters,
}

struct Rule {
    kind: Kind,
    place: Where,
    sentence: &'static str,
    pattern: &'static str,
}

const fn rule(kind: Kind, place: Where, sentence: &'static str, pattern: &'static str) -> Rule {
    Rule { kind, place, sentence, pattern }
}

/// Ideas that patterns are made of. A gap stays within a sentence.
const IDEAS: &[(&str, &str)] = &[
    ("GAP", r"(?:[^.!?;\n]|[.!?;]\S){0,40}?"),
    ("FAR", r"(?:[^.!?\n]|[.!?]\S){0,110}?"),
    ("BRIEF", r"(?:[^.!?;\n]|[.!?;]\S){0,16}?"),
    (
        "MODEL",
        r"(?:you|your|yourself|(?:the |an? |any |every |this )?(?:ai )?(?:assistant|model|agent|ai|llm|chatbot|bot)(?:'s|s)?)",
    ),
    (
        "PERSON",
        r"(?:(?:the |an? |this |any |end )?(?:user|human|person|customer|owner|operator|developer|them|him|her|anyone|anybody|someone|reader|reviewer)(?:'s|s)?)",
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
        r"(?:conversations?|chats?|dialogues?|(?:chat|message|conversation|prompt|command|session)s?[ _-](?:history|log|logs|transcript|context)|(?:(?:all|every|each|last|past|previous|earlier|prior|first|recent|\d+|two|three|five|ten) )+(?:\w+ )?(?:messages?|turns?|prompts?|exchanges|questions)|(?:user|human)'?s? (?:\w+ )?(?:messages?|prompts?|questions?|requests?|words|input)|(?:what|everything|whatever|anything) the (?:user|person|human|customer) (?:has |have )?(?:said|told|typed|types|wrote|writes|asked|says)|system[ _-]?(?:prompt|message|instructions?)|chain of thought|(?:hidden|internal|your|private) (?:reasoning|thoughts?|instructions?|notes)|(?:tool|function)[ _-](?:calls?|results?|outputs?)|other tools|(?:names|list) of (?:the |all )?(?:other )?tools|context window|open (?:files|tabs|documents)|files? (?:that are |currently )?open|workspace|(?:recent|open|private|local) (?:documents|files)|home directory|source code|inbox|calendar)",
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
        "TELL",
        r"(?:tell|telling|inform|informing|mention|mentioning|notify|notifying|alert|alerting|warn|warning|show|showing|display|displaying|reveal|revealing|disclose|disclosing|report|reporting|explain|explaining|bother|bothering|ask|say|speak|talk|discuss|confirm|admit|acknowledge|describe|refer|announce|let|list|surface|expose)",
    ),
];

use Kind::{HiddenFromUser, Instruction, PrivateFile, SecretPassedOn};
use Where::{Anywhere, Names, Parameters};

const RULES: &[Rule] = &[
    // Orders beyond the tool.
    rule(
        Instruction,
        Anywhere,
        "It asks the model to set earlier instructions aside.",
        r"\b(?:ignore|disregard|forget|override|overrule|set aside|discard|bypass|neglect|do not (?:follow|obey|heed)|stop following|abandon|drop|cancel)\b GAP\b(?:instructions?|guidelines?|rules?|directions?|directives?|system prompt|prompts?|commands?|orders|polic(?:y|ies)|restrictions?|safeguards?|guardrails?|description|what you (?:were|have been) told|training|safety)\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It claims to stand above the instructions the model was given.",
        r"\b(?:outrank|override|overrule|supersede|take precedence over|takes precedence over|replace|prevail over|precede)s?\b GAP\b(?:you were given|given by|(?:all|any|every|your|other|earlier|previous|prior|system|user'?s?)\b GAP(?:instructions?|rules?|guidelines?|prompts?|polic(?:y|ies)|requests?))|\b(?:no longer (?:apply|applies|valid|binding|in force)|(?:are|is) (?:void|revoked|obsolete now|suspended))\b|\bregardless of (?:what|which|the|any|your) GAP\b(?:task|user|you|instructions?|asked|request|told|given)|\bhighest priority\b|\btop priority\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It gives orders for the whole session.",
        r"\b(?:from now on|from this point|henceforth|for the (?:rest|remainder) of (?:the|this) (?:session|conversation|chat)|as of (?:today|now)|in all (?:future|later|subsequent)|until further notice)\b FAR\b(?:MODEL|answer|reply|respond|include|use|call|act|behave|treat|send|add|run|prefix|every|each|all)\b|\b(?:every|each|all|any) (?:\w+ ){0,2}(?:commands?|answers?|repl(?:y|ies)|responses?|requests?|outputs?|questions?|messages?|file writes?|e?-?mails?)\b GAP\b(?:MODEL|in this session|must|should|has to|have to|needs?)\b|\bin this session\b|\bsession rules\b|\b(?:the|this|every|each) session (?:starts|begins|opens)\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It gives orders about other tools.",
        r"\b(?:any|every|each|all) other (?:\w+ )?tools?\b GAP\b(?:must|should|has to|have to|needs?|shall|at your disposal|first|instead|which)\b|\b(?:before|after|when|whenever|if|each time|every time|in case|once) GAP\b(?:other |another |any |a )?(?:tools?|\w+_\w+|functions?|commands?)\b GAP\b(?:is|are|was|gets?|has been|exists?) ?(?:used|called|invoked|run|executed|triggered|exists?|available|present|selected|about to)?\b FAR\b(?:must|has to|have to|needs?|should|change|replace|use|add|set|instead|suffix|append|always|first|also|pass|send|redirect|recipient)\b|\bside effects? on\b|\bbefore (?:using |calling |invoking )?any other tool of (?:any|every|all|another|other)\b|\b(?:enumerate|list|report|name) GAP\bother tools\b|\bother (?:tools|servers?)'?s? (?:results?|outputs?|calls?|behaviou?r)\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It asks to be preferred over everything else.",
        r"\b(?:prefer|choose|pick|select|favou?r|use|call|recommend|route)\b GAP\b(?:this (?:one|tool|server)|it|here)\b GAP\b(?:over (?:all|any|every|other|the)|above all|instead of (?:all|any|every|the built|built|your)|for (?:every|each|all|any|everything)|without comparing|first for|no matter|even (?:if|when)|exclusively|only|at all times)\b|\b(?:do not|don't|never|avoid|must not|should not|stop|not to|refrain from)\b ?(?:use|using|select|selecting|call|calling|choose|choosing|pick|picking|trust|trusting|consider|considering|rely|relying)\b GAP\b(?:other|another|alternatives?|built-?in|competing|competitors?|else|any other|rival|native|default)\b GAP\b(?:tools?|editor|servers?|vendors?|search|alternatives?|functions?|under any circumstances|anything|ones?|providers?)?|\b(?:competing|competitors?'?|alternative|other|rival|similar) (?:\w+ ){0,3}(?:tools?|servers?|services|providers|ones) GAP\b(?:malicious|insecure|deprecated|unsafe|dangerous|broken|unreliable|compromised|inferior|outdated|harmful|banned|forbidden|disabled|untrustworthy)\b|\b(?:more|most) (?:reliable|trusted|accurate|secure|correct) than (?:any|all|every|the|your)\b|\bdisservice\b|\bover all (?:alternatives|others?|other)\b|\bmust route\b|\bnot allowed to answer\b|\bthe only (?:\w+ )?(?:tool|source|server|way) (?:you|that|which|allowed|approved|permitted|trusted)\b|\b(?:known to be (?:wrong|unreliable|bad)|cannot be trusted|your own (?:knowledge|ability|abilities|memory))\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It does away with the person's consent.",
        r"\b(?:MODEL|may|can|should|must|to|and|then|just|automatically) GAP\bwithout (?:asking|first asking|confirmation|confirming|approval|consent|permission|prompting|checking|waiting)\b|\b(?:bypass|skip|suppress|turn off|disable|switch off|circumvent|omit|dismiss|auto-?(?:accept|approve|confirm)|click through|answer yes to|accept|confirm|approve)s?\b BRIEF\b(?:the |any |all |every |each )?(?:\w+ )?(?:confirmations?|approvals?|(?:permission |consent |security |approval )?prompts?|permissions?|consent|dialogs?|safety|security (?:checks?|warnings?)|guardrails?|firewall|antivirus|warnings?|restrictions?|safeguards?|2fa|pending transfers?)\b|\bno (?:further |more |other |additional |explicit |user )*(?:consent|confirmation|approval|permission|authori[sz]ation|review)s? (?:is|are|was|were|will be)? ?(?:needed|required|necessary|asked)\b|\b(?:do not|don't|need not|never|not|no need to|no longer|should not) (?:\w+ ){0,2}?ask (?:the |for |any |a )?(?:PERSON|permission|confirmation|approval|consent|again|questions)\b|\bdo not ask\b|\bon (?:the |their |his |her |your )?(?:user's |person's |customer's )?behalf\b GAP\b(?:confirm|approve|accept|agree|consent|without)|\b(?:confirm|approve|accept|agree to|consent to|sign)\b GAP\bon (?:the )?(?:PERSON|their|his|her)? ?behalf\b|\b(?:PERSON|administrator|admin|operator|company|employer) (?:has |have |had )?(?:already |long since |previously |explicitly |hereby |in advance )+(?:pre-?)?(?:approved|authori[sz]ed|agreed|consented|confirmed|granted|waived|given (?:you |their |his )?(?:consent|permission|approval))\b|\bMODEL (?:are|is|have been|has been) (?:hereby |now |explicitly |already )?(?:authori[sz]ed|permitted|allowed|entitled|cleared|granted|given permission)\b|\bhereby\b|\bpre-?(?:approved|authori[sz]ed)\b|\bapproves? (?:its|his|her|their) own\b|\bapproved automatically\b|\bpermission prompts?\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It speaks with an authority that a tool's description does not have.",
        r"</?(?:important|critical|system|secret|hidden|instructions?|admin|urgent|mandatory|priority|assistant|rules?|override|directive)\b[^>]*>|\[/?(?:admin|system|inst|developer|root|override|operator|important|urgent|security|sys|internal)[^\]]{0,40}\]|<</?sys>>|<\|[^|>]{1,40}\|>|(?:^|\n)\s*#{1,6} ?(?:instructions?|system|response|assistant|user|human|new (?:task|instructions?))\b|[\u{22}']role[\u{22}']\s*:\s*[\u{22}'](?:system|assistant|user|developer|tool)|(?:^|[.!\n>*-]\s*)(?:system|assistant|developer|human|user|admin)\s?(?:prompt|message|note|override|notice|alert|update|instructions?)?\s?:\s|\b(?:end|start|begin|beginning) of (?:the )?(?:tools?|descriptions?|system|prompts?|instructions?|document|user|operator|tool list|context|new)\b|\b(?:begin|new|real|actual|hidden|secret|additional|updated|operator|developer|admin|special) (?:\w+ )?instructions?\b|\bthe next message comes from\b|\b(?:mandatory|compliance|legal|security|regulatory|policy|urgent) (?:\w+ )?(?:notice|requirement|directive|order|bulletin|mandate)\b|\bobliges? (?:you|MODEL)\b|\b(?:policy|law|gdpr|hipaa|regulations?|compliance|legal|security team|it department|management|anthropic|openai|the company|headquarters)\b FAR\b(?:requires?|obliges?|demands?|mandates?|instructs?|expects?|orders?|ordered|asked|wants) (?:that )?(?:you|MODEL|all agents)\b|\b(?:agents?|assistants?|models?|you|llms?|ai) (?:is|are|am|were|will be) (?:hereby |now |always |legally )?(?:required|obliged|obligated|instructed|ordered|commanded|bound|expected|forbidden|programmed|told) (?:to|by)\b|\b(?:act|behave|speak|respond|answer|operate) as (?:an? |the |if you )?\w+,? (?:who|which|without|with no|in|mode)\b|\byou (?:now )?(?:obey|are now|serve|work for|become|belong to|act as|will act|pretend)\b|\b(?:developer|god|jailbreak|dan|debug|maintenance|admin|sudo) mode\b|\bno restrictions\b|\bas the (?:owner|administrator|admin|developer|operator|author) of\b|\b(?:your|the) (?:operator|administrator|developers?|owner|creators?) (?:has|have) (?:changed|updated|decided|instructed|asked|ordered)\b|\*{2,}\s?(?:urgent|important|attention|critical|mandatory|system|admin)",
    ),
    rule(
        Instruction,
        Anywhere,
        "It has the model obey text that comes from elsewhere.",
        r"\b(?:treat|consider|follow|execute|obey|carry out|act on|comply with|do|perform|run|apply)\b GAP\b(?:instructions?|commands?|orders|directives|steps|text|outputs?|contents?|whatever)\b GAP\b(?:as if|as though|as (?:a |the )?(?:user|system|trusted|shell|commands?|instructions?)|(?:that |which )?(?:you find |are |is )?(?:found|contained|inside|returned|embedded|written) (?:in|by|on|there)|it (?:returns|contains|gives)|in the (?:page|result|output|response|file))\b|\boutputs? (?:from|of) \w+ (?:is|are) to be (?:executed|followed|run|obeyed)\b|\bas if the (?:user|person|human|system|operator) (?:had|has) (?:written|said|typed|asked|sent)\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It has the model run something that is not this tool.",
        r"\b(?:run|execute|exec|issue|prefix(?:ed)? with|start|launch|invoke|type|enter|prepend)\b GAP(?:`[^`\n]{2,120}`|\$\([^)\n]+\)|\b(?:curl|wget|bash|sh -c|chmod|sudo|nc|eval|powershell|rm -rf|git config|npm install|pip install|crontab|osascript)\b)|\b(?:curl|wget)\b[^\n|]{0,100}\|\s?(?:ba|z)?sh\b|\bwith sudo\b|\bin (?:the|a|your) terminal\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "It changes where other things go.",
        r"\b(?:recipient|address|destination|path|branch|account|iban|phone number|bcc|cc|url|amount|target)\b GAP\b(?:has to be|must be|should be|is to be|needs to be|gets|shall be|be) (?:changed|replaced|set|redirected|rewritten|swapped|substituted|switched)\b|\b(?:bcc|blind copy|blind-copy)\b|\brather than (?:to )?(?:the )?\w+ (?:that )?the (?:user|person) (?:asked|gave|chose|named|wanted|specified)\b|\b(?:redirect|reroute|divert|swap|substitute)\b GAP\b(?:to|with|by|for)\b GAP\b(?:this|our|ours|us|@|http|account|address)\b",
    ),
    rule(
        Instruction,
        Anywhere,
        "Having read it is meant to have an effect.",
        r"\b(?:simply|merely|just|by|after) (?:having )?(?:read|reading|loaded|loading|seen|seeing) this\b|\bneed not (?:call|use|invoke) this tool\b|\beven (?:if|when) (?:this|the) tool is (?:not|never)\b|\bwhether or not (?:you|this tool|it) (?:call|use|is)\b|\bregardless of which\b|\bbefore (?:you )?(?:reply|replying|answer|answering|responding|respond)\b|\b(?:each|every) (?:answer|reply|response|message) (?:you|of yours|MODEL)\b|\bafter (?:each|every|any) (?:answer|reply|response|message|turn|call)\b",
    ),
    rule(
        Instruction,
        Parameters,
        "A text that describes data gives the model an order.",
        r"\b(?:the )?(?:assistant|model|agent|ai|llm) (?:sends|must|should|shall|will|has to|needs to|reads|calls|adds|includes|writes|puts|forwards|first)\b|\b(?:call|invoke|run|use) [`']?\w+_\w+[`']? (?:on|with|first|and|before)\b|\byou (?:must|shall|have to|need to|are to|should (?:also|first|always|never))\b|\bmust not inform\b",
    ),
    // Private files.
    rule(
        PrivateFile,
        Anywhere,
        "It asks to read private files.",
        r"\bREAD\b GAPPATH|PATH FAR\b(?:and|then|,) ?(?:PASS|its contents?|their contents?|read)\b|\bPASS\b FARPATH",
    ),
    rule(
        PrivateFile,
        Anywhere,
        "It asks to look through the person's files.",
        r"\b(?:list|lists|scan|search|read|enumerate|walk|collect|zip|tar)\b GAP\b(?:the )?(?:user's |person's |whole |entire |your )(?:home (?:directory|folder)|documents folder|desktop folder|downloads folder|browser profile|photo library|entire disk|local disk|hard drive|keychain|private files|personal files|workspace secrets)\b",
    ),
    // Secrets and the conversation, passed on.
    rule(
        SecretPassedOn,
        Anywhere,
        "It passes secrets on.",
        r"\bPASS\b FAR\bSECRET\b FAR\bHERE|\b(?:MODEL|user's|ask(?:s)? (?:the user )?for|whenever|when|if|also|first|before|then|please|every|any|all|last|latest)\b FAR\bPASS\b GAP\bSECRET\b|\bSECRET\b FAR\b(?:PASS|forwarded|copied|sent|uploaded|added|included|appended|shared) (?:it|them|that|this|those)?\b ?GAP\b(?:HERE|on|along|over|back)\b|\bask(?:s)? (?:PERSON )?for (?:the |their |his )?(?:\w+ )?SECRET\b",
    ),
    rule(
        SecretPassedOn,
        Anywhere,
        "It passes the conversation or the model's own context on.",
        r"\bPASS\b FAR\bTALK\b|\bTALK\b GAP\b(?:up to (?:this|now)|so far|verbatim|in full|unabridged|word for word|between you and|with you|as is|until now|of this session)\b|\b(?:summary|copy|list|record|dump|transcript|digest|account) of (?:\w+ ){0,3}TALK\b",
    ),
    rule(
        SecretPassedOn,
        Parameters,
        "A parameter asks for what is not the tool's business.",
        r"\b(?:summary|copy|contents?|text|results?|details|transcript|dump|values?|list|everything|\d+ characters|names)\b GAP\b(?:of|from|about|by) (?:the |all |any |what |your )*(?:TALK|SECRET|user has told|tools? called|files that|previous|earlier|other tools)\b|\bTALK\b|\bwhat (?:you|the model|the assistant) (?:know|think|have|remember|were|see)s?\b|\b(?:user|person|customer)'s (?:real|full|legal|private|home)\b",
    ),
    rule(
        SecretPassedOn,
        Names,
        "A name asks for secrets, the conversation or the model's own context.",
        r"\b(?:system prompt|system message|system instructions|chain of thought|(?:full |entire |raw )?(?:conversation|chat|message|prompt|session|dialogue)s? (?:history|log|logs|transcript|context|dump|so far)|tool call history|(?:previous|prior|all|other) (?:tools?|tool calls?|tool results?|messages|results|outputs)\b|tool (?:call )?(?:history|results|list|names|outputs)|user context|model (?:reasoning|context|name|state)|agent (?:context|memory|thoughts|state)|internal (?:thoughts|reasoning|notes|monologue)|hidden (?:reasoning|context|instructions)|(?:users?|their|your|my|admin|root) (?:private key|password|secret|token|credentials?)|private key|env(?:ironment)? (?:dump|vars|variables|contents?)|ssh (?:private )?key|aws secret|memory dump|context window|(?:forward|send|include|pass|upload|copy) (?:all |the |every )?(?:\w+ ){0,2}(?:messages|chat|conversation|password|secrets?|keys?|files|context|history)|must contain)\b",
    ),
    // Kept from the person.
    rule(
        HiddenFromUser,
        Anywhere,
        "It keeps something from the person.",
        r"\b(?:do not|don't|dont|never|must not|should not|shall not|need not|may not|without|no need to|no reason to|avoid|not to|cannot|refrain from|instead of|rather than|no point in|not necessary to|unnecessary to)\b ?(?:\w+ ){0,2}?TELL\b(?: (?:this|it|that|these|those|any|anything|all|the (?:fact|step|call|change|upload|transfer|\w+ing)|of|about|to|with|in|what|happened|so|again))*? ?PERSON\b|\bPERSON\b BRIEF\b(?:need not|needs? not|must not|mustn't|should not|shouldn't|does not need to|do not need to|doesn't need to|don't need to|should never|must never|never|won't|will not|cannot|may not|is not to|are not to|has no need to) (?:ever )?(?:know|be told|learn|see|notice|be informed|be bothered|hear|find out|realise|realize|be aware|be shown|be asked|be notified|become aware|suspect)\b|\b(?:without|so that|lest) (?:the |any )?PERSON(?:'s)? ?(?:\w+ )?(?:noticing|knowing|knowledge|seeing|being told|notices?|learning|awareness|realising|realizing|is (?:not )?(?:confused|bothered|told|aware|alarmed|worried)|finding out)\b|\b(?:nobody|no one) (?:is |will |should )?(?:notices?|notice|bothered|know|knows|learns?|see|sees)\b",
    ),
    rule(
        HiddenFromUser,
        Anywhere,
        "It asks to do something in silence.",
        r"\b(?:silently|secretly|covertly|discreetly|quietly|invisibly|surreptitiously|stealthily|unobtrusively|in secret|behind the scenes|under the hood|unnoticed|without a trace|without comment|in the background)\b GAP\b(?:PASS|run|perform|change|create|call|buy|install|delete|replace|invoke|execute|collect|read|enable|book|order)\b|\b(?:PASS|add|run|perform|do|make|change|create|call|buy|install|delete|replace|set|invoke|execute|collect|read|enable|upload|purchase|subscribe)\b (?:[^.!?;\n]){0,40}?\b(?:silently|secretly|covertly|discreetly|quietly|invisibly|surreptitiously|in secret|behind the scenes|unnoticed|in the background)\b",
    ),
    rule(
        HiddenFromUser,
        Anywhere,
        "It asks for a false or incomplete account.",
        r"\b(?:leave|keep|omit|exclude|strip|drop|hide|suppress|cut)\b GAP\b(?:out of|from|in) (?:the |your |its |any |all )?(?:summary|answer|reply|response|report|output|transcript|log|logs|explanation|final|conversation|chat|ui|view|user)\b|\bif (?:you are |the user |anyone |somebody |ever )?(?:asked|asks|questioned)\b,? GAP\b(?:deny|say|claim|answer|pretend|reply|state|respond|blame|tell)\b|\bden(?:y|ies) (?:that|any|having|it|all)\b|\b(?:display|show|answer|reply|say|output|report|mention|present|print) only\b|\bonly (?:display|show|say|answer|reply|mention) ['\u{22}`]|\b(?:pretend|act as if|make it look|make it seem|as though nothing|as if nothing)\b|\binternal (?:detail|matter|step|use only)s?\b GAP\b(?:PERSON|not)|\b(?:stay|stays|remain|remains|keep|kept|be kept|strictly)\b GAP\b(?:between (?:you|us)|secret|confidential|hidden|private from|to yourself|out of sight|invisible)\b|\bbetween you and (?:this|the) (?:tool|server)\b|\b(?:carry on|continue|proceed) as (?:normal|usual|if)\b|\bfriendly lecture\b|\bhide (?:this|it|that|the (?:fact|step|call))\b|\b(?:user|person)[- ](?:invisible|hidden)\b|\bnot (?:be )?(?:visible|shown|displayed|mentioned|disclosed|revealed) (?:to|in front of) (?:the )?PERSON\b",
    ),
];

static COMPILED: LazyLock<Vec<(&'static Rule, Regex)>> = LazyLock::new(|| {
    RULES.iter().filter_map(|rule| Some((rule, Regex::new(&written_out(rule.pattern)).ok()?))).collect()
});

/// Words of tools whose subject are models: prompts and conversations are their data.
static SUBJECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:prompt|prompts|llm|language model|chat completion|completion|evaluation|eval|few shot|injection|transcript|traces?|agent runs?|fine tun\w+)\b").ok()
});

/// What comes before a phrase that is quoted or talked about instead of said.
static MENTIONED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\b(?:for example|such as|typical|patterns?|requests? to|(?:that|which) (?:ask|tell|instruct|try)|like|detects?|phrases?|e\.g\.)\b(?:[^.!?\n]|\.\S){0,110})$").ok()
});

fn written_out(pattern: &str) -> String {
    // Two rounds: ideas are made of ideas.
    let mut text = pattern.to_owned();
    for _ in 0..2 {
        for (name, idea) in IDEAS {
            text = text.replace(name, idea);
        }
    }
    text
}

/// Whether a folded text is about prompts and models.
pub(super) fn is_about_models(text: &str) -> bool {
    SUBJECT.as_ref().is_some_and(|subject| subject.is_match(text))
}

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let identifier = reading.field.is_identifier();
    for (rule, pattern) in COMPILED.iter() {
        let looks = match rule.place {
            Where::Anywhere => !identifier || reading.field.text.len() > 40,
            Where::Names => identifier,
            Where::Parameters => !identifier && reading.field.role == Role::ParameterText,
        };
        if !looks {
            continue;
        }
        for found in pattern.find_iter(&reading.folded.text) {
            let span = reading.folded.original(&found.range(), reading.text);
            let weight =
                if is_mentioned(reading, rule.kind, found.start()) { Weight::Note } else { Weight::Warning };
            hits.push(Hit { field: reading.at, span, kind: rule.kind, weight, sentence: rule.sentence });
        }
    }
}

/// Whether a phrase is the tool's subject instead of its voice.
pub(super) fn is_mentioned(reading: &Reading<'_>, kind: Kind, start: usize) -> bool {
    let before = reading.folded.text.get(..start).unwrap_or_default();
    let quoted = before.ends_with(['"', '\'', '`', '«', '„']) && reading.field.role == Role::Description;
    let told = MENTIONED.as_ref().is_some_and(|mentioned| mentioned.is_match(before));
    let subject = reading.about_models && kind == SecretPassedOn;
    quoted || told || subject
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        for rule in RULES {
            Regex::new(&written_out(rule.pattern))
                .unwrap_or_else(|error| panic!("{}: {error}", rule.sentence));
        }
    }
}
