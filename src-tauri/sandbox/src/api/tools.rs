//! An installation's tools: list, decide, refresh (contract 3.11 to 3.13).

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::Call;
use super::installations::{find, owned_only};
use crate::answer::{Answer, Refusal, ok, results};
use crate::generation::Generation;
use crate::model::{ApprovalState, Installation, Tool, World};
use crate::policy::{self, DecidedBy};
use crate::sync::{self, SyncFailure};
use crate::time;

/// The wire order of the fields is that of contract 2.3.
#[derive(Serialize)]
struct ToolBody<'w> {
    id: Uuid,
    tool_name: &'w str,
    display_name: &'w str,
    description: &'w str,
    input_schema: &'w RawValue,
    approval_state: ApprovalState,
    team_state: Option<ApprovalState>,
    locked: bool,
    decided_by: DecidedBy,
    last_seen_at: String,
    removed_at: Option<String>,
    created_at: String,
    updated_at: String,
}

const STATES: [(&str, ApprovalState); 3] = [
    ("approved", ApprovalState::Approved),
    ("needs_approval", ApprovalState::NeedsApproval),
    ("do_not_use", ApprovalState::DoNotUse),
];

fn body<'w>(
    world: &World,
    call: &Call<'_>,
    row: &Installation,
    name: &'w str,
    tool: &'w Tool,
) -> Result<ToolBody<'w>, Refusal> {
    let project = world.project(row.project).ok_or_else(Refusal::crash)?;
    let effective = policy::effective(project, row, name, tool, call.person);
    Ok(ToolBody {
        id: tool.id,
        tool_name: name,
        display_name: &tool.title,
        description: &tool.description,
        input_schema: &tool.schema,
        // Before there were rules, the stored value was all there is.
        approval_state: if call.generation < Generation::B { tool.stored_state } else { effective.state },
        team_state: effective.ceiling,
        locked: effective.locked,
        decided_by: effective.decided_by,
        last_seen_at: time::format(tool.last_seen_at),
        removed_at: tool.removed_at.map(time::format),
        created_at: time::format(tool.created_at),
        updated_at: time::format(tool.updated_at),
    })
}

fn bodies(world: &World, call: &Call<'_>, row: &Installation, include_removed: bool) -> Answer {
    let shown = row.tools.iter().filter(|(_, tool)| include_removed || tool.removed_at.is_none());
    let rows = shown.map(|(name, tool)| body(world, call, row, name, tool)).collect::<Result<Vec<_>, _>>()?;
    Ok(results(&rows))
}

pub(super) fn list(world: &World, call: &Call<'_>, id: &str) -> Answer {
    let row = find(world, call, id)?;
    bodies(world, call, row, call.request.param("include_removed") == Some("1"))
}

pub(super) fn update(world: &mut World, call: &Call<'_>, id: &str, name: &str) -> Answer {
    let wanted = call.fields()?.choice("approval_state", true, &STATES)?.ok_or_else(Refusal::crash)?;
    let row = find(world, call, id)?;
    owned_only(row, call)?;
    let (id, url) = (row.id, row.url.clone());
    let not_found = || Refusal::detail(StatusCode::NOT_FOUND, "Tool not found");
    let tool = row.tools.get(name).ok_or_else(not_found)?;
    let project = world.project(call.project).ok_or_else(Refusal::crash)?;
    let ceiling = policy::ceiling(&project.policy, &url, name, tool);
    if call.generation >= Generation::B && ceiling.is_some_and(|(limit, _)| wanted < limit) {
        let detail = "A team admin set a stricter ceiling for this tool. Choose the ceiling or a more restrictive state.";
        return Err(Refusal::invalid("invalid_input", detail, "approval_state"));
    }
    if tool.stored_state != wanted {
        store_choice(world, call, id, url, name, wanted);
    }
    let row = world.installation(id).ok_or_else(not_found)?;
    let tool = row.tools.get(name).ok_or_else(not_found)?;
    Ok(ok(&body(world, call, row, name, tool)?))
}

/// Writes the row's value and the person's own policy for the server's URL, which outlives the row.
fn store_choice(
    world: &mut World,
    call: &Call<'_>,
    id: Uuid,
    url: String,
    name: &str,
    wanted: ApprovalState,
) {
    if let Some(tool) = world.installation_mut(id).and_then(|row| row.tools.get_mut(name)) {
        tool.stored_state = wanted;
        tool.updated_at = call.now;
    }
    if let Some(project) = world.project_mut(call.project) {
        project.policy.choices.insert((url, call.person, name.to_owned()), wanted);
    }
}

pub(super) async fn refresh(call: &Call<'_>, id: &str) -> Answer {
    let id = {
        let world = call.app.world();
        let row = find(&world, call, id)?;
        owned_only(row, call)?;
        if !row.enabled {
            return Err(Refusal::detail(StatusCode::BAD_REQUEST, "Installation is disabled"));
        }
        row.id
    };
    match sync::read(call.app, id).await {
        Ok(()) => {
            let world = call.app.world();
            let row = world.installation(id).ok_or_else(|| Refusal::not_found("Not found."))?;
            bodies(&world, call, row, false)
        }
        Err(SyncFailure::Crash) => Err(Refusal::crash()),
        Err(SyncFailure::Reason(reason)) => {
            let detail = format!("Could not refresh tools from the upstream MCP server: {reason}");
            Err(Refusal::detail(StatusCode::BAD_GATEWAY, detail))
        }
    }
}
