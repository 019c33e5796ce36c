//! The control endpoint: how tests and the app change the sandbox while it runs.

mod generated;
mod policy;
mod posthog;
mod servers;
mod tools;
mod views;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

use crate::app::App;
use crate::secret::same_secret;

pub(crate) fn router(app: &App) -> Router<App> {
    let routes = Router::new()
        .route("/state", get(views::state))
        .route("/requests", get(views::requests).delete(views::forget_requests))
        .route("/settle", post(views::settle))
        .route("/servers/{slug}/tools", post(tools::set))
        .route("/servers/{slug}/tools/put", post(tools::put))
        .route("/servers/{slug}/tools/remove", post(tools::remove))
        .route("/servers/{slug}/tools/restore", post(tools::restore))
        .route("/servers/{slug}/tools/rewrite", post(tools::rewrite))
        .route("/servers/{slug}/generate", post(tools::generate))
        .route("/servers/{slug}/upstream", post(servers::set_upstream))
        .route("/servers/{slug}/provider", post(servers::set_provider))
        .route("/servers/{slug}/flows", post(servers::set_flows))
        .route("/servers/{slug}/active", post(servers::set_active))
        .route("/installations/{id}/needs_reauth", post(posthog::needs_reauth))
        .route("/installations/{id}/unlink", post(posthog::unlink))
        .route("/people/{handle}/level", post(posthog::set_level))
        .route("/clock", post(posthog::set_clock))
        .route("/generation", post(posthog::set_generation))
        .route("/speed", post(posthog::set_speed))
        .route("/throttle", post(posthog::set_throttle))
        .route("/sync", post(posthog::set_sync))
        .route("/faults", post(posthog::add_fault).delete(posthog::clear_faults))
        .route("/browser", post(posthog::set_browser))
        .route("/policy", post(policy::set_policy));
    Router::new().nest("/__control", routes.layer(from_fn_with_state(app.clone(), guard)))
}

/// A change was made.
struct Done;

/// Why nothing was changed.
struct Complaint(StatusCode, String);

type Outcome = Result<Done, Complaint>;

impl Complaint {
    fn bad(error: &str) -> Self {
        Self(StatusCode::BAD_REQUEST, error.to_owned())
    }

    fn unknown(what: &str, name: &str) -> Self {
        Self(StatusCode::NOT_FOUND, format!("there is no {what} {name}"))
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        Json(json!({ "ok": true })).into_response()
    }
}

impl IntoResponse for Complaint {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

/// The token, and the Host of this very server: a page of another origin that rebinds its name to
/// loopback knows neither.
async fn guard(State(app): State<App>, headers: HeaderMap, request: Request, next: Next) -> Response {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if text(header::HOST) != app.host {
        let error = "the Host header is not this server's".to_owned();
        return Complaint(StatusCode::MISDIRECTED_REQUEST, error).into_response();
    }
    let token = text(header::AUTHORIZATION).strip_prefix("Bearer ").unwrap_or_default();
    if !same_secret(token, &app.control_token) {
        let error = "the control token is missing or wrong".to_owned();
        return Complaint(StatusCode::UNAUTHORIZED, error).into_response();
    }
    next.run(request).await
}
