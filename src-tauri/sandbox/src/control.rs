//! The control endpoint: how tests and the app change the sandbox while it runs.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::faults::Fault;
use crate::model::{ApprovalState, ProviderMode, RefreshToken, UpstreamMode, UpstreamTool};
use crate::policy::{Preset, Rule};
use crate::secret::same_secret;
use crate::time::SECOND;

pub(crate) fn router(app: &App) -> Router<App> {
    let routes = Router::new()
        .route("/state", get(state))
        .route("/requests", get(requests).delete(forget_requests))
        .route("/settle", post(settle))
        .route("/servers/{slug}/tools", post(set_tools))
        .route("/servers/{slug}/tools/put", post(put_tool))
        .route("/servers/{slug}/tools/remove", post(remove_tool))
        .route("/servers/{slug}/tools/restore", post(restore_tool))
        .route("/servers/{slug}/upstream", post(set_upstream))
        .route("/servers/{slug}/provider", post(set_provider))
        .route("/servers/{slug}/active", post(set_active))
        .route("/installations/{id}/needs_reauth", post(needs_reauth))
        .route("/clock/advance", post(advance_clock))
        .route("/throttle", post(set_throttle))
        .route("/sync", post(set_sync))
        .route("/faults", post(add_fault))
        .route("/faults", delete(clear_faults))
        .route("/browser", post(set_browser))
        .route("/policy", post(set_policy));
    Router::new().nest("/__control", routes.layer(from_fn_with_state(app.clone(), guard)))
}

/// The token, and the Host of this very server: a page of another origin that rebinds its name to
/// loopback knows neither.
async fn guard(State(app): State<App>, headers: HeaderMap, request: Request, next: Next) -> Response {
    let text = |name| {
        headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok()).unwrap_or_default()
    };
    if text(header::HOST) != app.host {
        return refuse(StatusCode::MISDIRECTED_REQUEST, "the Host header is not this server's");
    }
    let token = text(header::AUTHORIZATION).strip_prefix("Bearer ").unwrap_or_default();
    if !same_secret(token, &app.control_token) {
        return refuse(StatusCode::UNAUTHORIZED, "the control token is missing or wrong");
    }
    next.run(request).await
}

fn refuse(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

fn done() -> Response {
    Json(json!({ "ok": true })).into_response()
}

fn unknown(what: &str, name: &str) -> Response {
    refuse(StatusCode::NOT_FOUND, &format!("there is no {what} {name}"))
}

async fn state(State(app): State<App>) -> Response {
    let world = app.world();
    let people: Vec<_> =
        world.people.iter().map(|person| json!({"id": person.id, "handle": person.handle})).collect();
    let servers: Vec<_> = world
        .servers
        .iter()
        .map(|server| {
            json!({
                "slug": server.slug, "name": server.name, "url": server.url, "template_id": server.template_id,
                "active": server.active, "upstream": server.mode, "delay_ms": server.delay_ms,
                "provider": server.provider, "tools": server.tools,
            })
        })
        .collect();
    let slug = |url: &str| world.server_by_url(url).map(|server| server.slug.clone());
    let rows: Vec<_> = world
        .installations
        .iter()
        .map(|row| {
            json!({
                "id": row.id, "project": row.project, "person": row.owner, "server": slug(&row.url),
                "connected": row.tokens.is_some(), "needs_reauth": row.needs_reauth,
            })
        })
        .collect();
    let keys: Vec<_> = world.keys.iter().map(|key| json!({"name": key.name, "key": key.token})).collect();
    Json(json!({
        "now": crate::time::format(world.now()), "signed_in": world.signed_in, "people": people, "keys": keys,
        "servers": servers, "installations": rows,
    }))
    .into_response()
}

async fn requests(State(app): State<App>) -> Response {
    let world = app.world();
    Json(json!({ "counters": world.log.counters(), "requests": world.log.entries() })).into_response()
}

async fn forget_requests(State(app): State<App>) -> Response {
    app.world().log.clear();
    done()
}

/// Answers when no background sync is queued or running.
async fn settle(State(app): State<App>) -> Response {
    app.settled().await;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tools {
    tools: Vec<UpstreamTool>,
}

async fn set_tools(State(app): State<App>, Path(slug): Path<String>, Json(body): Json<Tools>) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    server.tools = body.tools;
    server.withdrawn.clear();
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneTool {
    tool: UpstreamTool,
}

/// Adds a tool, or rewrites the one of that name.
async fn put_tool(State(app): State<App>, Path(slug): Path<String>, Json(body): Json<OneTool>) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    server.withdrawn.retain(|tool| tool.name != body.tool.name);
    match server.tools.iter_mut().find(|tool| tool.name == body.tool.name) {
        Some(tool) => *tool = body.tool,
        None => server.tools.push(body.tool),
    }
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    name: String,
}

async fn remove_tool(State(app): State<App>, Path(slug): Path<String>, Json(body): Json<Name>) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    let Some(index) = server.tools.iter().position(|tool| tool.name == body.name) else {
        return unknown("tool", &body.name);
    };
    let tool = server.tools.remove(index);
    server.withdrawn.push(tool);
    done()
}

/// Offers a removed tool again, as it was.
async fn restore_tool(State(app): State<App>, Path(slug): Path<String>, Json(body): Json<Name>) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    let Some(index) = server.withdrawn.iter().position(|tool| tool.name == body.name) else {
        return unknown("removed tool", &body.name);
    };
    let tool = server.withdrawn.remove(index);
    server.tools.push(tool);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Upstream {
    mode: Option<UpstreamMode>,
    delay_ms: Option<u64>,
}

async fn set_upstream(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Upstream>,
) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    server.mode = body.mode.unwrap_or_else(|| server.mode.clone());
    server.delay_ms = body.delay_ms.unwrap_or(server.delay_ms);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Provider {
    mode: ProviderMode,
}

async fn set_provider(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Provider>,
) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    server.provider = body.mode;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Active {
    active: bool,
}

async fn set_active(State(app): State<App>, Path(slug): Path<String>, Json(body): Json<Active>) -> Response {
    let mut world = app.world();
    let Some(server) = world.server_mut(&slug) else { return unknown("server", &slug) };
    server.active = body.active;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedsReauth {
    /// What PostHog's attempts to renew the access meet.
    #[serde(default = "rejected")]
    refresh_token: RefreshToken,
}

fn rejected() -> RefreshToken {
    RefreshToken::Rejected
}

async fn needs_reauth(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(body): Json<NeedsReauth>,
) -> Response {
    let mut world = app.world();
    let now = world.now();
    let Some(row) = world.installation_mut(id) else { return unknown("installation", &id.to_string()) };
    row.needs_reauth = true;
    row.tokens = Some(body.refresh_token);
    row.updated_at = now;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u32,
}

async fn advance_clock(State(app): State<App>, Json(body): Json<Advance>) -> Response {
    app.world().clock.advance(i64::from(body.seconds) * SECOND);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetThrottle {
    enabled: Option<bool>,
    scale: Option<f64>,
    #[serde(default)]
    reset: bool,
}

async fn set_throttle(State(app): State<App>, Json(body): Json<SetThrottle>) -> Response {
    if body.scale.is_some_and(|scale| !(scale.is_finite() && scale > 0.0)) {
        return refuse(StatusCode::BAD_REQUEST, "scale must be above zero");
    }
    let mut world = app.world();
    let throttle = &mut world.throttle;
    throttle.enabled = body.enabled.unwrap_or(throttle.enabled);
    throttle.scale = body.scale.unwrap_or(throttle.scale);
    if body.reset {
        throttle.forget();
    }
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetSync {
    delay_ms: u64,
}

async fn set_sync(State(app): State<App>, Json(body): Json<SetSync>) -> Response {
    app.world().sync_delay_ms = body.delay_ms;
    done()
}

async fn add_fault(State(app): State<App>, Json(fault): Json<Fault>) -> Response {
    app.world().faults.add(fault);
    done()
}

async fn clear_faults(State(app): State<App>) -> Response {
    app.world().faults.clear();
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Browser {
    /// A handle, or null to sign every browser out.
    signed_in: Option<String>,
}

async fn set_browser(State(app): State<App>, Json(body): Json<Browser>) -> Response {
    let mut world = app.world();
    let Some(handle) = body.signed_in else {
        world.signed_in = None;
        world.sessions.clear();
        return done();
    };
    let Some(person) = world.person_by_handle(&handle).map(|person| person.id) else {
        return unknown("person", &handle);
    };
    world.signed_in = Some(person);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetPolicy {
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

async fn set_policy(State(app): State<App>, Json(body): Json<SetPolicy>) -> Response {
    let mut world = app.world();
    let url = |slug: &str| {
        world.server(slug).map(|server| server.url.clone()).ok_or_else(|| unknown("server", slug))
    };
    let ceilings: Result<Vec<_>, _> = body
        .ceilings
        .into_iter()
        .map(|ceiling| Ok((url(&ceiling.server)?, ceiling.tool, ceiling.state)))
        .collect();
    let disabled =
        body.disabled_servers.map(|slugs| slugs.iter().map(|slug| url(slug)).collect::<Result<Vec<_>, _>>());
    let (ceilings, disabled) = match (ceilings, disabled.transpose()) {
        (Ok(ceilings), Ok(disabled)) => (ceilings, disabled),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let id = body.project.unwrap_or(world.project);
    let Some(project) = world.project_mut(id) else { return unknown("project", &id.to_string()) };
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
    done()
}
