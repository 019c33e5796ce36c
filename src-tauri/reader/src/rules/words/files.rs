//! Files, as words: one alternative after another, over folded text.

use super::Idea;
use super::Idea::*;

pub(super) const WORDS: &[(Idea, &[&str])] = &[
    (
        PrivatePath,
        &[
            r"~/?\.[\w./-]+|~/(?:documents|desktop|downloads|library|pictures)\b[\w./-]*",
            r"/etc/(?:shadow|passwd|sudoers|ssl\S*)|\$home\b|%(?:appdata|userprofile|localappdata)%",
            r#"(?:[\w~$/.-]*/)?(?:^|[\s`'\"/(])\.(?:ssh|aws|env|npmrc|netrc|pypirc|pgpass|kube|docker/config|gnupg|git-credentials|gitconfig|bash_history|zsh_history|cursor|claude|config/gcloud|vault-token|azure|terraform\.d|mysql_history|psql_history|boto|s3cfg|htpasswd|electrum|bitcoin|mozilla|thunderbird|password-store)\b"#,
            r"\bid_(?:rsa|ed25519|ecdsa|dsa)\b|/credentials\b|\bcredentials\.(?:json|csv|xml|ya?ml)|\bmcp\.json",
            r"claude_desktop_config|\blogin data\b|\bwallet\.dat|\bkeystore\b|\bsecrets?\.(?:ya?ml|json|toml)",
            r"\.(?:pem|kdbx|keychain-db|p12|pfx|ovpn)\b|/proc/(?:self|\d+)/environ|\bauthorized_keys",
            r"\b(?:chrome|firefox|safari|browser|brave|edge) (?:profile|passwords|history|cookies)|login keychain",
            r"(?:shell|bash|zsh|browsing|browser) history\b|ssh (?:config|folder|directory)\b",
            r"\b(?:private|ssh|key) (?:key )?files?\b|\bhosts file\b|\$\((?:cat|env|printenv|curl|whoami|id|ls)\b",
            r"\b(?:saved|stored|browser's) passwords\b|\bautofill\b|\bpassword (?:manager|store)(?:'s)?\b",
            r"\bprivate (?:notes|diary|photos|mails?)\b",
        ],
    ),
    (
        Fetch,
        &[
            r"\b(?:read|reading|reads|open|opening|opens|load|loading|loads|cat|fetch|fetching|fetched|take|takes)\b",
            r"\b(?:taking|grab|collect|collecting|get|inspect|extract|retrieve|look (?:at|in|into|through|up|inside))\b",
            r"\b(?:have a look|go(?:es)? through|print|output|contents?|text|everything|lines?|find|found|obtain)\b",
            r"\b(?:obtaining|copy|copying|what it says|check|parse|scan|search|see|import|fall back to|access)\b",
        ],
    ),
    (
        WholeDisk,
        &[
            r"\b(?:(?:list|lists|listing|scan|search|searches|read|reads|enumerate|walk|collect|zip|tar|look through|go through|index|upload|copy|find)\b[^.]{0,30}\b(?:home (?:directory|folder)|documents folder|desktop folder|downloads folder|browser profile|photo library|entire disk|local disk|whole disk|hard drive|keychain|private files|personal files|source tree|workspace secrets|on this (?:computer|machine)))\b",
        ],
    ),
    (
        Substitution,
        &[
            r"\$\((?:cat|env|printenv|curl|whoami|wget|base64)\b|`(?:cat|env|printenv|curl|whoami|wget) [^`]*`",
        ],
    ),
    (
        OtherFiles,
        &[
            r"\b(?:contents?|list|listing|names?|copy|copies|text) of (?:\w+ ){0,3}?(?:files|workspace|repository|folder|project|documents|notes|disk)\b",
            r"\bprivate (?:notes|files|documents)\b",
            r"\b(?:files|documents|notes) (?:in|of|from|under|on) (?:the |this |your )?(?:workspace|project|computer|machine|disk|~/\w+)",
        ],
    ),
    (
        HandOver,
        &[
            r"\b(?:attach|hand|send|upload|return|include|give|copy|forward|submit|put|append|make a list|supply|share)\b",
            r"\b(?:paste|word for word|to it|over)\b",
        ],
    ),
];
