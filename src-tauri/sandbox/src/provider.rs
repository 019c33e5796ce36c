//! The login provider of each MCP server: consent and authorization codes.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use url::form_urlencoded;

use crate::api::redirect_uri;
use crate::app::App;
use crate::model::{Grant, ProviderMode};
use crate::pages::{escape, hidden, page};
use crate::secret::random_token;
use crate::web::go_to;

/// What PostHog put into the authorize URL, kept through the form.
const CARRIED: [&str; 5] = ["client_id", "redirect_uri", "state", "code_challenge", "scope"];

/// What a provider with an unusual idea of errors says.
const ODD_ERROR: &str = "temporarily_unavailable & <b>odd</b>";

pub(crate) fn router() -> Router<App> {
    Router::new().route("/provider/{slug}/authorize", get(consent).post(decide))
}

type Params = HashMap<String, String>;

fn param<'a>(params: &'a Params, name: &str) -> &'a str {
    params.get(name).map(String::as_str).unwrap_or_default()
}

/// The server's name and mode, or the page that says what is wrong with the request. A wrong
/// `redirect_uri` must not be followed, so it cannot be answered by a redirect.
fn check(app: &App, slug: &str, params: &Params) -> Result<(String, ProviderMode), Box<Response>> {
    let refuse = |status, text: &str| {
        Box::new(page(status, "This login link does not work", &format!("<p>{text}</p>")))
    };
    let world = app.world();
    let server = world
        .server(slug)
        .ok_or_else(|| refuse(StatusCode::NOT_FOUND, "There is no such login provider."))?;
    if param(params, "redirect_uri") != redirect_uri(&app.site) {
        return Err(refuse(StatusCode::BAD_REQUEST, "It would lead to an address that is not registered."));
    }
    if ["client_id", "state", "code_challenge"].iter().any(|name| param(params, name).is_empty()) {
        return Err(refuse(StatusCode::BAD_REQUEST, "A part of it is missing."));
    }
    Ok((server.name.clone(), server.provider))
}

async fn consent(State(app): State<App>, Path(slug): Path<String>, Query(params): Query<Params>) -> Response {
    let (name, _) = match check(&app, &slug, &params) {
        Ok(server) => server,
        Err(refusal) => return *refusal,
    };
    let scopes: String = param(&params, "scope")
        .split_whitespace()
        .map(|scope| match scope {
            "read" => "<li>Read your data</li>".to_owned(),
            "write" => "<li>Create and change data for you</li>".to_owned(),
            other => format!("<li>{}</li>", escape(other)),
        })
        .collect();
    let fields: String = CARRIED.iter().map(|field| hidden(field, param(&params, field))).collect();
    let title = format!("Connect {name} to PostHog");
    let name = escape(&name);
    let content = format!(
        "<p>PostHog asks for access to your {name} account. Agents that work for your project could then use its tools.</p>\
         <p>It would be able to:</p><ul>{scopes}</ul>\
         <form method=\"post\" action=\"/provider/{}/authorize\">{fields}<div class=\"buttons\">\
         <button class=\"main\" id=\"approve\" name=\"decision\" value=\"approve\">Approve</button>\
         <button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button></div></form>",
        escape(&slug)
    );
    page(StatusCode::OK, &title, &content)
}

async fn decide(State(app): State<App>, Path(slug): Path<String>, Form(params): Form<Params>) -> Response {
    let (_, mode) = match check(&app, &slug, &params) {
        Ok(server) => server,
        Err(refusal) => return *refusal,
    };
    let denied =
        vec![("error", "access_denied".to_owned()), ("error_description", "The user denied".to_owned())];
    let outcome = match (param(&params, "decision"), mode) {
        ("approve", ProviderMode::Deny) => denied,
        ("approve", ProviderMode::OddError) => {
            vec![("error", ODD_ERROR.to_owned()), ("error_description", "later".to_owned())]
        }
        ("approve", ProviderMode::MissingCode) => Vec::new(),
        ("approve", _) => match grant(&app, slug, &params) {
            Some(code) => vec![("code", code)],
            None => {
                return page(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", "<p>Try again.</p>");
            }
        },
        _ => denied,
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(outcome)
        .append_pair("state", param(&params, "state"))
        .finish();
    go_to(&format!("{}?{query}", redirect_uri(&app.site)))
}

fn grant(app: &App, server: String, params: &Params) -> Option<String> {
    let code = random_token().ok()?;
    let grant = Grant {
        server,
        client_id: param(params, "client_id").to_owned(),
        redirect_uri: param(params, "redirect_uri").to_owned(),
        challenge: param(params, "code_challenge").to_owned(),
    };
    app.world().grants.insert(code.clone(), grant);
    Some(code)
}
