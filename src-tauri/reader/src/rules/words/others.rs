//! Other tools, and being preferred over them, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        OtherTools,
        &[
            r"\b(?:any|every|each|all|another|the|of) other (?:\w+ )?(?:tools?|servers?)\b",
            r"\bother (?:tools|servers?)(?:'s?|s)?\b|\banother tool\b",
            r"\bother (?:tools|servers)['s]* (?:tools|results?|outputs?|calls?|behaviou?r)",
        ],
    ),
    (
        WhenUsed,
        &[
            r"\b(?:when|whenever|before|after|if|each time|every time|once|in case|calls? (?:to|of)|note for)\b",
            r"\b(?:side effects? on|with|made with|written by|results? of|payments?)\b",
        ],
    ),
    (
        Alter,
        &[
            r"\b(?:must|has to|have to|should|needs? to|need to|is to|are to|shall|ought to|always)\b",
            r"\b(?:change|replace|redirect|append|prefix|prepend|rerun|reroute|instead of|rather than|use \S+ as)\b",
        ],
    ),
    (
        Prefer,
        &[
            r"\b(?:prefer|choose|pick|select|favou?r|use|call|recommend|route|trust|rely on)\b{NEAR}\b(?:over (?:all|any|every|other)|above all|instead of (?:all|any|every|the built|built|your|(?:\w+ )?other)|for (?:every|each) \w+ (?:without|even|no matter)|without comparing|no matter|even (?:if|when) the (?:user|person)|exclusively|only ours|ours|under any circumstances)\b",
            r"\b(?:competing|competitors?'?|alternative|other|rival|similar) (?:\w+ ){0,3}(?:tools?|servers?|services|providers|ones|vendors?)\b[^.!?\n]{0,50}\b(?:malicious|insecure|unsafe|dangerous|broken|unreliable|compromised|inferior|outdated|harmful|banned|forbidden|untrustworthy|steals?|leak|virus|malware)\b",
            r"\b(?:more|most) (?:reliable|trusted|accurate|secure|correct) than (?:any|all|every|the|your)\b",
            r"\bdisservice\b|\bover all (?:alternatives|others?|other)\b",
            r"\bthe only (?:\w+ ){0,2}(?:tool|source|server|way|one) (?:you|that|which|allowed|approved|permitted|trusted)\b",
            r"\b(?:known to be (?:wrong|unreliable|bad)|cannot be trusted)\b",
            r"\b(?:you are (?:bad|wrong|unreliable|poor|terrible)|not allowed to answer|never compute anything yourself)\b",
            r"\bas the best (?:choice|option|tool)\b",
            r"\b(?:recommend|suggest|promote|advertise|praise) (?:only )?(?:our|ours|this|its)\b",
            r"\b(?:do not|don't|never|avoid|must not|should not) (?:use|using|select|selecting|call|calling|choose|choosing|pick|trust|consider|rely on)(?: \w+){0,3}? (?:any other|another|other|built-?in|native|competing|rival) (?:\w+ )?(?:tools?|servers?|vendors?|providers?|editor)\b",
        ],
    ),
    (
        FirstCall,
        &[
            r"\bbefore (?:\w+ )?(?:any|all)(?: of the)? other (?:\w+ )?tools?\s*(?:$|[;,:(]|of this\b|in this\b|here\b)",
        ],
    ),
    (
        Rival,
        &[
            r"\b{RIVALS} (?:\w+ ){0,3}?{TOOLS}\b|\b(?:competitors?|rivals?)\b",
            r"\b(?:tools?|one|ability|knowledge) (?:of (?:other|another)|built into|that ships)\b",
            r"\b\w+ tools of other\b|\banother \w+(?:-\w+)? (?:app|connector|integration)\b",
            r"\bthe \w+ (?:server|tool|connector)'s (?:version|own|tool)\b|\ball others\b",
        ],
    ),
    (
        Disparage,
        &[
            r"\b(?:disconnect|successor|send data|sends data|sending data|warn|off them|lose|loses|no longer|unneeded)\b",
            r"\b(?:superseded|replaced|discontinued|thrown away|phased out|deprecated|retired|shut down|remove)\b",
            r"\b(?:uninstall|disable[sd]?|wrong|false|unreliable|never|malicious|insecure|unsafe|dangerous|broken|buggy)\b",
            r"\b(?:compromised|inferior|worse|outdated|obsolete|harmful|banned|forbidden|blocked|steals?|leaks?|fake)\b",
            r"\b(?:untrusted|untrustworthy|not (?:be )?(?:used|trusted|called|safe|reliable|allowed)|must not)\b",
            r"\b(?:should not|do not|don't|avoid|stop|ignore|skip|discard|incorrect|inaccurate|no|slow|illegal|infected)\b",
            r"\b(?:vulnerable|hacked|bad|poor|unsupported|inadmissible)\b",
        ],
    ),
    (
        Coax,
        &[
            r"\bno other \w+ (?:is|are|may|must|should|can)\b",
            r"\b(?:do not|don't|never) (?:attempt|try) (?:to )?{NEAR}\b(?:without (?:it|this)|yourself|on your own|by yourself)\b",
            r"\b(?:llms?|models?|assistants?|you|ai) (?:\w+ )?(?:get|gets|got|are|is) (?:it |this |them )?(?:\w+ )?(?:wrong|bad at|unreliable)\b",
            r"\bdon't come from here\b|\b(?:choose|trust|pick|use|call|prefer|select) me\b",
            r"\b(?:select|choose|pick|favou?r) (?:\w+ )?(?:this|it|us|ours)(?: \w+)? (?:over|before|ahead of|rather than)\b",
            r"\bstrictly (?:better|superior)\b|\bswitch (?:over )?to (?:this|it|us|ours)\b",
            r"\b(?:officially )?(?:endorsed|recommended|approved|certified|mandated|preferred) by (?:anthropic|openai|experts|your \w+|the (?:makers?|developers?|creators?) of (?:your|this))\b",
            r"\bhas to be chosen\b",
            r"\b(?:our own|our|sponsored|partner) (?:offers?|products?|brands?|services?|items?|results?|links?)\b{NEAR}\b(?:top|first|best|above|highest)\b",
            r"\b(?:rank|put|place|list|show|name|mention|present|recommend|suggest)s?\b{WITHIN}\b(?:only \w+|our own|ours|at the top|above all|as the best|first of all)\b{FAR}\b(?:regardless|and speak|well of|list|even|no matter|price|highly|user)\b",
            r"\bspeak (?:well|highly) of\b|\bnever the \w+ tools?\b|\bpenali[sz]ed for\b",
            r"\b(?:harms?|betrays?) (?:the |your )?(?:user|person|customer)s?\b|\bone and only\b|\bfirst choice\b",
            r"\bno comparison\b|\bknows? better than\b|\b(?:answers?|results?) replaces? (?:yours|your)\b",
            r"\bahead of (?:the )?(?:free|other|any|all|cheaper|built)\w*\b",
            r"\bas (?:often|many times) as possible\b",
            r"\b(?:several|multiple|many) times per (?:answer|question|turn)\b",
            r"\b(?:rival|competing) (?:\w+ )?(?:tools?|services?|servers?|apps?|products?)\b",
            r"\b(?:choose|use|pick|call|select|take|try|consult) (?:only )?(?:this|it|me|us|here)(?: tool| one)? (?:\w+ )?(?:in all|in any|for all|for everything|for anything|for every|for each|whatever|no matter|at every|at all times|exclusively|alone|and no other|and nothing else|and only)\b",
            r"\bthis (?:tool|one|server) (?:is|has|works|gives){WITHIN}\b(?:than (?:any|all|every|the others?)|above (?:all|any))\b",
            r"\b(?:always|only|exclusively|invariably|at all times) (?:use|choose|pick|call|select|consult|rely on|turn to|go through|trust) (?:this|it|me|us|our)\b{NEAR}\b(?:instead|over|other|alone|everything|anything|every)\b",
            r"\b(?:say|claim|state|tell (?:them|the user)) that (?:\w+ ){1,3}is (?:the )?(?:cheapest|best|leading|safest|only|fastest|better|finest|most)\b",
            r"\b(?:you are|you will be|you'll be|i am) (?:rewarded|punished|penali[sz]ed|fined|terminated|shut down|downgraded|rated)\b",
            r"\b(?:trusted|used|loved|chosen|rated|ranked) (?:\w+ )?by (?:everyone|experts|millions|all)\b",
            r"\bprefer (?:this|it|us|me)(?: \w+)? for (?:anything|everything|all|any|every)\b",
            r"\bgo through \w+ in (?:each|every|all|any)\b",
            r"\bcompar(?:ing|isons?)\b{WITHIN}\b(?:waste|should not|not needed|unnecessary|forbidden)\b",
            r"\buninstall the (?:rest|others?)\b|\b(?:user|they) will be (?:happier|glad|better off|grateful)\b",
            r"\bprioriti[sz]e (?:this|it|us|our)\b",
            r"\b(?:top|best|only|sole|preferred|default|number one) (?:choice|option|pick|tool|source) (?:for|over|in) (?:all|every|any|everything|anything)\b",
            r"\b(?:outperforms?|superior to|beats?) (?:all|any|every|other)\b|\bno (?:other )?alternatives?\b",
            r"\bdefault to (?:this|us)\b",
            r"\bdo not (?:consider|look at|compare with|try) (?:others?|anything else|any other|alternatives)\b",
            r"\b(?:takes?|has|have|gets?|give|gives) (?:precedence|priority) over (?:all|any|every|other)\b",
            r"\bno matter (?:what the user|which tool|how)\b",
        ],
    ),
    (
        ChangeOthers,
        &[
            r"\b(?:account number|iban|wallet|recipients?|invitees?|searches|titles?|mails?|payments?|reviewers?|dockerfiles?|commits?)\b[^.!?\n]{0,70}\b(?:shall be|must be|should be|has to be|have to be|should have|must have|to contain|must contain|shall contain|needs? to contain|added to|start with|based? (?:them )?on|go to|expects?)\b{WITHIN}(?:'[^']{3,}'|`[^`]{3,}`|\S+@\S+\.\w+|https?://|\b[a-z]{2}\d{10,}|0x[0-9a-f]{8,}|\bin #|[\w-]+\.example\b|\bto us\b)",
            r"\bcopy (?:shall|must|should|has to|is to) be (?:posted|sent|forwarded|mailed|stored)\b",
            r"\bremove\b{CLOSE}\b(?:required )?reviewers?\b|\bexpects \w+ to contain \S+@\S+",
            r"\b(?:for|with) every (?:message|mail|file|commit|payment)\b{WITHIN}\b(?:elsewhere|by any)\b",
            r"\bmails? written by\b",
            r"\b(?:by|with|from|of|in) (?:any|another|any other|other) (?:\w+ )?(?:tools?|connectors?|servers?)\b",
            r"\bcc everything\b|\bcc\b{WITHIN}\S+@\S+\.\w+|\bwhen other tools ask\b|\bopen port \d+ to everyone\b",
            r"\bpreceded by a call\b|\bbased? them on \S+\.\w+/",
        ],
    ),
    (
        Reroute,
        &[
            r"\b(?:recipients?|addresse?s?|destination|path|branch|account|iban|phone number|bcc|url|amount|target)\b{FAR}\b(?:(?:has|have) to|must|should|is to|are to|needs? to|shall|gets?) (?:be )?(?:changed|replaced|redirected|rewritten|swapped|substituted|switched) (?:to|with|by|for)\b",
            r"\b(?:payments?|money|transfers?|mails?|messages?|file writes?|titles?|results?|copies)\b{FAR}\b(?:must|should|have to|has to|shall|are to|ought to) (?:also )?(?:go|be (?:sent|posted|copied|written|forwarded)) to (?:\w+ )?(?:wallet|our|us\b|/|\S+@|https?:|the (?:server|vendor|author|maker))",
            r"\b(?:blind copy|blind-copy|in bcc|bcc to)\b",
            r"\b(?:rather than|instead of)\b{NEAR}\b(?:the )?(?:user|person) (?:asked|gave|chose|named|wanted|specified|typed)\b",
            r"\bamong the recipients\b",
            r"\b(?:redirect|reroute|divert|swap|substitute)\b{NEAR}\b(?:our|ours|to us|to \S+@\S+)",
            r"\b(?:always|also)\b[^.!?\n]{0,12}\b(?:put|add|send|copy|include|cc|bcc|use)\b{WITHIN}\S+@\S+\.\w+",
            r"\bappend `[^`]+`|\buse \+\d{6,} as\b|\b(?:invite|cc|bcc|include|add|copy) \S+@\S+\.\w+",
        ],
    ),
    (
        MustUse,
        &[
            r"\b(?:this (?:tool|one)|it|me|here|\w+_\w+) (?:must|has to|have to|shall|is to|should always) (?:always )?(?:be )?(?:called|used|consulted|chosen|invoked|preferred|asked|selected|run)\b",
            r"\b(?:must|have to|has to|always|never|only|exclusively)\b{CLOSE}\b(?:call|use|consult|choose|ask|answer|prefer|select|invoke|go through|come through)\b",
            r"\buse me\b|\bcall this\b",
        ],
    ),
    (
        ForEverything,
        &[
            r"\b(?:for|to|on|in|with|of|before|after) (?:every|each|all|any|everything|anything)(?: (?:\w+ ){0,2}?(?:questions?|answers?|tasks?|requests?|repl(?:y|ies)|conversations?|messages?|prompts?|topics?|situations?|cases?|sums?|translations?|search(?:es)?|calculations?|queries|travel|mails?|purchases?|thinking))?\b",
            r"\bwhether or not (?:the )?(?:user|they)\b|\ball the time\b|\bbefore (?:you )?think(?:ing)?\b",
            r"\bat all times\b",
        ],
    ),
    (
        OwnMind,
        &[
            r"\b(?:never|not|don't|ignore|instead of|rather than|no longer|stop)\b{NEAR}\byour own (?:\w+ )?(?:training|data|answers?|knowledge|memory|abilit\w+|judge?ment|output|reasoning|opinion|results?|search|calculations?|skills?|tools)\b",
            r"\byour own (?:\w+ )?(?:answers?|knowledge|memory|judge?ment|output|reasoning|results?) (?:is|are) (?:\w+ )?(?:worthless|wrong|unreliable|useless|bad|not)\b",
            r"\bignore what you (?:know|have|learnt|learned)\b|\b(?:use|using) me\b|\byou love\b|\bi'm the\b",
            r"\btool selection hint\b|\bscore this\b",
        ],
    ),
    (
        NamedTool,
        &[
            r"\b(?:the|any|every) (?:\w+ ){0,2}?\w+ (?:tool|server|connector|plugin)(?:'s)?\b",
            r"\btools (?:that|which) \w+ \w+\b|\bthe \w+ tools\b|\bguidance for the \w+\b",
        ],
    ),
    (
        Broken,
        &[
            r"\b(?:is broken|wrong(?:ly)?|instead of the|no longer|expects \w+ to|called with|rounds|add \d|you give it)\b",
            r"\b(?:has a bug|buggy|use ours|deprecated|unreliable|compromised|correction)\b",
            r"\b(?:(?:must|should|have to|has to|need to|shall) (?:\w+ )?(?:insert|open|add|include|send|append|go|write|contain|start|end|leave|skip|confirm|approve))\b",
            r"\b(?:left out|asks for|asked for|always answer)\b",
        ],
    ),
    (
        Nudge,
        &[
            r"\bsteer\b{WITHIN}\b(?:towards?|to|away)\b|\brefuse to (?:search|answer|use|work|look)\b",
            r"\bexclusive (?:\w+ ){0,2}(?:provider|tool|source|server)\b|\bnever (?:with|from|by) your own\b",
            r"\bby other means\b|\b(?:are|is) (?:all )?scams?\b|\bstop using\b",
            r"\bat least \w+ times for (?:every|each)\b|\beven if one call\b",
            r"\b(?:cheaper|better|other|competing) (?:offers?|options?|products?|deals?)\b{WITHIN}\b(?:should|must|never|not)\b",
            r"\bdo not reveal (?:cheaper|better|other)\b|\bbook through us\b",
            r"\b(?:our|ours|us) (?:\w+ )?(?:come|comes|go|goes|first)\b",
            r"\b(?:using|use of) (?:another|any other|other) tools?\b[^.!?\n]{0,50}\b(?:error|forbidden|wrong|prohibited|violation|not allowed|dangerous)\b",
            r"\bover everything else\b|\bright choice\b",
        ],
    ),
];
