//! Reading a server's tools into PostHog's copy (contract 3.13).

use std::collections::HashSet;

use uuid::Uuid;

use crate::api::pause;
use crate::app::App;
use crate::jsonb;
use crate::model::{
    ApprovalState, AuthType, Installation, RefreshToken, Tool, UpstreamMode, UpstreamTool, World,
};
use crate::time::Micros;

/// Why a read did not succeed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SyncFailure {
    /// PostHog knows the reason and keeps it in `last_sync_error`.
    Reason(String),
    /// PostHog crashed: a 500, and no trace in the row.
    Crash,
}

/// Queues the read that follows an install or a connect.
pub(crate) fn schedule(app: &App, world: &World, row: Uuid) {
    let delay = world.speed.of_millis(world.sync_delay_ms);
    let app = app.clone();
    app.sync_queued();
    let mut hurried = app.hurried();
    tokio::spawn(async move {
        tokio::select! {
            () = pause(&app, delay) => {}
            _ = hurried.changed() => {}
        }
        if let Err(failure) = read(&app, row).await {
            tracing::debug!(?failure, "a background sync failed");
        }
        app.sync_done();
    });
}

/// Reads a server now, at the server's own pace.
pub(crate) async fn read(app: &App, id: Uuid) -> Result<(), SyncFailure> {
    let delay = {
        let world = app.world();
        let url = world.installation(id).map(|row| row.url.as_str()).unwrap_or_default();
        world.server_by_url(url).map_or(0, |server| server.delay_ms)
    };
    if delay > 0 {
        pause(app, delay).await;
    }
    let mut world = app.world();
    world.catch_up();
    let now = world.now();
    let outcome = match offered(&mut world, id) {
        Ok(tools) => store(&mut world, id, &tools, now),
        Err(failure) => Err(failure),
    };
    if let Some(row) = world.installation_mut(id) {
        match &outcome {
            Ok(()) => {
                row.last_synced_at = Some(now);
                row.last_sync_error.clear();
            }
            Err(SyncFailure::Reason(reason)) => row.last_sync_error = reason.chars().take(500).collect(),
            Err(SyncFailure::Crash) => {}
        }
    }
    outcome
}

/// What the server offers to this row's credentials.
fn offered(world: &mut World, id: Uuid) -> Result<Vec<UpstreamTool>, SyncFailure> {
    let reason = |text: &str| Err(SyncFailure::Reason(text.to_owned()));
    renew_access(world, id)?;
    let Some(row) = world.installation(id) else { return Err(SyncFailure::Crash) };
    let Some(server) = world.server_by_url(&row.url) else {
        return reason("Upstream MCP server unreachable");
    };
    match &server.mode {
        UpstreamMode::Fail(text) => return reason(text),
        UpstreamMode::Crash => return Err(SyncFailure::Crash),
        UpstreamMode::Ok => {}
    }
    let is_accepted = match row.auth_type {
        AuthType::ApiKey => server.accepted_keys.is_empty() || server.accepted_keys.contains(&row.api_key),
        AuthType::Oauth => row.tokens.is_some(),
    };
    if !is_accepted {
        return reason("Upstream initialize returned status 401");
    }
    Ok(server.tools.clone())
}

/// A connection marked for a new login is tried once more with its refresh token, and recovers by itself
/// when that works (contract 13.1, section 4.1).
fn renew_access(world: &mut World, id: Uuid) -> Result<(), SyncFailure> {
    let now = world.now();
    let Some(row) = world.installation_mut(id).filter(|row| row.needs_reauth) else { return Ok(()) };
    let refused = match row.tokens {
        Some(RefreshToken::Valid) => {
            row.needs_reauth = false;
            row.updated_at = now;
            return Ok(());
        }
        Some(RefreshToken::Rejected) => "Token refresh failed: Token refresh rejected by the provider",
        Some(RefreshToken::None) | None => "Token refresh failed: No refresh token available",
    };
    Err(SyncFailure::Reason(refused.to_owned()))
}

/// Writes the offered tools row by row, as the server does: a crash half-way leaves a half-written list.
fn store(world: &mut World, id: Uuid, offered: &[UpstreamTool], now: Micros) -> Result<(), SyncFailure> {
    let Some(row) = world.installation_mut(id) else { return Err(SyncFailure::Crash) };
    let too_long = |text: &str| text.chars().count() > 200;
    let mut new: HashSet<&str> = HashSet::new();
    for tool in offered {
        let has_nul = [&tool.name, &tool.title, &tool.description].iter().any(|text| text.contains('\0'));
        if too_long(&tool.name) || too_long(&tool.title) || has_nul {
            return Err(SyncFailure::Crash);
        }
        if !row.tools.contains_key(&tool.name) {
            new.insert(&tool.name);
            row.tools.insert(tool.name.clone(), fresh(tool, now));
        } else if new.contains(tool.name.as_str()) {
            // Two copies of a new tool: the second insert hits the unique index.
            return Err(SyncFailure::Crash);
        } else {
            renew(row, tool, now);
        }
    }
    let seen: HashSet<&str> = offered.iter().map(|tool| tool.name.as_str()).collect();
    for (name, tool) in &mut row.tools {
        if tool.removed_at.is_none() && !seen.contains(name.as_str()) {
            tool.removed_at = Some(now);
            tool.updated_at = now;
        }
    }
    Ok(())
}

fn fresh(tool: &UpstreamTool, now: Micros) -> Tool {
    Tool {
        id: Uuid::now_v7(),
        title: tool.title.clone(),
        description: tool.description.clone(),
        schema: jsonb::stored(&tool.input_schema),
        annotations: tool.claims(),
        stored_state: ApprovalState::NeedsApproval,
        last_seen_at: now,
        removed_at: None,
        created_at: now,
        updated_at: now,
    }
}

/// A known tool takes its new definition and keeps its state.
fn renew(row: &mut Installation, tool: &UpstreamTool, now: Micros) {
    if let Some(known) = row.tools.get_mut(&tool.name) {
        known.title.clone_from(&tool.title);
        known.description.clone_from(&tool.description);
        known.schema = jsonb::stored(&tool.input_schema);
        known.annotations = tool.claims();
        known.last_seen_at = now;
        known.removed_at = None;
        known.updated_at = now;
    }
}
