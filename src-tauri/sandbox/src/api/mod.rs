//! PostHog's HTTP API: the calls of contract 3 and 7 that a management client makes.

mod accounts;
mod auth;
mod available;
mod fields;
mod flow;
mod icon;
mod install;
mod installations;
mod older;
mod redirect;
mod request;
mod route;
mod sharing;
mod target;
mod tools;

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::answer::{Answer, Refusal, json};
use crate::app::App;
use crate::cut;
use crate::faults::FaultKind;
use crate::generation::Generation;
use crate::log::Logged;
use crate::model::World;
use crate::time::{self, Micros};
use fields::Fields;
use request::{Parsed, Request};
use route::{Action, Route};

pub(crate) use flow::redirect_uri;
pub(crate) use redirect::browser_person;
pub(crate) use request::Request as ApiRequest;

/// More than any call of this API takes.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// A permitted call, on its way to its view.
pub(crate) struct Call<'a> {
    pub(crate) app: &'a App,
    pub(crate) request: &'a Request,
    pub(crate) person: i64,
    /// 0 on routes outside a project.
    pub(crate) project: i64,
    pub(crate) now: Micros,
    pub(crate) generation: Generation,
    body: Parsed,
}

impl Call<'_> {
    fn fields(&self) -> Result<Fields, Refusal> {
        Fields::of(self.body.clone())
    }
}

/// Answers any request under `/api`.
pub(crate) async fn handle(State(app): State<App>, request: axum::extract::Request) -> Response {
    let (parts, body) = request.into_parts();
    let is_head = parts.method == axum::http::Method::HEAD;
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = Request::new(parts.method.as_str(), &parts.uri, parts.headers, body);
    let fault = {
        let mut world = app.world();
        world.log.arrived(&request.method, &request.path);
        world.faults.take(&request.method, &request.path)
    };
    let late = if let Some(FaultKind::LateMs(delay)) = fault { Some(delay) } else { None };
    let answer = match fault {
        None | Some(FaultKind::LateMs(_)) => answer(&app, &request).await,
        Some(FaultKind::Status(status)) => Err(Refusal::of_status(ordered(status))),
        Some(FaultKind::Answer { status, body }) => Ok(json(ordered(status), &body)),
        Some(FaultKind::Throttled(seconds)) => Err(Refusal::throttled(seconds)),
        Some(FaultKind::DelayMs(delay)) => {
            pause(&app, delay).await;
            answer(&app, &request).await
        }
        Some(FaultKind::Drop) => return cut::connection(),
        Some(FaultKind::LoseAnswer) => {
            // Whatever it says, nobody hears it.
            let _ = answer(&app, &request).await;
            return cut::connection();
        }
        Some(FaultKind::Hang) => hang(&app).await,
        Some(FaultKind::HoldAnswer) => {
            let _ = answer(&app, &request).await;
            hang(&app).await
        }
    };
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    finish(&app, &request, &mut response);
    if let Some(delay) = late {
        pause(&app, delay).await;
    }
    if is_head {
        *response.body_mut() = Body::empty();
    }
    response
}

/// No answer before the sandbox's own end.
async fn hang(app: &App) -> Answer {
    app.stopped().await;
    Err(Refusal::of_status(StatusCode::SERVICE_UNAVAILABLE))
}

/// The status a fault orders.
fn ordered(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Waits, but not beyond the sandbox's own end.
pub(crate) async fn pause(app: &App, delay_ms: u64) {
    tokio::select! {
        () = tokio::time::sleep(Duration::from_millis(delay_ms)) => {}
        () = app.stopped() => {}
    }
}

fn finish(app: &App, request: &Request, response: &mut Response) {
    if response.status() == StatusCode::UNAUTHORIZED {
        let challenge = match app.world().generation {
            Generation::A0 | Generation::A => "Bearer".to_owned(),
            _ => format!("Bearer resource_metadata=\"{}/.well-known/oauth-protected-resource\"", app.site),
        };
        if let Ok(value) = HeaderValue::from_str(&challenge) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
        }
    }
    let mut world = app.world();
    let at = time::format(world.now());
    let (method, path) = (request.method.clone(), request.path.clone());
    world.log.answered(Logged { at, method, path, status: response.status().as_u16() });
}

async fn answer(app: &App, request: &Request) -> Answer {
    if request.path.trim_end_matches('/') == "/api/mcp_store/oauth_redirect" {
        return redirect::oauth_redirect(app, request).await;
    }
    let generation = app.world().generation;
    let route = route::resolve(&request.path).and_then(|route| older::route(generation, route));
    let route = route.ok_or_else(|| Refusal::not_found("Endpoint not found."))?;
    let call = admit(app, request, &route)?;
    let answered = match &route.action {
        Action::Refresh(id) => tools::refresh(&call, id).await,
        action => view(&mut app.world(), &call, action),
    };
    let answered = answered.map_err(|refusal| older::words(generation, refusal))?;
    let mut response = older::fields(generation, answered).await?;
    if route.is_alias && generation >= Generation::B {
        deprecate(request, &mut response);
    }
    Ok(response)
}

/// The checks before any view, in the server's order (contract 1.6, 13.1).
fn admit<'a>(app: &'a App, request: &'a Request, route: &Route) -> Result<Call<'a>, Refusal> {
    let mut world = app.world();
    if request.param("format").is_some_and(|format| format != "json") {
        return Err(Refusal::not_found("Not found."));
    }
    if !request.accepts_json() {
        return Err(Refusal::not_acceptable());
    }
    let (caller, body) = auth::authenticate(&world, request)?;
    let project = auth::permit(&world, &caller, route, request)?;
    let bucket = auth::bucket(&caller, &route.action, &request.method);
    let person = caller.person;
    let now = world.now();
    if let Some(bucket) = bucket {
        let speed = world.speed;
        world.throttle.admit(&bucket, now, speed).map_err(Refusal::throttled)?;
    }
    if !route.action.methods().contains(&request.method.as_str()) {
        return Err(Refusal::method_not_allowed(&request.method));
    }
    let generation = world.generation;
    Ok(Call { app, request, person, project: project.unwrap_or_default(), now, generation, body })
}

fn view(world: &mut World, call: &Call<'_>, action: &Action) -> Answer {
    match (action, call.request.method.as_str()) {
        (Action::Me, _) => accounts::me(world, call),
        (Action::OtherUser, _) => accounts::other_user(),
        (Action::Organizations, _) => accounts::organizations(world, call),
        (Action::Organization(id), _) => accounts::organization(world, call, id),
        (Action::OrganizationProjects(id), _) => accounts::organization_projects(world, call, id),
        (Action::Projects, _) => accounts::projects(world, call),
        (Action::Project, _) => accounts::project(world, call),
        (Action::Catalog, _) => installations::catalog(world),
        (Action::Icon, _) => icon::icon(world, call),
        (Action::Installations, "POST") | (Action::Installation(_), "PUT") => {
            Err(Refusal::Empty(StatusCode::METHOD_NOT_ALLOWED))
        }
        (Action::Installations, _) => installations::list(world, call),
        (Action::Installation(id), "PATCH") => installations::update(world, call, id),
        (Action::Installation(id), "DELETE") => installations::delete(world, call, id),
        (Action::Installation(id), _) => installations::retrieve(world, call, id),
        (Action::InstallTemplate, _) => install::template(world, call),
        (Action::InstallCustom, _) => install::custom(world, call),
        (Action::Authorize, _) => install::authorize(world, call),
        (Action::AvailableTools, _) => available::list(world, call),
        (Action::Tools(id), _) => tools::list(world, call, id),
        (Action::Tool(id, name), _) => tools::update(world, call, id, name),
        (Action::Share(id), _) => sharing::share(world, call, id),
        (Action::Unshare(id), _) => sharing::unshare(world, call, id),
        // Refreshing waits for the server, so it is not a view of this kind.
        (Action::Refresh(_), _) => Err(Refusal::crash()),
    }
}

fn deprecate(request: &Request, response: &mut Response) {
    let successor = request.raw_path.replacen("/api/environments/", "/api/projects/", 1);
    let headers = response.headers_mut();
    headers.insert("deprecation", HeaderValue::from_static("true"));
    if let Ok(value) = HeaderValue::from_str(&format!("<{successor}>; rel=\"successor-version\"")) {
        headers.insert(header::LINK, value);
    }
}

/// A row's id, or the refusal both an absent and a malformed one get.
fn row_id(text: &str) -> Result<Uuid, Refusal> {
    Uuid::parse_str(text).map_err(|_| Refusal::not_found("Not found."))
}
