//! Changing what the team's admins decided.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::{Complaint, Done, Outcome};
use crate::app::App;
use crate::model::ApprovalState;
use crate::policy::{Preset, Rule};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetPolicy {
    /// The sandbox's own project when absent.
    project: Option<i64>,
    /// Absent = as it is; null = none.
    #[serde(default, deserialize_with = "given")]
    member_preset: Option<Option<Preset>>,
    rules: Option<Vec<Rule>>,
    #[serde(default)]
    ceilings: Vec<Ceiling>,
    /// Slugs of servers switched off for the team; replaces the list.
    disabled_servers: Option<Vec<String>>,
    forbids_member_agents: Option<bool>,
    forbids_custom_servers: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ceiling {
    server: String,
    tool: String,
    /// Null lifts the ceiling.
    state: Option<ApprovalState>,
}

/// Tells a null from an absent field.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Preset>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

pub(super) async fn set_policy(State(app): State<App>, Json(body): Json<SetPolicy>) -> Outcome {
    let mut world = app.world();
    let url = |slug: &str| {
        let server = world.server(slug).ok_or_else(|| Complaint::unknown("server", slug))?;
        Ok::<_, Complaint>(server.url.clone())
    };
    let mut ceilings = Vec::new();
    for ceiling in body.ceilings {
        ceilings.push((url(&ceiling.server)?, ceiling.tool, ceiling.state));
    }
    let disabled = match &body.disabled_servers {
        Some(slugs) => Some(slugs.iter().map(|slug| url(slug)).collect::<Result<Vec<_>, _>>()?),
        None => None,
    };
    let id = body.project.unwrap_or(world.project);
    let project = world.project_mut(id).ok_or_else(|| Complaint::unknown("project", &id.to_string()))?;
    let policy = &mut project.policy;
    policy.member_preset = body.member_preset.unwrap_or(policy.member_preset);
    if let Some(rules) = body.rules {
        policy.rules = rules;
    }
    for (url, tool, state) in ceilings {
        match state {
            Some(state) => policy.ceilings.insert((url, tool), state),
            None => policy.ceilings.remove(&(url, tool)),
        };
    }
    if let Some(disabled) = disabled {
        policy.disabled_servers = disabled;
    }
    policy.forbids_member_agents = body.forbids_member_agents.unwrap_or(policy.forbids_member_agents);
    policy.forbids_custom_servers = body.forbids_custom_servers.unwrap_or(policy.forbids_custom_servers);
    Ok(Done)
}
