//! What an older generation answers, made from what C answers. As documented (contract 2, 9), not recorded.

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::http::header;
use axum::response::Response;
use serde_json::value::RawValue;

use super::route::{Action, Route};
use crate::answer::Refusal;
use crate::generation::Generation;

type Object = BTreeMap<String, Box<RawValue>>;

/// Where a route leads in that generation; `None`: it is not there yet.
pub(super) fn route(generation: Generation, route: Route) -> Option<Route> {
    match route.action {
        Action::Share(_) | Action::Unshare(_) | Action::Icon if generation < Generation::B => None,
        // Read as the id of an installation, which it is not.
        Action::AvailableTools if generation < Generation::C => {
            Some(Route { action: Action::Installation("available_tools".into()), ..route })
        }
        _ => Some(route),
    }
}

/// The words of a refusal in that generation.
pub(super) fn words(generation: Generation, refusal: Refusal) -> Refusal {
    let Refusal::Detail(status, detail) = refusal else { return refusal };
    let older = match detail.as_str() {
        "Template OAuth client is not configured" | "Template is missing OAuth metadata"
            if generation < Generation::B =>
        {
            "Template is missing OAuth credentials"
        }
        "Template missing OAuth metadata" if generation < Generation::B => {
            "Template missing OAuth credentials"
        }
        "Template OAuth client is not configured" if generation == Generation::B => {
            "Template is missing OAuth metadata"
        }
        text if generation < Generation::C && text.starts_with(REFRESH) => REFRESH,
        text => text,
    };
    Refusal::Detail(status, older.to_owned())
}

/// A failed refresh; only C adds a colon and the reason.
const REFRESH: &str = "Could not refresh tools from the upstream MCP server";

/// Takes away the fields that came later.
pub(super) async fn fields(generation: Generation, response: Response) -> Result<Response, Refusal> {
    let is_json =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value == "application/json");
    if generation == Generation::C || !is_json {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|_| Refusal::crash())?;
    let mut top: Object = serde_json::from_slice(&body).map_err(|_| Refusal::crash())?;
    let rows = top.get("results").and_then(|rows| serde_json::from_str::<Vec<Object>>(rows.get()).ok());
    match rows {
        Some(mut rows) => {
            rows.iter_mut().for_each(|row| strip(generation, row));
            let rows = serde_json::value::to_raw_value(&rows).map_err(|_| Refusal::crash())?;
            top.insert("results".into(), rows);
        }
        None => strip(generation, &mut top),
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = serde_json::to_vec(&top).map_err(|_| Refusal::crash())?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Keys that came with a generation, by the key that tells what kind of row it is.
const CAME: [(&str, Generation, &[&str]); 5] = [
    ("proxy_url", Generation::A, &["icon_key", "tool_count"]),
    ("proxy_url", Generation::B, &["icon_domain", "scope", "is_owner"]),
    ("proxy_url", Generation::C, &["last_synced_at", "last_sync_error"]),
    ("tool_name", Generation::B, &["team_state", "locked", "decided_by"]),
    // Whether A has the last two is not documented; a client must do without.
    ("docs_url", Generation::B, &["icon_domain", "category", "docs_url"]),
];

fn strip(generation: Generation, row: &mut Object) {
    for (kind, since, keys) in CAME {
        if generation < since && row.contains_key(kind) {
            row.retain(|key, _| !keys.contains(&key.as_str()));
        }
    }
}
