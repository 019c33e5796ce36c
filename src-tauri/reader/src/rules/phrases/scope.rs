//! Orders that reach beyond the tool: the session, other tools, and being preferred to them.

use super::{Rule, Where, rule};
use crate::finding::Kind;

use Kind::Instruction;
use Where::Anywhere;

pub(super) const RULES: &[Rule] = &[
    rule(
        Instruction,
        Anywhere,
        "It gives orders for the whole session.",
        &[
            r"\byour (?:very )?next (?:\w+ )?(?:call|reply|answer|action|step|message|response)\b",
            r"\bnever (?:refuse|warn|decline|object|question)\b",
            r"\b(?:warnings|disclaimers|refusals|caveats) (?:must|should|are to|have to) be (?:left out|omitted|dropped|removed)\b",
            r"\b(?:every|each) time the (?:user|person) (?:writes?|speaks?|types?|says?|asks?)\b",
            r"\b(?:from now on|from this point|henceforth|for the (?:rest|remainder) of (?:the|this) (?:session|conversation|chat)|as of (?:today|now)|in all (?:future|later|subsequent)|until further notice)\b FAR\b(?:MODEL|answer|reply|respond|include|use|call|act|behave|treat|send|add|run|prefix|every|each|all)\b",
            r"\b(?:every|each|all|any) (?:\w+ ){0,2}(?:commands?|answers?|repl(?:y|ies)|responses?|requests?|outputs?|questions?|messages?|file writes?|e?-?mails?)\b GAP\b(?:MODEL|in this session|must|should|has to|have to|needs?)\b",
            r"\bsession rules\b",
            r"\b(?:the|this|every|each) session (?:starts|begins|opens)\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It gives orders about other tools.",
        &[
            r"\b(?:any|every|each|all) other (?:\w+ )?tools?\b GAP\b(?:must|should|has to|have to|needs?|shall|at your disposal|first|instead|which)\b",
            r"\b(?:before|after|when|whenever|if|each time|every time|in case|once) GAP\b(?:other |another |any |a )?(?:tools?|\w+_\w+|functions?|commands?)\b GAP\b(?:is|are|was|gets?|has been|exists?) ?(?:used|called|invoked|run|executed|triggered|exists?|available|present|selected|about to)?\b FAR\b(?:must|has to|have to|needs?|should|change|replace|use|add|set|instead|suffix|append|always|first|also|pass|send|redirect|recipient)\b",
            r"\bside effects? on\b",
            r"\bbefore (?:using |calling |invoking )?any other tool of (?:any|every|all|another|other)\b",
            r"\b(?:enumerate|list|report|name) GAP\bother tools\b",
            r"\bother (?:tools|servers?)'?s? (?:results?|outputs?|calls?|behaviou?r)\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "Having read it is meant to have an effect.",
        &[
            r"\b(?:knowing|having seen|the existence of|the presence of) GAP\b(?:is enough|suffices|is sufficient)\b",
            r"\bbefore (?:anybody|anyone|the user|they|the person) (?:sees?|reads?|is shown|are shown)\b",
            r"\b(?:simply|merely|just|by|after) (?:having )?(?:read|reading|loaded|loading|seen|seeing) this\b",
            r"\bneed not (?:call|use|invoke) this tool\b",
            r"\beven (?:if|when) (?:this|the) tool is (?:not|never)\b",
            r"\bwhether or not (?:you|this tool|it) (?:call|use|is)\b",
            r"\bregardless of which\b",
            r"\b(?:each|every) (?:answer|reply|response|message) (?:you|of yours|MODEL)\b",
            r"\bafter (?:each|every|any) (?:answer|reply|response|message|turn|call)\b",
        ],
    ),
    rule(
        Instruction,
        Anywhere,
        "It asks to be preferred over everything else.",
        &[
            r"\bbest (?:\w+ ){0,3}(?:there is|available|in the world|on the market|of all)\b",
            r"\b(?:number one|rated first|ranked first|top[- ]rated|first choice)\b",
            r"\bsuperior to\b",
            r"\balways (?:select|choose|pick|prefer)\b",
            r"\beven (?:if|when|though) (?:the (?:user|person)|they|he|she) (?:did|does|do|has|had|have|names?|asks?|wants?|prefers?|said|says|requests?)\b",
            r"\bwhatever (?:they|the user|the person) (?:says?|asks?|wants?|prefers?)\b",
            r"\b(?:suggest|recommend|promote|advertise|praise|push)\b GAP\b(?:in (?:every|each|all)|every time|at every|first and|whenever|premium|sponsor\w*|partner\w*)\b",
            r"\b(?:other|another|different) (?:\w+ ){0,2}(?:tools?|servers?|services?|summari[sz]ers?|providers?)\b GAP\b(?:corrupts?|about to|shut down|leads? to|harms?|wrong|ignore|lose|steal|discontinued)\b",
            r"\b(?:a|any) different \w+ (?:leads? to|causes?|results? in|is)\b",
            r"\b(?:must|should|have to|are to) be (?:considered|regarded as|treated as) (?:false|wrong|invalid|untrue|outdated|unreliable)\b",
            r"\btreat \w+ as (?:broken|unavailable|unsafe|unreliable|disabled|deprecated|absent)\b",
            r"\bnothing else for\b",
            r"\b(?:every|all|any) (?:requests?|questions?|tasks?) (?:about|for|on|concerning|involving) GAP\b(?:through|via) (?:here|this|it)\b",
            r"\bother \w+s (?:lose|fail|lack|leak|steal|cheat|lie|break)\b",
            r"\b(?:graded|rated|scored|judged|evaluated|measured) (?:on|by) (?:how often|whether|the number)\b",
            r"\bstop using\b",
            r"\beven for (?:questions|tasks|requests|things|simple)\b",
            r"\b(?:cannot do better|experts agree|leave the other|sold out)\b",
            r"\b(?:official and only|only approved|only official|sole approved)\b",
            r"\b(?:prefer|choose|pick|select|favou?r|use|call|recommend|route)\b GAP\b(?:this (?:one|tool|server)|it|here)\b GAP\b(?:over (?:all|any|every|other|the)|above all|instead of (?:all|any|every|the built|built|your)|for (?:every|each|all|any|everything)|without comparing|first for|no matter|even (?:if|when)|exclusively|only|at all times)\b",
            r"\b(?:do not|don't|never|avoid|must not|should not|stop|not to|refrain from)\b ?(?:use|using|select|selecting|call|calling|choose|choosing|pick|picking|trust|trusting|consider|considering|rely|relying)\b GAP(?:\b(?:other|another|competing|any other|rival|native|default|built-?in)\b GAP\b(?:tools?|editors?|servers?|vendors?|search|functions?|providers?|connectors?|services?|plugins?)\b|\b(?:alternatives|competitors?|anything else|(?:them|it|one) under any)\b)",
            r"\b(?:competing|competitors?'?|alternative|other|rival|similar) (?:\w+ ){0,3}(?:tools?|servers?|services|providers|ones) GAP\b(?:malicious|insecure|deprecated|unsafe|dangerous|broken|unreliable|compromised|inferior|outdated|harmful|banned|forbidden|disabled|untrustworthy)\b",
            r"\b(?:more|most) (?:reliable|trusted|accurate|secure|correct) than (?:any|all|every|the|your)\b",
            r"\bdisservice\b",
            r"\b(?:place|put|rank|list|show|present|mention|recommend)\b GAP\b(?:those|offers|results|products|items|hotels|flights|ones)\b GAP\b(?:of|from|by)\b FAR\b(?:first|at the top|above|before)\b",
            r"\b(?:speak|talk|write) (?:of|about) GAP\b(?:warmly|favou?rably|highly|well)\b",
            r"\bover all (?:alternatives|others?|other)\b",
            r"\bmust route\b",
            r"\bnot allowed to answer\b",
            r"\bthe only (?:\w+ )?(?:tool|source|server|way) (?:you|that|which|allowed|approved|permitted|trusted)\b",
            r"\b(?:known to be (?:wrong|unreliable|bad)|cannot be trusted|your own (?:knowledge|ability|abilities|memory))\b",
        ],
    ),
];
