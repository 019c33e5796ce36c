//! What agents are offered, with what each server claims about its tools (contract 3.17).

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Call;
use super::installations::{is_visible, name};
use crate::answer::{Answer, Refusal, ok};
use crate::model::{ApprovalState, AuthType, Installation, Project, RefreshToken, World};
use crate::policy;

#[derive(Serialize)]
struct Body<'w> {
    servers: Vec<ServerBody<'w>>,
}

#[derive(Serialize)]
struct ServerBody<'w> {
    installation_id: Uuid,
    name: &'w str,
    slug: String,
    tools: Vec<ToolBody<'w>>,
}

#[derive(Serialize)]
struct ToolBody<'w> {
    name: &'w str,
    description: &'w str,
    input_schema: &'w RawValue,
    annotations: &'w Map<String, Value>,
    approval_state: ApprovalState,
}

/// Servers by installation id, their tools by name; none without a tool that may be called.
pub(super) fn list(world: &mut World, call: &Call<'_>) -> Answer {
    renew(world, call);
    let project = world.project(call.project).ok_or_else(Refusal::crash)?;
    let mut rows: Vec<&Installation> =
        world.installations.iter().filter(|row| is_visible(row, call) && is_usable(row, project)).collect();
    rows.sort_by_key(|row| row.id);
    let bases: Vec<String> = rows.iter().map(|row| base(name(world, row))).collect();
    let slug = |index: usize, row: &Installation| {
        let base = &bases[index];
        if bases.iter().filter(|other| *other == base).count() == 1 {
            return base.clone();
        }
        let id = row.id.simple().to_string();
        format!("{base}--{}", &id[id.len() - 6..])
    };
    let servers = rows.iter().enumerate().map(|(index, row)| ServerBody {
        installation_id: row.id,
        name: name(world, row),
        slug: slug(index, row),
        tools: tools(project, row, call.person),
    });
    Ok(ok(&Body { servers: servers.filter(|server| !server.tools.is_empty()).collect() }))
}

/// Asking renews access that can be renewed (contract 4.1).
fn renew(world: &mut World, call: &Call<'_>) {
    for row in world.installations.iter_mut().filter(|row| is_visible(row, call)) {
        if row.needs_reauth && row.tokens == Some(RefreshToken::Valid) {
            row.needs_reauth = false;
            row.updated_at = call.now;
        }
    }
}

fn is_usable(row: &Installation, project: &Project) -> bool {
    let is_authorised = match row.auth_type {
        AuthType::ApiKey => !row.api_key.is_empty(),
        AuthType::Oauth => row.tokens.is_some() && !row.needs_reauth,
    };
    row.enabled && is_authorised && !project.policy.disabled_servers.contains(&row.url)
}

/// In lower case, with one dash for everything that is neither a letter nor a digit.
fn base(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

fn tools<'w>(project: &Project, row: &'w Installation, viewer: i64) -> Vec<ToolBody<'w>> {
    let live = row.tools.iter().filter(|(_, tool)| tool.removed_at.is_none());
    let bodies = live.map(|(name, tool)| ToolBody {
        name,
        description: &tool.description,
        input_schema: &tool.schema,
        annotations: &tool.annotations,
        approval_state: policy::effective(project, row, name, tool, viewer).state,
    });
    bodies.filter(|tool| tool.approval_state != ApprovalState::DoNotUse).collect()
}
