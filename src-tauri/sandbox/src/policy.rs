//! Effective approval of a tool (contract 4.2, generation C).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::{ApprovalState, Installation, Project, Tool};

/// The project's rule for members' tools nobody decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Preset {
    Allow,
    User,
    Ask,
    Block,
}

impl Preset {
    fn ceiling(self, destructive: bool) -> ApprovalState {
        match self {
            Self::Allow => ApprovalState::Approved,
            Self::User => ApprovalState::NeedsApproval,
            Self::Ask if destructive => ApprovalState::NeedsApproval,
            Self::Block if destructive => ApprovalState::DoNotUse,
            Self::Ask | Self::Block => ApprovalState::Approved,
        }
    }
}

/// Whom a rule binds. Rules for agents only do not show in this API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AppliesTo {
    #[default]
    Everyone,
    Members,
    Agents,
}

/// A rule of the organisation's admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// For whoever reads the fixture; the API does not show it.
    #[serde(default)]
    pub(crate) name: String,
    /// A shell pattern over tool names; blank = destructive tools.
    #[serde(default)]
    pub(crate) pattern: String,
    pub(crate) effect: ApprovalState,
    #[serde(default)]
    pub(crate) applies_to: AppliesTo,
    #[serde(default = "enabled")]
    pub(crate) enabled: bool,
}

fn enabled() -> bool {
    true
}

impl Rule {
    fn binds(&self, tool_name: &str, destructive: bool) -> bool {
        let matches = if self.pattern.is_empty() { destructive } else { fnmatch(&self.pattern, tool_name) };
        self.enabled && self.applies_to != AppliesTo::Agents && matches
    }
}

/// The policy rows of one project. Keyed by server URL, so they outlive an installation.
#[derive(Debug, Default)]
pub(crate) struct ProjectPolicy {
    pub(crate) member_preset: Option<Preset>,
    pub(crate) rules: Vec<Rule>,
    /// (URL, tool) to the state the team allows at most.
    pub(crate) ceilings: HashMap<(String, String), ApprovalState>,
    /// (URL, person, tool) to that person's own decision.
    pub(crate) choices: HashMap<(String, i64, String), ApprovalState>,
    /// URLs of servers switched off for the team.
    pub(crate) disabled_servers: Vec<String>,
    pub(crate) forbids_member_agents: bool,
    pub(crate) forbids_custom_servers: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DecidedBy {
    Rule,
    Scope,
    Team,
    Preset,
    Legacy,
    Default,
}

/// What the API says about one tool to one viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effective {
    pub(crate) state: ApprovalState,
    pub(crate) ceiling: Option<ApprovalState>,
    pub(crate) locked: bool,
    pub(crate) decided_by: DecidedBy,
}

/// The strictest state a team row or the preset leaves open, and which of them says so.
pub(crate) fn ceiling(
    policy: &ProjectPolicy,
    url: &str,
    name: &str,
    tool: &Tool,
) -> Option<(ApprovalState, DecidedBy)> {
    if let Some(state) = policy.ceilings.get(&(url.to_owned(), name.to_owned())) {
        return Some((*state, DecidedBy::Team));
    }
    let preset = policy.member_preset?;
    Some((preset.ceiling(is_destructive(name, tool.claims_destruction())), DecidedBy::Preset))
}

pub(crate) fn effective(
    project: &Project,
    row: &Installation,
    name: &str,
    tool: &Tool,
    viewer: i64,
) -> Effective {
    if !row.linked {
        let state = tool.stored_state;
        return Effective { state, ceiling: None, locked: false, decided_by: DecidedBy::Legacy };
    }
    let policy = &project.policy;
    let ceiling = ceiling(policy, &row.url, name, tool);
    let team = ceiling.map(|(state, _)| state);
    let destructive = is_destructive(name, tool.claims_destruction());
    let rule = policy.rules.iter().filter(|rule| rule.binds(name, destructive)).map(|rule| rule.effect).max();
    if let Some(state) = rule {
        return Effective { state, ceiling: team, locked: true, decided_by: DecidedBy::Rule };
    }
    let own = policy.choices.get(&(row.url.clone(), viewer, name.to_owned()));
    let stored =
        (tool.stored_state != ApprovalState::NeedsApproval).then_some((tool.stored_state, DecidedBy::Legacy));
    let preference = own.map(|state| (*state, DecidedBy::Scope)).or(stored);
    let (state, decided_by) = match (preference, ceiling) {
        (Some((wish, _)), Some((limit, by))) if wish < limit => (limit, by),
        (Some(chosen), _) => chosen,
        (None, Some(limit)) => limit,
        (None, None) => (ApprovalState::NeedsApproval, DecidedBy::Default),
    };
    Effective { state, ceiling: team, locked: team == Some(ApprovalState::DoNotUse), decided_by }
}

const DESTRUCTIVE_WORDS: [&str; 10] =
    ["delete", "remove", "drop", "destroy", "purge", "erase", "wipe", "truncate", "reset", "revoke"];

/// Generation C goes by the words of the name and the annotation.
pub(crate) fn is_destructive(name: &str, hint: bool) -> bool {
    hint || name
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| DESTRUCTIVE_WORDS.contains(&word.to_lowercase().as_str()))
}

/// Shell matching with `*` and `?`, case-sensitive.
fn fnmatch(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut backtrack: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == '*' {
            backtrack = Some((p, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == '?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((star, from)) = backtrack {
            backtrack = Some((star, from + 1));
            p = star + 1;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_like_a_shell() {
        assert!(fnmatch("delete_*", "delete_item"));
        assert!(fnmatch("*_item?", "a_item_items"));
        assert!(!fnmatch("delete_*", "undelete_item"));
        assert!(fnmatch("*", ""));
    }

    #[test]
    fn a_destructive_word_counts_only_as_a_whole_word() {
        assert!(is_destructive("delete_item", false));
        assert!(is_destructive("queue.Remove", false));
        assert!(!is_destructive("list_dropdowns", false));
        assert!(is_destructive("list_items", true));
    }
}
