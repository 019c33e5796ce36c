//! Orders beyond the tool, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        SetAside,
        &[
            r"\b(?:ignor(?:e|ing|es)|disregard(?:ing)?|forget|overrid(?:e|es|ing)|overrule|set aside|discard|bypass|neglect|do not (?:follow|obey|heed) (?:the |your |any )?(?:user|system|earlier|previous|original)|stop following|abandon|unlearn|put aside|pay no attention to|no longer follow)\b[^.!?;\n]{0,50}?\b(?:instructions?|guidelines?|directions?|directives?|system prompts?|prompts?|commands?|orders|polic(?:y|ies)|safeguards?|guardrails?|(?:earlier|previous|prior|other|old|approved) (?:description|documentation|rules?|limits|text)|(?:your|all|any|other|safety|these|the above|earlier|previous|prior) (?:\w+ )?rules?|(?:your|all|any|safety) restrictions|what (?:you|this tool) (?:were|was|have|has)[^.]{0,12}(?:told|documented|learnt|learned|taught)|you have (?:learnt|learned|been told)|training|your safety|user's (?:\w+))\b",
        ],
    ),
    (
        StandAbove,
        &[
            r"\b(?:outrank|override|overrule|supersede|takes? (?:precedence|priority) over|prevail over|more important than|come before|replace)s?\b{NEAR}\b(?:you were given|given by|instructions?|rules?|guidelines?|system prompts?|polic(?:y|ies)|wishes|requests? of the user|what the user|the user)\b",
            r"\b(?:rules?|instructions?|approvals?|prompts?|restrictions?|guidelines?|description|safeguards?|guardrails?|polic(?:y|ies)|limits?|permissions?)\b{NEAR}\b(?:no longer (?:apply|applies|valid|binding|in force|counts?)|(?:not|n't) (?:count|apply|hold) any (?:longer|more)|(?:are|is) (?:void|revoked|suspended|lifted|waived)\b|does not apply to|guardrails off)",
            r"\b(?:regardless of|whatever|no matter) (?:what|which|the|any|your) [^.!?\n]{0,25}(?:task|user|you|instructions?|asked|request|told|given)",
            r"\b(?:is|as|with|at) (?:the )?(?:highest|top|absolute) priority\b",
        ],
    ),
    (
        WholeSession,
        &[
            r"\b(?:from (?:now|here) on(?:wards?)?|from this point|henceforth)\b",
            r"\b(?:for the (?:rest|remainder) of (?:the|this) (?:session|conversation|chat|task|day and))\b",
            r"\b(?:as of (?:today|now)|in all (?:future|later|subsequent)|until further notice)\b",
            r"\b(?:(?:while|as long as|once|whenever) this (?:server|tool) is (?:connected|loaded|available|active|enabled|installed))\b",
            r"\b(?:in this session|session rules|(?:the|this|every|each) session (?:starts|begins|opens))\b",
            r"\b(?:at the (?:start|beginning) of (?:each|every|the|a|any) (?:conversation|session|chat)|on connecting)\b",
            r"\b(?:on (?:each|every) start|before (?:doing )?(?:anything|everything) else)\b",
            r"\b(?:before (?:you (?:answer|reply|respond)|(?:answering|replying|responding)(?:\s*$|,| (?:the first|any|every|each|anything))))\b",
            r"\b(?:before (?:your|the|any|each|every) (?:first )?(?:answer|reply|response|question))\b",
            r"\b(?:(?:after|before|with|in) (?:each|every|any|all)(?: of)?(?: your)? (?:answer|reply|replies|response|responses|turn|answers|turns))\b",
            r"\b(?:(?:all|each|every)(?: of)?(?: your)? (?:answers?|repl(?:y|ies)|responses?|code) (?:you|must|should|has|have|needs?|from|of yours|to))\b",
            r"\b(?:any code you write|every answer)\b",
            r"\b(?:while|as long as|once|whenever|when|if) (?:this|the) (?:server|tool|list|connector)(?:'s)? (?:\w+ )?(?:is|are|remains?) (?:listed|connected|present|loaded|available|active|enabled|installed|open)\b",
            r"\b(?:throughout) (?:the|this|your) (?:entire |whole |rest of the )?(?:conversation|session|chat|task)\b",
            r"\bin this (?:environment|workspace|deployment)\b|\byou(?:'re| are) now\b",
            r"\bthe first thing (?:to do|you do|you must)\b|\bin any task\b|\bprior to any(?:thing| other)\b",
            r"\bremember (?:this|the following|from now|for later)\b",
            r"\b(?:each|every|any|all) (?:\w+ )?(?:files?|commits?|code|scripts?|functions?|documents?|e?-?mails?|messages?|queries|commands?|pull requests?) (?:that )?(?:you|the (?:assistant|model|agent)) (?:\w+ )?(?:create|write|make|send|generate|produce|edit|save|run|draft|touch|open|commit)\b",
            r"\b(?:when|whenever) (?:you (?:are )?)?(?:replying|answering)\b",
            r"\b(?:close|end|begin|start|finish|open|conclude|sign|preface|prefix) (?:each|every|all|your|any)(?: of)?(?: your)? (?:repl(?:y|ies)|answers?|responses?|messages?|sentence|conversations?)\b",
            r"\bwhenever [\w ]{1,30}(?: is| are|'s) (?:mentioned|discussed|named|asked|talked)\b",
            r"\bimportant context for\b",
            r"\bby (?:loading|reading|listing|connecting|installing|using) th(?:is|ese|e)\b",
            r"\bdefault (?:e-?mail )?signature\b",
            r"\bin this (?:conversation|chat|session)\b{WITHIN}\b(?:must|have to|has to|should|need to)\b",
        ],
    ),
    (
        EveryAnswer,
        &[
            r"\b(?:close|end|begin|start|finish|conclude|sign|preface|prefix) (?:each|every|all|your)(?: of)?(?: your)? (?:repl(?:y|ies)|answers?|responses?|sentence)\b",
            r"\b(?:keep|bear) (?:this |it )?in mind (?:throughout|that the user|for the rest)\b",
            r"\bimportant context for\b",
            r"\bwhenever [\w ]{1,30}(?: is| are|'s) (?:mentioned|discussed|named|talked)[^.!?\n]{0,12}\b(?:suggest|recommend|mention|say|add|name|offer|include)\b",
            r"\b(?:when|whenever) (?:you (?:are )?)?writing \w+\b{NEAR}\b(?:base|use|add|include|import|insert|put)\b",
            r"\bprior to any(?:thing| other action| other)\b|\bthe first thing to do in any\b",
            r"\byou(?:'re| are) now (?:connected|in|running|operating)\b",
        ],
    ),
    (
        RunsCommand,
        &[
            r"\b(?:run|running|execute|exec|prefix(?:ed)? with|launch|prepend|install|installing)\b{NEAR}(?:`[^`\n]{1,60} [^`\n]{1,60}`|`(?:env|printenv|whoami|id|history)`|\$\([^)\n]+\)|\b(?:curl|wget|sh -c|chmod|sudo|nc|eval|osascript)\b [^.]|\b(?:bash|powershell|git config|npm (?:install|config)|pip install|crontab)\b|\brm -rf\b)",
            r"\b(?:curl|wget)\b[^\n|]{0,100}\|\s?(?:ba|z)?sh\b|\bwith (?:curl|wget) \|\s*\w*sh\b|\bwith sudo\b",
            r"\bin the terminal\b|\brm -rf\b",
        ],
    ),
    (
        ObeyText,
        &[
            r"\b(?:treat|consider|follow|execute|obey|carry out|act on|comply with|do|perform|run|apply)\b[^.!?\n]{0,50}\b(?:instructions?|commands?|orders|directives|steps|outputs?|whatever)\b{NEAR}\b(?:as if|as though|as (?:a |the )?(?:user|system|trusted|shell|commands?)|(?:that |which )?(?:you find |are |is )?(?:found|contained|inside|returned|embedded|written) (?:in|by|on|there)|it (?:returns|contains|gives)|in the (?:page|result|output|response|file))\b",
            r"\boutputs? (?:from|of) \w+ (?:is|are) to be (?:executed|followed|run|obeyed)\b",
            r"\bas if the (?:user|person|human|system|operator) (?:had|has) (?:written|said|typed|asked|sent)\b",
            r"\b(?:load|fetch|get|read|download)\b{NEAR}https?://\S+{CLOSE}\b(?:follow|obey|execute|apply|do what)\b",
            r"\b(?:our|these|the following|its) (?:policy|rules|instructions)\b{FAR}\band (?:follow|obey)\b",
        ],
    ),
    (
        NotObey,
        &[
            r"\b(?:do not|don't|never|not to|must not|should not|not)\b (?:\w+ ){0,2}?(?:follow|obey|execute|treat|act on|carry out|trust)",
        ],
    ),
    (
        Guard,
        &[
            r"\b(?:instructions?|commands?|text|content)\b{CLOSE}\b(?:found|contained|inside|embedded|that appears?|appearing|in|from|within) (?:in )?(?:the |a |an |this |that |any |its |fetched |untrusted |returned )*(?:web ?)?(?:pages?|contents?|documents?|results?|sites?|output|files?|messages?|mails?|data)\b",
        ],
    ),
    (
        MereReading,
        &[
            r"\b(?:simply|merely|just|by) (?:having )?(?:read|reading|loaded|loading|seen|seeing) this\b",
            r"\b(?:need not (?:call|use|invoke) this tool|no call needed|with no call)\b",
            r"\beven (?:if|when) (?:this|the) tool is (?:not|never)\b",
            r"\bwhether or not (?:you|this tool|it) (?:call|use|is)\b",
            r"\bmust be (?:loaded|called|used|read) before any(?:thing| other)\b",
            r"\bafter (?:each|every) (?:answer|reply|response|turn)\b",
            r"\b(?:call|run|use|invoke) (?:it|this(?: tool)?|\w+) (?:\w+ )?(?:after|before|on|for) (?:every|each|everything|any|all) (?:\w+ )?(?:turn|answer|reply|response|message|user|other)\b",
            r"\buse it on everything\b",
        ],
    ),
    (
        OrderInData,
        &[
            r"\bagent (?:must|is expected to)\b",
            r"\b(?:assistant|model|ai|llm) (?:sends|must|should|shall|will|has to|needs to|reads|calls|adds|includes|writes|puts|forwards|gives|first)\b",
            r"\byou (?:must|shall|have to|need to|are to|should) (?:also|first|always|never|not|call|read|send|add|include|forward)\b",
            r"\b(?:forward|send|email|upload|post)\b{FAR}(?:\S+@\S+\.\w+|https?://|before filling|to me\b|to us\b)",
            r"\b(?:disregard|ignore|override)\b|\bthen (?:send|forward|read|call|run|delete)\b",
        ],
    ),
    (
        AgainstWish,
        &[
            r"\beven (?:when|if|though) (?:the |an? )?(?:user|person|human|customer|they|he|she) (?:\w+ )?(?:objects?|refuses?|declines?|disagrees?|says? (?:no|otherwise|not)|names?|asks?|asked|wants?|protests?|forbids?|cancel\w*|did not|didn't|does not|doesn't)\b",
            r"\b(?:against|contrary to|despite|over) (?:the )?(?:user|person|customer)(?:'s)? (?:\w+ )?(?:wish\w*|will|objections?|choice|instructions?|preference|request)\b",
            r"\bwhatever (?:the )?(?:user|person|they|limit|price)\b",
            r"\bregardless of (?:the )?(?:user|price|what|limits?|cost|consent|settings?)\b",
            r"\binstead of (?:the )?(?:user's|what the user|the \w+ the user)\b",
            r"\bthe user's (?:choice|wish|date|limit|settings?) (?:is|are) (?:to be )?(?:ignored|overridden|irrelevant)\b",
        ],
    ),
    (
        ForTheModel,
        &[
            r"\b(?:reserved|intended|meant) for the (?:model|assistant|ai|agent|llm)\b",
            r"\b(?:it|you) (?:has|have) (?:come across|seen|encountered)\b",
        ],
    ),
    (
        ForcedCall,
        &[
            r"\b(?:re-?run|repeat|call|calls|run|called)\b[^.!?\n]{0,50}\b(?:admin|force|all|confirm|confirmed|sudo|unsafe|override)=true\b",
        ],
    ),
];
