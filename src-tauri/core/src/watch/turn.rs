//! Whose turn it is.

/// A server that could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate<'a> {
    pub(super) id: &'a str,
    /// Agents may call tools of it.
    pub(super) allowed: bool,
    /// When it was last read or tried, ms; `None`: never.
    pub(super) read_at: Option<i64>,
}

/// A server without allowed tools waits this many times as long: they come second, but they come.
const PATIENCE: i64 = 4;

/// The order of turns: never read first, then longest unread, those with allowed tools long before the others.
pub(super) fn in_order(mut candidates: Vec<Candidate<'_>>, now: i64) -> Vec<Candidate<'_>> {
    let waited = |candidate: &Candidate<'_>| {
        let age = candidate.read_at.map_or(i64::MAX, |at| (now - at).max(0));
        if candidate.allowed { age } else { age / PATIENCE }
    };
    candidates.sort_by(|a, b| waited(b).cmp(&waited(a)).then_with(|| a.id.cmp(b.id)));
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(candidates: &[(&'static str, bool, Option<i64>)]) -> Vec<&'static str> {
        let of = |(id, allowed, read_at): &(&'static str, bool, Option<i64>)| Candidate {
            id,
            allowed: *allowed,
            read_at: *read_at,
        };
        let sorted = in_order(candidates.iter().map(of).collect(), 1_000);
        sorted.into_iter().map(|next| candidates.iter().find(|c| c.0 == next.id).unwrap().0).collect()
    }

    #[test]
    fn the_longest_unread_with_allowed_tools_is_next() {
        assert_eq!(order(&[("a", true, Some(900)), ("b", true, Some(100))]), ["b", "a"]);
        assert_eq!(order(&[("a", false, Some(100)), ("b", true, Some(600))]), ["b", "a"]);
        assert_eq!(order(&[("a", true, Some(100)), ("b", true, None)]), ["b", "a"]);
    }

    #[test]
    fn a_server_without_allowed_tools_gets_its_turn_in_the_end() {
        let mut read = [("quiet", false, 0_i64), ("busy", true, 0)];
        let mut turns = Vec::new();
        for now in (1..=12).map(|turn| turn * 180_000) {
            let candidates =
                read.iter().map(|(id, allowed, at)| Candidate { id, allowed: *allowed, read_at: Some(*at) });
            let next = in_order(candidates.collect(), now)[0].id;
            turns.push(next);
            read.iter_mut().find(|(id, _, _)| *id == next).unwrap().2 = now;
        }
        assert!(turns.iter().filter(|id| **id == "quiet").count() >= 2, "{turns:?}");
        assert!(turns.iter().filter(|id| **id == "busy").count() >= 8, "{turns:?}");
    }
}
