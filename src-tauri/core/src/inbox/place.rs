//! Where a tool belongs in Review. Pure: facts in, place out.

use crate::store::{Past, Pin, PutOff, ToolRecord};
use crate::view::{Decision, ReviewGroup};

/// What the ledger knows of one tool, beside the tool itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// What was decided on, if anything was.
    pub(crate) pin: Option<&'a Pin>,
    /// When and as what it was seen.
    pub(crate) past: Option<&'a Past>,
    /// When the first tool of its server was seen, ms.
    pub(crate) contact_at: i64,
}

/// A tool's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its group; `None`: nothing waits.
    pub(crate) group: Option<ReviewGroup>,
    /// Put off, for the definition there now and where it was no louder.
    pub(crate) later: bool,
    /// When what waits was noticed, ms, if that is known.
    pub(crate) noticed_at: Option<i64>,
    /// For what came back or is gone: since when it was gone, ms.
    pub(crate) gone_at: Option<i64>,
    /// Fingerprint it is to be compared with.
    pub(crate) base: Option<String>,
}

/// Finds the place of a tool.
pub(crate) fn place(tool: &ToolRecord, facts: Facts<'_>) -> Place {
    let Some(past) = facts.past else { return Place::default() };
    let (group, base) = match facts.pin {
        _ if tool.removed_at.is_some() => (removed(facts.pin, past), None),
        Some(pin) => (pinned(tool, pin, past), Some(pin.fingerprint.as_str())),
        None => unpinned(tool, past, facts.contact_at),
    };
    let Some(group) = group else {
        return Place { base: base.map(str::to_owned), ..Place::default() };
    };
    let gone = matches!(group, ReviewGroup::Removed | ReviewGroup::CameBack);
    Place {
        group: Some(group),
        later: past.later.as_ref().is_some_and(|mark| holds(mark, tool, group, (facts.pin, past))),
        noticed_at: match group {
            ReviewGroup::Removed => past.gone_at,
            // Only definitions are watched: when the decision moved is not known.
            ReviewGroup::Loosened => None,
            _ => past.standing_from,
        },
        gone_at: past.gone_at.filter(|_| gone),
        base: base.map(str::to_owned),
    }
}

/// *Later* was said to one definition as it has stood since, and to no more than what an agent could do with it then.
/// A decision ends it.
fn holds(mark: &PutOff, tool: &ToolRecord, group: ReviewGroup, (pin, past): (Option<&Pin>, &Past)) -> bool {
    let no_louder = mark.group.map_or(!group.is_loud(), |then| group >= then);
    let undecided = pin.is_none_or(|pin| pin.at <= mark.at);
    let as_it_stood = past.standing_from.or(past.gone_at).is_none_or(|since| since <= mark.at);
    mark.fingerprint == tool.fingerprint && no_louder && undecided && as_it_stood
}

/// Only what was decided on is missed, and only until the person has noted that it is gone.
fn removed(pin: Option<&Pin>, past: &Past) -> Option<ReviewGroup> {
    let noted = past.removal_noted_at.is_some_and(|noted| Some(noted) >= past.gone_at);
    (pin.is_some() && !noted).then_some(ReviewGroup::Removed)
}

fn pinned(tool: &ToolRecord, pin: &Pin, past: &Past) -> Option<ReviewGroup> {
    let same = pin.fingerprint == tool.fingerprint;
    if same && strictness(&tool.state) < strictness(&pin.state) {
        // Also when it was gone in between: it did not come back with the decision it had.
        Some(ReviewGroup::Loosened)
    } else if past.came_back_after(pin.at) {
        Some(ReviewGroup::CameBack)
    } else if !same {
        Some(changed(tool))
    } else {
        None
    }
}

fn unpinned<'a>(
    tool: &ToolRecord,
    past: &'a Past,
    contact_at: i64,
) -> (Option<ReviewGroup>, Option<&'a str>) {
    let allowed = is_allowed(tool);
    let first = past.first_fingerprint.as_str();
    if past.first_at > contact_at {
        return (Some(if allowed { ReviewGroup::NewAllowed } else { ReviewGroup::New }), None);
    }
    if allowed && past.came_back_after(past.first_at) {
        return (Some(ReviewGroup::CameBack), Some(first));
    }
    if allowed && tool.fingerprint != first {
        return (Some(ReviewGroup::ChangedAllowed), Some(first));
    }
    (decided_elsewhere(tool).then_some(ReviewGroup::Unpinned), None)
}

/// An approval always counts. *Ask first* does when a person chose it; as an old stored value it is the default
/// (contract 4.2), and then nobody decided anything.
fn decided_elsewhere(tool: &ToolRecord) -> bool {
    is_allowed(tool)
        || tool.decided_by == "scope"
        || (tool.decided_by == "legacy" && tool.state == Decision::DoNotUse.as_str())
}

fn changed(tool: &ToolRecord) -> ReviewGroup {
    if is_allowed(tool) { ReviewGroup::ChangedAllowed } else { ReviewGroup::ChangedOtherwise }
}

fn is_allowed(tool: &ToolRecord) -> bool {
    tool.state == Decision::Approved.as_str()
}

/// Unknown words count as the strictest.
fn strictness(state: &str) -> Decision {
    Decision::from_word(state).unwrap_or(Decision::DoNotUse)
}

#[cfg(test)]
mod tests;
