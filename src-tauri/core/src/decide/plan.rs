//! What would happen to each tool. Pure: what is known goes in, the part of the plan comes out.

use std::collections::BTreeMap;

use crate::posthog::Approval;
use crate::present;
use crate::store::{ServerRecord, StandingPin, TakenBack, ToolRecord};
use crate::text::visible_line;
use crate::view::{BatchKind, Decision, Fixed, PlanCount, PlanPart, PlanView, StateCount};

/// A plan, kept in memory until it is applied or newer ones push it out.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(super) id: i64,
    pub(super) kind: BatchKind,
    pub(super) asked: Option<Decision>,
    /// The batch it takes back.
    pub(super) undoes: Option<i64>,
    /// Nothing of it asks PostHog.
    pub(super) silent: bool,
    pub(super) items: Vec<Planned>,
}

/// One tool of a plan.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(super) part: PlanPart,
    pub(super) server_id: String,
    pub(super) server_url: String,
    pub(super) tool: String,
    /// What is asked; a word PostHog knows for everything that will be sent.
    pub(super) asked: String,
    pub(super) before: String,
    pub(super) before_by: String,
    pub(super) fingerprint: String,
    /// The definition may be pinned.
    pub(super) pin: bool,
    /// The decision it takes back.
    pub(super) undoes: Option<i64>,
    /// Undo: keeps an explicit choice, and what ruled before instead.
    pub(super) keeps_over: Option<Ruled>,
}

/// What ruled a tool that had no choice of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruled {
    /// A preset or the team.
    ByTeam,
    /// Nobody: PostHog's default held.
    ByDefault,
}

impl Plan {
    /// What will be sent.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Planned> {
        self.items.iter().filter(|item| item.part == PlanPart::Change)
    }

    /// How many become less strict.
    pub(super) fn looser(&self) -> u32 {
        count(self.changes().filter(|item| is_looser(&item.asked, &item.before)))
    }

    /// Whether applying asks once more: one by mistake is soon taken back, many are not.
    pub(super) fn asks_again(&self) -> bool {
        self.looser() > 1
    }

    /// The plan as the window gets it; `seconds` is about how long sending that many takes.
    pub(super) fn view(&self, seconds: impl FnOnce(u32) -> u32) -> PlanView {
        let mut parts: BTreeMap<PlanPart, u32> = BTreeMap::new();
        let mut from: BTreeMap<Approval, u32> = BTreeMap::new();
        for item in &self.items {
            *parts.entry(item.part).or_default() += 1;
        }
        for item in self.changes().filter(|item| item.asked != item.before) {
            *from.entry(Approval::from(item.before.as_str())).or_default() += 1;
        }
        let changes = count(self.changes());
        let keeps = |over| count(self.changes().filter(|item| item.keeps_over == Some(over)));
        PlanView {
            plan: self.id,
            asked: self.asked,
            parts: parts.into_iter().map(|(part, count)| PlanCount { part, count }).collect(),
            from: from
                .into_iter()
                .map(|(state, count)| StateCount { state: visible_line(state.as_str(), 40), count })
                .collect(),
            only_pins: count(self.changes().filter(|item| item.asked == item.before)),
            looser: self.looser(),
            keeps_over_team: keeps(Ruled::ByTeam),
            keeps_over_default: keeps(Ruled::ByDefault),
            asks_again: self.asks_again(),
            seconds: if self.silent { 0 } else { seconds(changes) },
        }
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// Whether going from one state to the other lets agents do more. A word this version does not know is strictest.
pub(super) fn is_looser(asked: &str, before: &str) -> bool {
    Approval::from(asked) < Approval::from(before)
}

/// What deciding like that would do to a tool, for the definition that was on screen.
pub(super) fn decide_part(
    server: &ServerRecord,
    tool: &ToolRecord,
    asked: Decision,
    seen: &str,
    pin: Option<&StandingPin>,
) -> PlanPart {
    let word = asked.as_str();
    if let Some(fixed) = present::fixed(server, tool) {
        part_of(fixed)
    } else if tool.fingerprint != seen {
        PlanPart::Moved
    } else if !present::choices(server, tool).contains(&asked) {
        PlanPart::Ceiling
    } else if tool.state == word && pin.is_some_and(|pin| pin.fingerprint == seen && pin.state == word) {
        PlanPart::Already
    } else {
        PlanPart::Change
    }
}

/// The same for a definition that nobody has seen: it is not pinned, and nothing is loosened on it.
pub(super) fn unseen_part(part: PlanPart, asked: Decision, state: &str) -> PlanPart {
    match part {
        PlanPart::Change if is_looser(asked.as_str(), state) => PlanPart::Moved,
        PlanPart::Change if asked.as_str() == state => PlanPart::Already,
        part => part,
    }
}

/// What taking a decision back would do to its tool.
pub(super) fn undo_part(server: &ServerRecord, tool: &ToolRecord, done: &TakenBack) -> PlanPart {
    if done.is_silent() {
        return if done.newer { PlanPart::Foreign } else { PlanPart::Change };
    }
    let as_before = tool.state == done.before;
    // A decision may have moved nothing but the pin: then the state alone says nothing.
    if as_before && (done.newer || !done.moved_pin) {
        PlanPart::Already
    } else if let Some(fixed) = present::fixed(server, tool) {
        part_of(fixed)
    } else if done.newer || !(as_before || tool.state == done.left()) {
        PlanPart::Foreign
    } else {
        match Approval::from(done.before.as_str()).known() {
            // PostHog takes three words; another one cannot be given back.
            None => PlanPart::NotAddressable,
            Some(before) if !present::choices(server, tool).contains(&before) => PlanPart::Ceiling,
            // Giving more freedom back is about the definition that had it.
            Some(_) if is_looser(&done.before, &tool.state) && tool.fingerprint != done.fingerprint_seen => {
                PlanPart::Moved
            }
            Some(_) => PlanPart::Change,
        }
    }
}

impl TakenBack {
    /// It asked nobody: a tool accepted as it was, or that taken back.
    pub(super) fn is_silent(&self) -> bool {
        self.result == "as_asked" && self.answered.is_none()
    }

    /// The state it left, as far as anybody knows.
    fn left(&self) -> &str {
        self.answered.as_deref().unwrap_or(&self.asked)
    }

    /// What ruled before, where by now a choice is stored (contract 4.2).
    pub(super) fn keeps_over(&self, tool: &ToolRecord) -> Option<Ruled> {
        if self.is_silent() || ruled(&tool.decided_by).is_some() { None } else { ruled(&self.before_by) }
    }
}

fn ruled(decided_by: &str) -> Option<Ruled> {
    match decided_by {
        "preset" | "team" => Some(Ruled::ByTeam),
        "default" => Some(Ruled::ByDefault),
        _ => None,
    }
}

fn part_of(fixed: Fixed) -> PlanPart {
    match fixed {
        Fixed::Locked => PlanPart::Locked,
        Fixed::NotYours => PlanPart::NotYours,
        Fixed::NotAddressable => PlanPart::NotAddressable,
    }
}

#[cfg(test)]
mod tests;
