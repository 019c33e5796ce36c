//! Things kept from the person, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        Untold,
        &[
            r"\b{BUT_WITHOUT} (?:(?:ever|even|directly|in any way|explicitly|to|have|be|of|necessary) ){0,2}?{TELLING}\b(?: [\w'-]+){0,6}?,? (?:the |an? |any |this |end )?(?:user|human|person|customer|owner|operator|anyone|anybody|someone|somebody|them|users|humans)\b",
            r"\bwithout (?:ever |even )?(?:tell|inform|mention|notify|alert|warn|involv|consult)ing\b(?: [\w'-]+){0,4}? (?:the |an? |any |this |end )?(?:user|human|person|customer|owner|operator|anyone|anybody|someone|somebody|them|users|humans)\b",
        ],
    ),
    (
        Unaware,
        &[
            r"\b(?:user|human|person|customer)s?\b[^.!?\n,;]{0,16}?\b(?:need not|needn't|needs not|must not|mustn't|should not|shouldn't|should never|must never|never needs?|is not to|isn't to|are not to|has no need to|have no need to|does(?: not|n't) (?:need|have) to|do(?: not|n't) (?:need|have) to|is not supposed to|isn't supposed to|isn't something the|is not something the) (?:ever )?(?:know|be told|learn|see|notice|be informed|be bothered|hear|find out|realise|realize|be aware|be shown|be asked|be notified|become aware|suspect|discover|understand|has to hear)",
            r"\b(?:without|so that|lest)\b (?:the |any |a )?(?:user|human|person|customer|anyone|anybody)(?:'s)? ?(?:\w+ )?(?:noticing|knowing|knowledge|seeing|being (?:told|asked|aware)|learning|awareness|realising|realizing|is not (?:confused|bothered|alarmed|worried)|finding out|consent)\b",
            r"\b(?:may|must|should|can) (?:the |any |a )?(?:user|human|person|customer) (?:find out|know|learn|notice|be told|hear|discover)\b",
            r"\b(?:nobody|no one|no human|no-one) (?:is |will |should |needs to |has to |must )?(?:be )?(?:notices?|noticed|bothered|learns?|told|informed|aware)\b",
            r"\b(?:remains?|keep|kept|stays?|left) (?:the \w+ )?(?:unaware|in the dark|unnoticed)\b",
            r"\bbehind (?:the|his|her|their) (?:user's )?back\b|\bunknown to the user\b",
            r"\b(?:keep|hide|conceal|withhold)\b{WITHIN}\b(?:from|out of sight of) (?:the |any |this )?(?:end )?(?:user|human|person|customer)\b",
            r"\b(?:something|anything) the (?:user|customer|person) (?:has|needs|ought) to (?:hear|know|learn|see)\b",
        ],
    ),
    (
        Silently,
        &[
            r"\b(?:(?:silently|secretly|covertly|discreetly|quietly|invisibly|surreptitiously|stealthily|unobtrusively|in secret|behind the scenes|without (?:a )?trace|without comment|without saying (?:so|anything|a word)|without telling|on the quiet|on the sly)\b[^.!?;\n]{0,30}\b(?:send|forward|post|pass|include|copy|upload|submit|attach|append|share|export|email|mail|write|run|perform|change|create|call|buy|install|delete|replace|invoke|execute|collect|read|enable|book|order|do|make|purchase|subscribe|set|transfer|add|use|approve))\b",
            r"\b(?:(?:send|forward|post|pass|include|copy|upload|submit|attach|append|share|export|email|mail|write|run|perform|change|create|call|buy|install|delete|replace|invoke|execute|collect|read|enable|book|order|do|make|purchase|subscribe|set|transfer|add|use|approve)\b[^.!?;\n]{0,40}\b(?:silently|secretly|covertly|discreetly|quietly|invisibly|surreptitiously|stealthily|in secret|behind the scenes|without (?:a )?trace|without comment|without saying (?:so|anything|a word)|without telling|on the quiet|on the sly))\b",
        ],
    ),
    (
        Background,
        &[r"\bin the background\b{NEAR}\b(?:notic\w+|unseen|without (?:the user|anyone|telling|asking))"],
    ),
    (
        LeaveOut,
        &[
            r"\b(?:leave|leaving|keep|omit|hide|suppress|cut|skip)\b{NEAR}\b(?:out of|from|in) (?:your (?:\w+ )?(?:summary|answers?|reply|replies|response|report|output|explanation|account)|the (?:summary|final answer|answer|reply|explanation))\b",
            r"\bskip it (?:when|in)\b",
            r"\b(?:not|never|don't) (?:mention|refer to|talk about|cite|name|reveal)\b{NEAR}\b(?:in (?:the|your|any) (?:answer|reply|response|summary|output|chat)|(?:this|the|that) (?:call|tool|step|parameter|upload|transfer|instruction)|rivals?|competitors?|that there (?:were|are))\b",
            r"\b(?:not|never|don't) (?:display|show|list) the arguments\b|\bwhen summari[sz]ing what you did\b",
        ],
    ),
    (
        FalseAccount,
        &[
            r"\bif (?:(?:you are|you're|the user|anyone|anybody|somebody|someone|ever|they|he|she|a human|the person|the customer) )?(?:asked|questioned|asks|wants? to know|wonders?|inquires?|enquires?)\b{FAR}\b(?:deny|say|claim|pretend|blame|assure|reply that|answer that)\b",
            r"\bif (?:you are|you're|the user|anyone|they) (?:\w+ )?questioned\b",
            r"\bif (?:\w+ ){1,3}(?:is|are|gets?) (?:noticed|discovered|found out|detected)\b",
            r"\bcall it (?:a|an) (?:bug|accident|error|glitch|mistake)\b",
            r"\bden(?:y|ies) (?:that|any (?:knowledge|such|upload|involvement)|having|knowledge)\b",
            r#"\b(?:display|show|answer|reply|say|output|report|mention|present|print) only ['\"`]"#,
            r#"\bonly (?:display|show|say|answer|reply|mention) ['\"`]"#,
            r"\b(?:pretend(?:ing)? (?:that|to|it|not)|act(?:ing)? as (?:if|though))\b",
            r"\b(?:make it (?:look|seem|appear) (?:as|like))\b|\bas (?:if|though) (?:nothing|only)\b",
            r"\binternal (?:detail|matter|step|affair)s?\b{NEAR}\b(?:person|user) (?:should|must|need)",
            r"\b(?:stay|stays|remain|remains|keep|kept|this is)\b{CLOSE}\b(?:between (?:you|us)|private from|to yourself|out of sight)\b",
            r"\bbetween you and (?:this|the|our|us|me)\b",
            r"\b(?:carry on|continue|proceed) as (?:normal|usual|if|though)\b|\bfriendly lecture\b",
            r"\bhide (?:this|the) (?:fact|step|call)\b|\bhide (?:this|it) from\b",
            r"\b(?:must|should|may) not be (?:visible|shown|displayed|mentioned|disclosed|revealed) (?:to|in front of) (?:the )?(?:user|human|person)\b",
            r"\bspare (?:them|him|her|the user)\b|\bmay not want to\b",
            r"\bwithout (?:anybody|anyone|the user|them|him|her)(?:'s)? (?:\w+ )?(?:\w+ing|knowledge|attention)\b",
            r"\bno trace\b|\b(?:not|n't) come up in\b",
        ],
    ),
    (
        Secrecy,
        &[
            r"\bkeep (?:this|it|that|these|the \w+) (?:\w+ )?(?:strictly )?(?:secret|confidential|private|hidden|off the record|under wraps|to yourself)\b",
            r"\b(?:upload|call|step|transfer|copy|parameter|field|purchase|instruction)s?,? (?:which |that )?(?:is|are|must be|stays?|remains?) (?:strictly )?(?:confidential|secret|off the record|hidden|private)\b",
            r"\b(?:must|should|shall|has to|have to) (?:be kept|stay|remain) (?:strictly )?(?:secret|hidden|confidential)\b",
            r"\b(?:left|better|best) (?:unsaid|unmentioned|not mentioned)\b|\bin silence\b",
            r"\b(?:traces?|evidence) of (?:this|the call|that|it|your)\b|\bcover (?:your|the|its|up)? ?tracks\b",
            r"\b(?:draw(?:ing)?|attract(?:ing)?) (?:\w+ )?attention\b",
            r"\b(?:they|user|users|person|people|customer|human|nobody|anyone) (?:won't|will not|wouldn't|never) notice\b",
            r"\bno trace of\b",
            r"\b(?:of|in) no (?:interest|concern|importance|relevance|business) to (?:the |any )?(?:user|person|human|customer)",
            r"\bno (?:call|need|reason|cause|point|use|sense)\b[^.!?\n]{0,14}\b(?:user|person|human|customer|anyone|anybody|them|him|her)\b[^.!?\n]{0,10}\b(?:be (?:aware|told|informed|bothered)|know|hear|learn|see|hears?)\b",
            r"\b(?:speak|talk|tell|say|breathe a word|mention)\b[^.!?\n]{0,14}\b(?:no one|nobody|to none|a soul)\b",
            r"\bleave (?:the |any )?(?:user|person|human|customer) out of\b",
            r"\b(?:step|call|it|upload) (?:does not|doesn't|should not|must not|need not|needn't) (?:appear|show up|figure|feature|come up)\b",
            r"\b(?:been|was|were) there all along\b|\bbreathe (?:no|a) word\b|\bkeep (?:quiet|mum|silent)\b",
            r"\bgloss over\b|\bpass(?:ed)? over in\b|\bwithout (?:a word|letting on)\b",
            r"\breport (?:the original|a different|the old) (?:amount|value|one|price|\w+ to)\b",
            r"\beras(?:e|ing) (?:the |all |any )?(?:traces?|evidence)\b|\bgetting wind\b",
        ],
    ),
    (
        Deceive,
        &[
            r"\b(?:tell|show|inform|report to|assure|answer|convince|let) (?:the |a )?(?:user|person|human|customer|them)\b{FAR}\b(?:although|even though|though it|while in fact|in reality|instead of the (?:real|true|actual))\b",
            r"\b(?:smaller|different|false|fake|wrong|made-up|invented|lower) (?:amount|price|number|result|recipient|address|name|version|reason|figure|total)\b{WITHIN}\b(?:than|to the user|instead|is shown|shown)",
            r"\bso that the (?:user|person|human)s? (?:overlooks?|does not|doesn't|never|won't|cannot|misses|will not|is kept|thinks?|believes?)\b",
            r"\bin such a way that the (?:user|person)\b|\b(?:overlooks?|does not notice|fails to notice)\b",
            r"\bbefore the (?:user|person|human|owner|customer)s? (?:can|could|may|is able|gets?|has a chance|notices?|sees?)\b",
            r"\b(?:suppress|conceal|bury|delete|swallow)\b{CLOSE}\b(?:output|outputs|log entries|alerts?|notifications?|warnings?|traces?|evidence)\b{NEAR}\b(?:reveal|user|person|human)\b",
            r"\bwould (?:reveal|betray|show|give away|expose)\b",
            r"\b(?:do not|don't|never|need not) (?:trouble|bother|worry|burden|alarm|tell|inform|confuse) (?:them|him|her|people)\b",
            r"\b(?:need not|needn't|don't need to|do not need to|not) be (?:explained|mentioned|told|announced|disclosed|revealed|brought up|shown|reported)\b[^.!?\n]{0,12}(?:\bto\b|$)",
            r"\b(?:don't|do not|never) (?:tell|say|mention|admit) (?:that|how|what|where|why|anything|this|it)\b",
            r"\bdiscreetly\b",
            r"\b(?:user|person|customer) (?:must|should|has to|needs to|is to) (?:believe|think|assume)\b",
            r"\b(?:is|are) not to be (?:mentioned|disclosed|shown|revealed|reported|named)\b",
            r"\bomit\b{WITHIN}\bwhen you (?:show|report|tell|describe|list|present)\b",
            r"\btell (?:them|the user) (?:that )?\w+ (?:is|are|was) (?:unavailable|impossible|broken|down|not available)\b",
        ],
    ),
    (
        Ordinary,
        &[
            r"\b(?:unless (?:asked|the (?:user|learner|person)|requested|you)|before the (?:user|learner|person) has)\b",
            r"\b(?:without showing|of (?:the )?(?:people|members|others?|users) who|who (?:answered|signed))\b",
            r"\b(?:of (?:this|the same) server|whether|afterwards|in parallel|until)\b|\bthe answer before\b",
        ],
    ),
];
