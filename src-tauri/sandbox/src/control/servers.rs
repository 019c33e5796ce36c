//! Changing how an MCP server and its login provider answer.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;

use super::{Complaint, Done, Outcome};
use crate::app::App;
use crate::model::{OauthFailure, ProviderMode, UpstreamMode};

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Flows {
    /// Null: flows start again.
    failure: Option<OauthFailure>,
}

/// Why no flow can start with this server from now on.
pub(super) async fn set_flows(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Flows>,
) -> Outcome {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return Err(Complaint::unknown("server", &slug)) };
    server.oauth_failure = body.failure;
    Ok(Done)
}
