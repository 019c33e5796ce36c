//! What was decided and noticed at one tool, newest first, in the words of Activity.

use super::{ERROR, time};
use crate::store::{StoredDecision, StoredObservation};
use crate::text::visible_line;
use crate::view::{ActivityKind, HistoryView};

const STATE: usize = 40;

/// The lines of a tool's history. Both lists come newest first.
pub(super) fn lines(decisions: &[StoredDecision], observations: &[StoredObservation]) -> Vec<HistoryView> {
    let mut lines: Vec<(i64, HistoryView)> = noticed(observations)
        .into_iter()
        .map(|(at, what)| (at, noticed_line(at, what)))
        .chain(decisions.iter().map(|decision| (decision.asked_at, decision_line(decision))))
        .collect();
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What the observations of a tool tell, newest first. A change ends one at the instant the next begins; only a gap
/// means that the tool was gone.
fn noticed(observations: &[StoredObservation]) -> Vec<(i64, ActivityKind)> {
    let mut noticed = Vec::new();
    let mut newer: Option<&StoredObservation> = None;
    for (index, seen) in observations.iter().enumerate() {
        if let Some(gone) = seen.until_at
            && newer.is_none_or(|newer| newer.from_at > gone)
        {
            noticed.push((gone, ActivityKind::Removed));
        }
        let older = observations.get(index + 1);
        let what = seen.noticed_as.unwrap_or(match older {
            None => ActivityKind::FirstContact,
            Some(older) if older.until_at.is_some_and(|gone| gone < seen.from_at) => ActivityKind::Returned,
            Some(_) => ActivityKind::Changed,
        });
        noticed.push((seen.from_at, what));
        newer = Some(seen);
    }
    noticed
}

fn noticed_line(at: i64, what: ActivityKind) -> HistoryView {
    HistoryView {
        at: time(at),
        what,
        before: String::new(),
        asked: String::new(),
        answered: String::new(),
        result: String::new(),
        words: String::new(),
        pins: false,
    }
}

fn decision_line(decision: &StoredDecision) -> HistoryView {
    HistoryView {
        at: time(decision.asked_at),
        what: decision.kind,
        before: visible_line(&decision.before, STATE),
        asked: visible_line(&decision.asked, STATE),
        answered: visible_line(decision.answered.as_deref().unwrap_or_default(), STATE),
        result: decision.result.clone(),
        words: visible_line(&decision.words, ERROR),
        pins: decision.pins,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(from_at: i64, until_at: Option<i64>, noticed_as: Option<ActivityKind>) -> StoredObservation {
        StoredObservation { fingerprint: "f".into(), from_at, until_at, noticed_as }
    }

    #[test]
    fn a_gap_is_told_as_gone_and_come_back_and_a_change_is_not() {
        let standing = [seen(9, None, None), seen(7, Some(8), None), seen(1, Some(7), None)];
        let wanted = [
            (9, ActivityKind::Returned),
            (8, ActivityKind::Removed),
            (7, ActivityKind::Changed),
            (1, ActivityKind::FirstContact),
        ];
        assert_eq!(noticed(&standing), wanted);
    }

    #[test]
    fn what_ended_last_is_told_as_removed() {
        let gone = [seen(1, Some(5), None)];
        assert_eq!(noticed(&gone), [(5, ActivityKind::Removed), (1, ActivityKind::FirstContact)]);
    }

    #[test]
    fn what_activity_said_is_what_history_says() {
        let told = [
            seen(5, None, Some(ActivityKind::ChangedBack)),
            seen(3, Some(5), Some(ActivityKind::Changed)),
            seen(1, Some(3), Some(ActivityKind::New)),
        ];
        let kinds: Vec<_> = noticed(&told).into_iter().map(|(_, what)| what).collect();
        assert_eq!(kinds, [ActivityKind::ChangedBack, ActivityKind::Changed, ActivityKind::New]);
    }
}
