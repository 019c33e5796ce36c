//! What the control endpoint tells.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::{Done, Outcome};
use crate::app::App;

pub(super) async fn state(State(app): State<App>) -> Json<Value> {
    let mut world = app.world();
    world.catch_up();
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
}

pub(super) async fn requests(State(app): State<App>) -> Json<Value> {
    let world = app.world();
    Json(json!({ "counters": world.log.counters(), "requests": world.log.entries() }))
}

pub(super) async fn forget_requests(State(app): State<App>) -> Outcome {
    app.world().log.clear();
    Ok(Done)
}

/// Runs queued background syncs at once and answers when none is left.
pub(super) async fn settle(State(app): State<App>) -> Outcome {
    app.settled().await;
    Ok(Done)
}
