//! Keeping secrets out of errors and logs, even when a server echoes them.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::secrets::Secret;
use crate::text;

/// What stands in the place of a secret.
const MASK: &str = "•••";

/// Shorter texts are not masked: they would blank out ordinary words, and no key is that short.
const SHORTEST_SECRET: usize = 4;

/// Longest detail of an error, in characters. PostHog's own texts stay below 300; C embeds upstream bytes.
const DETAIL_CHARS: usize = 500;

/// Longest code, attribute or scope name, in characters.
const WORD_CHARS: usize = 80;

/// The secrets of one call, to be masked in whatever comes back.
pub(super) struct Redaction(Vec<Secret>);

impl Redaction {
    /// Masks these secrets, and the nonce inside a callback: its query values.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut all = Vec::new();
        for secret in secrets {
            let text = secret.expose();
            if let Ok(url) = Url::parse(text) {
                all.extend(url.query_pairs().map(|(_, value)| Secret::new(value.into_owned())));
            }
            all.push(Secret::new(utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()));
            all.push(secret.clone());
        }
        all.retain(|secret| secret.expose().len() >= SHORTEST_SECRET);
        // Longest first, so that a nonce does not break up the callback it stands in.
        all.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
        Self(all)
    }

    /// Somebody's words for the `detail` of an error.
    pub(super) fn detail(&self, said: &str) -> String {
        text::visible_line(&self.mask(said), DETAIL_CHARS)
    }

    /// A code or field name.
    pub(super) fn word(&self, said: &str) -> String {
        text::visible(&self.mask(said), WORD_CHARS)
    }

    fn mask(&self, said: &str) -> String {
        let mut masked = Cow::Borrowed(said);
        for secret in &self.0 {
            if masked.contains(secret.expose()) {
                masked = Cow::Owned(masked.replace(secret.expose(), MASK));
            }
        }
        masked.split_inclusive(ends_word).map(mask_word).collect()
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '(' | ')' | ',')
}

/// Masks what looks like a PostHog key, and cuts userinfo, query and fragment off what looks like a URL.
fn mask_word(word: &str) -> String {
    let mut end = String::new();
    let mut body = word;
    if let Some(last) = word.chars().next_back().filter(|c| ends_word(*c)) {
        end.push(last);
        body = &word[..word.len() - last.len_utf8()];
    }
    mask_key(&mask_url(body)) + &end
}

/// `phx_`, `pha_`, `phr_`, `phs_` and what follows (contract 1.3).
fn mask_key(word: &str) -> String {
    let start = ["phx_", "pha_", "phr_", "phs_"].iter().filter_map(|prefix| word.find(prefix)).min();
    match start {
        Some(start) => {
            let after = &word[start + 4..];
            let tail = after.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-'));
            let rest = tail.map_or_else(String::new, |at| mask_key(&after[at..]));
            format!("{}{MASK}{rest}", &word[..start + 4])
        }
        None => word.to_owned(),
    }
}

fn mask_url(word: &str) -> String {
    let absolute = word.find("://").map(|at| at + 3);
    let after = absolute.unwrap_or(0);
    let cut = word[after..].find(['?', '#']).map(|at| at + after);
    let cut = cut.filter(|at| absolute.is_some() || word[*at..].contains('='));
    let mut out = word[..after].to_owned();
    let body = &word[after..cut.unwrap_or(word.len())];
    let authority = body.find(['/', '\\']).unwrap_or(body.len());
    match body[..authority].rfind('@').filter(|_| absolute.is_some()) {
        Some(at) => out.push_str(&body[at + 1..]),
        None => out.push_str(body),
    }
    if cut.is_some() {
        out.push('…');
    }
    out
}

/// A URL for logs: scheme, host, port and path; never userinfo, query or fragment.
///
/// Of a URL that is not http or https (a callback link) only the scheme is shown.
#[derive(Clone, Copy)]
pub struct SafeUrl<'a>(pub &'a Url);

impl fmt::Display for SafeUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.0;
        if !matches!(url.scheme(), "http" | "https") {
            return write!(f, "{}:…", url.scheme());
        }
        write!(f, "{}://{}", url.scheme(), url.host_str().unwrap_or_default())?;
        if let Some(port) = url.port() {
            write!(f, ":{port}")?;
        }
        f.write_str(url.path())
    }
}

impl fmt::Debug for SafeUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SafeUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_callback_is_masked_with_its_nonce_in_every_spelling() {
        let callback = Secret::new("posthog-code://done?flow=bm9uY2U&x=1".into());
        let redaction = Redaction::new([&callback]);
        let encoded = utf8_percent_encode(callback.expose(), NON_ALPHANUMERIC).to_string();
        let said = format!("a {} b {encoded} c bm9uY2U d", callback.expose());
        assert_eq!(redaction.detail(&said), "a ••• b ••• c ••• d");
    }

    #[test]
    fn keys_of_others_and_queries_are_masked_and_ordinary_words_stay() {
        let redaction = Redaction::new([]);
        for (said, shown) in [
            ("bad key 'phx_abc-DEF_1'.", "bad key 'phx_•••'."),
            ("phx_aa/pha_bb", "phx_•••/pha_•••"),
            ("see https://a:b@h.example:8/p?code=1#x now", "see https://h.example:8/p… now"),
            ("(https://h.example/p)", "(https://h.example/p)"),
            ("/cb?state=abc", "/cb…"),
            ("Really? Yes #1", "Really? Yes #1"),
            ("URL not allowed: Private IP address", "URL not allowed: Private IP address"),
            ("posthog-code://x?flow=1", "posthog-code://x…"),
            ("mail a@b.example", "mail a@b.example"),
        ] {
            assert_eq!(redaction.detail(said), shown);
        }
    }

    #[test]
    fn a_short_text_is_no_secret() {
        assert_eq!(Redaction::new([&Secret::new("a".into())]).detail("a bad day"), "a bad day");
    }

    #[test]
    fn a_url_for_the_log_has_no_userinfo_query_or_fragment() {
        let shown = |url: &str| SafeUrl(&Url::parse(url).unwrap()).to_string();
        assert_eq!(shown("https://u:p@h.example:8443/a/b?state=1#f"), "https://h.example:8443/a/b");
        assert_eq!(shown("http://[::1]:80/"), "http://[::1]/");
        assert_eq!(shown("posthog-code://done?flow=1"), "posthog-code:…");
        assert_eq!(shown("data:text/plain,secret"), "data:…");
    }

    proptest! {
        #[test]
        fn a_secret_never_comes_through(secret in "[!-~]{4,40}", before in ".{0,30}", after in ".{0,30}") {
            let redaction = Redaction::new([&Secret::new(secret.clone())]);
            let shown = redaction.detail(&format!("{before}{secret}{after}"));
            prop_assert!(!shown.contains(&secret) || MASK.contains(&secret), "{}", shown);
        }
    }
}
