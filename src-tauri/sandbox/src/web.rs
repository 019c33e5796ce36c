//! PostHog's own web pages: logging in, and where a browser flow ends that no app started.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::api::{ApiRequest, browser_person};
use crate::app::App;
use crate::pages::{escape, hidden, page};
use crate::secret::random_token;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/login", get(login_page).post(login))
        .route("/logout", axum::routing::post(logout))
        .route("/project/{*rest}", get(ending))
}

/// The name of the person this browser is signed in as.
fn signed_in(app: &App, headers: HeaderMap) -> Option<String> {
    let request = ApiRequest::new("GET", &Uri::from_static("/"), headers, axum::body::Bytes::new());
    let world = app.world();
    let person = world.person(browser_person(&world, &request)?)?;
    Some(format!("{} {} ({})", person.first_name, person.last_name, person.email))
}

async fn home(State(app): State<App>, headers: HeaderMap) -> Response {
    let content = match signed_in(&app, headers) {
        Some(name) => format!(
            "<p>This browser is signed in as {}.</p>\
             <form method=\"post\" action=\"/logout\"><div class=\"buttons\"><button>Sign out</button></div></form>",
            escape(&name)
        ),
        None => "<p>This browser is not signed in.</p><p><a href=\"/login\">Sign in</a></p>".into(),
    };
    page(StatusCode::OK, "PostHog", &content)
}

/// Only a path of this server, never another origin.
fn next_path(next: Option<&String>) -> &str {
    next.map(String::as_str)
        .filter(|next| next.starts_with('/') && !next.starts_with("//") && !next.contains('\\'))
        .unwrap_or("/")
}

async fn login_page(State(app): State<App>, Query(query): Query<HashMap<String, String>>) -> Response {
    let next = next_path(query.get("next"));
    let people: String = {
        let world = app.world();
        let active = world.people.iter().filter(|person| person.active).enumerate();
        active
            .map(|(index, person)| {
                let checked = if index == 0 { " checked" } else { "" };
                let name = format!("{} {}", person.first_name, person.last_name);
                format!(
                    "<label><input type=\"radio\" name=\"person\" value=\"{}\"{checked} required> \
                     <span>{}<br><span class=\"quiet\">{}</span></span></label>",
                    escape(&person.handle),
                    escape(name.trim()),
                    escape(&person.email)
                )
            })
            .collect()
    };
    let content = format!(
        "<p>There are no passwords here. Choose who this browser is.</p>\
         <form method=\"post\" action=\"/login\">{}<fieldset><legend>Person</legend>{people}</fieldset>\
         <div class=\"buttons\"><button class=\"main\" id=\"login\">Sign in</button></div></form>",
        hidden("next", next)
    );
    page(StatusCode::OK, "Sign in to PostHog", &content)
}

async fn login(State(app): State<App>, Form(form): Form<HashMap<String, String>>) -> Response {
    let Ok(session) = random_token() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(csrf) = random_token() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let handle = form.get("person").map(String::as_str).unwrap_or_default();
    {
        let mut world = app.world();
        let person = world.person_by_handle(handle).filter(|person| person.active).map(|person| person.id);
        let Some(person) = person else {
            return page(
                StatusCode::BAD_REQUEST,
                "Nobody by that name",
                "<p><a href=\"/login\">Choose again</a></p>",
            );
        };
        world.sessions.insert(session.clone(), person);
    }
    let mut response = go_to(next_path(form.get("next")));
    set_cookie(&mut response, &format!("sessionid={session}; Path=/; HttpOnly; SameSite=Lax"));
    set_cookie(&mut response, &format!("csrftoken={csrf}; Path=/; SameSite=Lax"));
    response
}

async fn logout(State(app): State<App>, headers: HeaderMap) -> Response {
    let request = ApiRequest::new("POST", &Uri::from_static("/logout"), headers, axum::body::Bytes::new());
    if let Some(session) = request.cookie("sessionid") {
        app.world().sessions.remove(session);
    }
    app.world().signed_in = None;
    let mut response = go_to("/login");
    set_cookie(&mut response, "sessionid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    response
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A 302, like Django's.
pub(crate) fn go_to(location: &str) -> Response {
    match HeaderValue::from_str(location) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn ending(Query(query): Query<HashMap<String, String>>) -> Response {
    let (title, text) = if query.contains_key("oauth_error") {
        ("Not connected", "The server was not connected. You can close this page and try again.")
    } else if query.contains_key("oauth_complete") {
        ("Connected", "The server is connected. You can close this page.")
    } else {
        ("MCP servers", "PostHog would show the project's settings here.")
    };
    page(StatusCode::OK, title, &format!("<p>{text}</p>"))
}
