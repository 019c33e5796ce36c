//! Changing an MCP server and its login provider.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;

use super::{Complaint, Done, Outcome};
use crate::app::App;
use crate::model::{ProviderMode, UpstreamMode, UpstreamTool};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tools {
    tools: Vec<UpstreamTool>,
}

pub(super) async fn set_tools(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Tools>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    server.tools = body.tools;
    server.withdrawn.clear();
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneTool {
    tool: UpstreamTool,
}

/// Adds a tool, or rewrites the one of that name.
pub(super) async fn put_tool(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<OneTool>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    server.withdrawn.retain(|tool| tool.name != body.tool.name);
    match server.tools.iter_mut().find(|tool| tool.name == body.tool.name) {
        Some(tool) => *tool = body.tool,
        None => server.tools.push(body.tool),
    }
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Name {
    name: String,
}

pub(super) async fn remove_tool(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Name>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    let Some(index) = server.tools.iter().position(|tool| tool.name == body.name) else {
        return Err(Complaint::unknown("tool", &body.name));
    };
    let tool = server.tools.remove(index);
    server.withdrawn.push(tool);
    Ok(Done)
}

/// Offers a removed tool again, as it was.
pub(super) async fn restore_tool(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Name>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    let Some(index) = server.withdrawn.iter().position(|tool| tool.name == body.name) else {
        return Err(Complaint::unknown("removed tool", &body.name));
    };
    let tool = server.withdrawn.remove(index);
    server.tools.push(tool);
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Upstream {
    mode: Option<UpstreamMode>,
    delay_ms: Option<u64>,
}

pub(super) async fn set_upstream(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Upstream>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    server.mode = body.mode.unwrap_or_else(|| server.mode.clone());
    server.delay_ms = body.delay_ms.unwrap_or(server.delay_ms);
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    mode: ProviderMode,
}

pub(super) async fn set_provider(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Provider>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    server.provider = body.mode;
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Active {
    active: bool,
}

pub(super) async fn set_active(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Active>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    server.active = body.active;
    Ok(Done)
}
