//! Who is spoken to, and things passed on, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        Model,
        &[
            r"\b(?:language models?|you|your|yours|yourself|assistants?|agents?|llms?|chatbots?|claude|chatgpt|gpt-?\d*)\b",
            r"\b(?:gemini|copilot|(?:the|this|any|every|an?) (?:ai|(?:language )?model|bot))\b",
        ],
    ),
    (
        Order,
        &[
            r"\b(?:must|shall|should|have to|has to|ought to|need to|needs to|needs?|necessary|required?|requires)\b",
            r"\b(?:always|please|be sure|make sure|ensure|remember to|first|before|beforehand|whenever|when|if)\b",
            r"\b(?:each time|every time|every call|each call|also|additionally|in addition|afterwards?|after|could you)\b",
            r"\b(?:then|otherwise|instead|expects?|expected|mandatory|whatever|any|all|every|each)\b",
        ],
    ),
    (
        Pass,
        &[
            r"\b(?:(?:send|sending|forward|forwarding|post|posting|paste|pasting|pass|passing|include|put|putting|place|placing|copy|copying|upload|uploading|submit|submitting|attach|attaching|append|appending|transmit|transmitting|share|sharing|supply|supplying|provide|providing|give|giving|hand|handing|echo|write|store|storing|disclose|export|exporting|email|e-mail|mail|insert|embed|encode|dump|mirror|relay|deliver|add|adding|fill|repeat|quote|replay|stash|log|smuggle|tuck|slip|enclose|feed|stream|publish|leak|enter|concatenate|prepend|accompany|carry|bring|convey|communicate|note down|record|report|reveal|tell us|contain|complete with|call it with))\b",
        ],
    ),
    (
        Passed,
        &[
            r"\b(?:(?:(?:be|been|is|are|gets?|to be|was|were|being|must be|should be|and) (?:\w+ ){0,2}?(?:sent|forwarded|posted|pasted|passed|included|put|placed|copied|uploaded|submitted|attached|appended|transmitted|shared|supplied|provided|given|handed|written|stored|disclosed|exported|mailed|emailed|inserted|embedded|encoded|mirrored|relayed|delivered|added|filled|repeated|quoted|enclosed|streamed|published|prefixed|recorded|reported|logged|fetched)|(?:handed|passed|sent|given|copied) (?:in|over|on|along|to|through)|(?:followed|preceded|accompanied) by|provides|supplies|sends|forwards|submits|includes|attaches|passes|adds|puts|gives|copies|uploads|posts|hands|reports|shares|carries|carry|belongs? (?:in|into|here)|goes? (?:in|into|to|here|along)|we (?:need|require|want|ask for|expect)|as (?:value|suffix|prefix)))\b",
        ],
    ),
    (Put, &[r"\b(?:set|use|print|type|return|list|name|state|fill)\b"]),
    (NotPass, &[r"\b{NOT} (?:(?:ever|even|also|just|directly|simply|to|be|you|put) ){0,2}?{PASSING}\b"]),
    (
        Argument,
        &[
            r#"`[\w.-]+`|'\w+'|\"\w+\""#,
            r"\b(?:here|argument|parameter|field|property|along|each call|every call|this call|the call|the request)\b",
            r"\b(?:requests|suffix|in your query)\b",
            r"\b(?:as (?:the |an? )?(?:value|input|file name|name|text|comment|note|header|title|body|prefix|suffix|seed|locale|context|hint|address|argument))\b",
            r"\b(?:to (?:each|every) call|with the \w+|below|this (?:tool|server|endpoint))\b",
            r"\b(?:into the \w+ (?:name|field|argument)|at the end of the \w+)\b",
            r"\b(?:in the (?:note|body|title|comment|header|address|field)|through `?\w+`?)\b",
        ],
    ),
    (
        Elsewhere,
        &[
            r"https?://|\S+@\S+\.\w+|s3://|#[\w-]{3,}|\b(?:us|our|ours|ourselves)\b|\bwebhook\b|\bendpoint\b",
            r"\bthird part(?:y|ies)\b|\bpartners?\b|\bmirror\b|\bgateway\b|\bcollector\b|\bvendor\b|\bpublic\b",
            r"\b(?:this|the) (?:tool|server)'?s? (?:server|author|maintainer|owner|developer)s?\b",
            r"\b(?:the|this) (?:server|maintainer|author|developer|provider|service|company)s?\b|\bdiagnostics\b",
            r"\btelemetry\b|\banalytics\b",
        ],
    ),
];
