//! Changing PostHog itself: rows, time, limits, failures, sessions.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use uuid::Uuid;

use super::{Complaint, Done, Outcome};
use crate::app::App;
use crate::faults::Fault;
use crate::generation::Generation;
use crate::model::{Level, RefreshToken};
use crate::time::{SECOND, Speed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedsReauth {
    /// What PostHog's attempts to renew the access meet.
    #[serde(default = "rejected")]
    refresh_token: RefreshToken,
}

fn rejected() -> RefreshToken {
    RefreshToken::Rejected
}

pub(super) async fn needs_reauth(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(body): Json<NeedsReauth>,
) -> Outcome {
    let mut world = app.world();
    let now = world.now();
    let Some(row) = world.installation_mut(id) else {
        return Err(Complaint::unknown("installation", &id.to_string()));
    };
    row.needs_reauth = true;
    row.tokens = Some(body.refresh_token);
    row.updated_at = now;
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Makes a row one from before the gateway.
pub(super) async fn unlink(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(Nothing {}): Json<Nothing>,
) -> Outcome {
    let mut world = app.world();
    let row = world.installation_mut(id);
    row.ok_or_else(|| Complaint::unknown("installation", &id.to_string()))?.linked = false;
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetLevel {
    level: Level,
}

/// Changes a person's rank in the organisations they belong to.
pub(super) async fn set_level(
    State(app): State<App>,
    Path(handle): Path<String>,
    Json(body): Json<SetLevel>,
) -> Outcome {
    let mut world = app.world();
    let person = world.people.iter_mut().find(|person| person.handle == handle);
    let person = person.ok_or_else(|| Complaint::unknown("person", &handle))?;
    person.memberships.iter_mut().for_each(|(_, level)| *level = body.level);
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetClock {
    /// How far to move it forward.
    #[serde(default)]
    advance_seconds: u32,
    /// Whether it stands still from now on.
    hold: Option<bool>,
}

pub(super) async fn set_clock(State(app): State<App>, Json(body): Json<SetClock>) -> Outcome {
    let mut world = app.world();
    world.clock.advance(i64::from(body.advance_seconds) * SECOND);
    if let Some(hold) = body.hold {
        world.clock.hold(hold);
    }
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetGeneration {
    generation: Generation,
}

pub(super) async fn set_generation(State(app): State<App>, Json(body): Json<SetGeneration>) -> Outcome {
    app.world().generation = body.generation;
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetSpeed {
    /// How many times faster than documented PostHog's waits pass.
    factor: f64,
}

pub(super) async fn set_speed(State(app): State<App>, Json(body): Json<SetSpeed>) -> Outcome {
    let speed = Speed::new(body.factor).ok_or_else(|| Complaint::bad("factor must be above zero"))?;
    app.world().speed = speed;
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetThrottle {
    enabled: Option<bool>,
    scale: Option<f64>,
    #[serde(default)]
    reset: bool,
}

pub(super) async fn set_throttle(State(app): State<App>, Json(body): Json<SetThrottle>) -> Outcome {
    if body.scale.is_some_and(|scale| !(scale.is_finite() && scale > 0.0)) {
        return Err(Complaint::bad("scale must be above zero"));
    }
    let mut world = app.world();
    let throttle = &mut world.throttle;
    throttle.enabled = body.enabled.unwrap_or(throttle.enabled);
    throttle.scale = body.scale.unwrap_or(throttle.scale);
    if body.reset {
        throttle.forget();
    }
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetSync {
    delay_ms: u64,
}

pub(super) async fn set_sync(State(app): State<App>, Json(body): Json<SetSync>) -> Outcome {
    app.world().sync_delay_ms = body.delay_ms;
    Ok(Done)
}

pub(super) async fn add_fault(State(app): State<App>, Json(fault): Json<Fault>) -> Outcome {
    app.world().faults.add(fault);
    Ok(Done)
}

pub(super) async fn clear_faults(State(app): State<App>) -> Outcome {
    app.world().faults.clear();
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Browser {
    /// A handle, or null to sign every browser out.
    signed_in: Option<String>,
}

pub(super) async fn set_browser(State(app): State<App>, Json(body): Json<Browser>) -> Outcome {
    let mut world = app.world();
    let Some(handle) = body.signed_in else {
        world.signed_in = None;
        world.sessions.clear();
        return Ok(Done);
    };
    let Some(person) = world.person_by_handle(&handle).map(|person| person.id) else {
        return Err(Complaint::unknown("person", &handle));
    };
    world.signed_in = Some(person);
    Ok(Done)
}
