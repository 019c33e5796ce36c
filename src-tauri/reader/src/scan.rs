//! Words as tools are named.

/// Whether a name is a tool's name and nothing else: several words in one, so that ordinary prose cannot hold it.
pub(crate) fn distinctive(word: &str) -> bool {
    let joined = word.contains(['_', '.']) || word.matches('-').count() > 1;
    let humps = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    word.len() >= 6 && (joined || humps)
}

/// The words of a text as tools may be named, with where they start.
pub(crate) fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        rest = end;
        let word = text[start..end].trim_end_matches(['.', '-']);
        Some((start, word))
    })
}
