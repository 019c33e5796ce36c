//! Where the provider sends the browser back to (contract 3.18).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::flow::redirect_uri;
use super::request::Request;
use crate::answer::{Answer, Refusal};
use crate::app::App;
use crate::model::{Installation, OauthFlow, ProviderMode, RefreshToken, World};
use crate::secret::{pkce_challenge, sha256};
use crate::sync;
use crate::throttle::Bucket;
use crate::time::SECOND;

/// A flow is valid this long.
const LIFETIME: i64 = 600 * SECOND;

/// Whose PostHog session the browser holds.
pub(crate) fn browser_person(world: &World, request: &Request) -> Option<i64> {
    let own = request.cookie("sessionid").and_then(|cookie| world.sessions.get(cookie)).copied();
    own.or(world.signed_in)
}

pub(super) async fn oauth_redirect(app: &App, request: &Request) -> Answer {
    let bad = |detail: &str| Refusal::detail(StatusCode::BAD_REQUEST, detail);
    if request.method != "GET" {
        return Err(Refusal::method_not_allowed(&request.method));
    }
    if !request.accepts_json() {
        return Err(Refusal::not_acceptable());
    }
    let mut world = app.world();
    let now = world.now();
    let speed = world.speed;
    world.throttle.admit(&Bucket::OauthRedirect, now, speed).map_err(Refusal::throttled)?;
    let state = request.param("state").filter(|state| !state.is_empty());
    let state = sha256(state.ok_or_else(|| bad("Missing state parameter"))?);
    let browser = browser_person(&world, request);
    let lifetime = speed.of(LIFETIME);
    let is_live = |flow: &&OauthFlow| browser == Some(flow.person) && now - flow.started_at <= lifetime;
    if world.flows.get(&state).filter(is_live).is_none() {
        return Err(bad("Invalid or expired OAuth state"));
    }
    let flow = world.flows.remove(&state).ok_or_else(|| bad("Invalid or expired OAuth state"))?;
    let project = world.installation(flow.installation).map_or(world.project, |row| row.project);
    let error = match request.param("error").filter(|error| !error.is_empty()) {
        Some("access_denied") => Some("cancelled".to_owned()),
        Some(other) => Some(other.to_owned()),
        None => match request.param("code").filter(|code| !code.is_empty()) {
            None => Some("Missing authorization code".to_owned()),
            Some(code) => exchange(app, &mut world, &flow, code)?.map(str::to_owned),
        },
    };
    let end = end_url(&app.site, project, &flow, error.as_deref());
    Ok((StatusCode::FOUND, [(header::LOCATION, location(&end)?)]).into_response())
}

/// Trades the code for tokens. Gives the error for the link when the provider refuses, and a crash when
/// it does not answer: then the browser shows a 500 and no link is sent.
fn exchange(
    app: &App,
    world: &mut World,
    flow: &OauthFlow,
    code: &str,
) -> Result<Option<&'static str>, Refusal> {
    const FAILED: Option<&str> = Some("token_exchange_failed");
    let now = world.now();
    let grant = world.grants.remove(code);
    let row = world.installation(flow.installation).ok_or_else(Refusal::crash)?;
    let Some(server) = world.server_by_url(&row.url) else { return Ok(FAILED) };
    let is_ours = grant.is_some_and(|grant| {
        grant.server == server.slug
            && Some(&grant.client_id) == row.client_id.as_ref()
            && grant.redirect_uri == redirect_uri(&app.site)
            && grant.challenge == pkce_challenge(&flow.verifier)
    });
    match server.provider {
        ProviderMode::TokenTimeout => return Err(Refusal::crash()),
        ProviderMode::TokenRejected => return Ok(FAILED),
        _ if !is_ours => return Ok(FAILED),
        _ => {}
    }
    if let Some(row) = world.installation_mut(flow.installation) {
        connect(row, now);
    }
    sync::schedule(app, world, flow.installation);
    Ok(None)
}

fn connect(row: &mut Installation, now: i64) {
    row.tokens = Some(RefreshToken::Valid);
    row.needs_reauth = false;
    row.updated_at = now;
}

fn end_url(site: &str, project: i64, flow: &OauthFlow, error: Option<&str>) -> String {
    if flow.from_posthog_code && !flow.callback.is_empty() {
        let separator = if flow.callback.contains('?') { '&' } else { '?' };
        let status = match error {
            None => "status=success".to_owned(),
            Some(error) => {
                let encoded: String = form_urlencoded::byte_serialize(error.as_bytes()).collect();
                format!("status=error&error={encoded}")
            }
        };
        return format!("{}{separator}{status}", flow.callback);
    }
    let flag = if error.is_some() { "oauth_error" } else { "oauth_complete" };
    match web_path(&flow.return_path) {
        Some(path) => format!("{site}{}", with_flag(path, flag)),
        None => format!("{site}/project/{project}/settings/mcp-servers?{flag}=true"),
    }
}

/// A path inside PostHog's own web app, or nothing.
fn web_path(path: &str) -> Option<&str> {
    let before_query = path.split('?').next().unwrap_or_default();
    (path.starts_with('/') && !path.starts_with("//") && !before_query.contains(':')).then_some(path)
}

/// Merges the flag into the path's query, without older copies of it.
fn with_flag(path: &str, flag: &str) -> String {
    let (rest, fragment) =
        path.split_once('#').map_or((path, None), |(rest, fragment)| (rest, Some(fragment)));
    let (base, query) = rest.split_once('?').unwrap_or((rest, ""));
    let kept = form_urlencoded::parse(query.as_bytes())
        .filter(|(key, _)| key != "oauth_complete" && key != "oauth_error");
    let query =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).append_pair(flag, "true").finish();
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{base}?{query}{fragment}")
}

/// Django's way with header values: Latin-1 as it is, anything else as a MIME word, a line break crashes.
fn location(end: &str) -> Result<HeaderValue, Refusal> {
    let latin: Option<Vec<u8>> = end.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let bytes = latin.unwrap_or_else(|| format!("=?utf-8?b?{}?=", STANDARD.encode(end)).into_bytes());
    HeaderValue::from_bytes(&bytes).map_err(|_| Refusal::crash())
}
