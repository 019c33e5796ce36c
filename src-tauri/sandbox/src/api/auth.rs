//! Who calls, and whether they may (contract 1.3 to 1.6, with the order of 13.1).

use axum::http::header;

use super::request::{Parsed, Request};
use super::route::{Action, Needs, Route};
use crate::answer::Refusal;
use crate::model::{Key, KeyKind, Level, World};
use crate::secret::same_secret;
use crate::throttle::Bucket;

/// Who calls: a key of a person, or a person's browser session.
pub(crate) struct Caller<'w> {
    pub(crate) person: i64,
    pub(crate) key: Option<&'w Key>,
}

/// Finds the caller and parses the body, in the server's order: a body that cannot be read beats missing
/// credentials, but not wrong ones.
pub(crate) fn authenticate<'w>(world: &'w World, request: &Request) -> Result<(Caller<'w>, Parsed), Refusal> {
    let authorization = request.header(header::AUTHORIZATION).unwrap_or_default();
    let bearer = authorization.strip_prefix("Bearer ").map(str::trim).filter(|token| !token.is_empty());
    if let Some(token) = bearer {
        let key = key(world, token)?;
        return Ok((Caller { person: key.person, key: Some(key) }, request.parse_body()?));
    }
    let body = request.parse_body()?;
    refuse_project_tokens(world, request, &body)?;
    if let Some(token) = request.param("personal_api_key") {
        let key = key(world, token)?;
        return Ok((Caller { person: key.person, key: Some(key) }, body));
    }
    let session = request.cookie("sessionid").and_then(|cookie| world.sessions.get(cookie));
    let person = *session.ok_or_else(Refusal::unauthenticated)?;
    let csrf = request.cookie("csrftoken").filter(|cookie| !cookie.is_empty());
    if request.method != "GET"
        && csrf.is_none_or(|cookie| request.headers.get("x-csrftoken").is_none_or(|sent| sent != cookie))
    {
        return Err(Refusal::forbidden("CSRF Failed: CSRF cookie not set."));
    }
    Ok((Caller { person, key: None }, body))
}

fn key<'w>(world: &'w World, token: &str) -> Result<&'w Key, Refusal> {
    let found = world.keys.iter().find(|key| same_secret(&key.token, token));
    let active = |key: &&Key| world.person(key.person).is_some_and(|person| person.active);
    if !token.starts_with("pha_") {
        return found.filter(active).ok_or_else(|| {
            Refusal::bad_credentials("Personal API key found in request Authorization header is invalid.")
        });
    }
    let key = found.ok_or_else(|| Refusal::bad_credentials("Invalid access token."))?;
    match key.kind {
        KeyKind::OauthExpired => Err(Refusal::bad_credentials("Access token has expired.")),
        KeyKind::OauthWithoutApplication => {
            Err(Refusal::bad_credentials("Access token is not associated with a valid application."))
        }
        _ if !active(&key) => Err(Refusal::bad_credentials("User associated with access token is disabled.")),
        _ => Ok(key),
    }
}

/// `api_key` and `token` in a form body or a query are taken for a project's public token (contract 1.3).
fn refuse_project_tokens(world: &World, request: &Request, body: &Parsed) -> Result<(), Refusal> {
    let form = match body {
        Parsed::Form(map) => map.get("api_key").or_else(|| map.get("token")).and_then(|value| value.as_str()),
        _ => None,
    };
    let query =
        (request.method == "GET").then(|| request.param("api_key").or_else(|| request.param("token")));
    match form.or(query.flatten()) {
        Some(token) if world.projects.iter().all(|project| project.api_token != token) => {
            Err(Refusal::bad_credentials("Incorrect authentication credentials."))
        }
        _ => Ok(()),
    }
}

/// Checks a key's or session's right to the route and resolves the project.
pub(crate) fn permit(
    world: &World,
    caller: &Caller<'_>,
    route: &Route,
    request: &Request,
) -> Result<Option<i64>, Refusal> {
    let needs = route.action.needs(&request.method);
    if caller.key.is_some() && needs == Needs::NoAction {
        return Err(Refusal::forbidden("This action does not support personal API key access"));
    }
    let project = match &route.project {
        Some(segment) => Some(find_project(world, caller.person, segment)?),
        None => None,
    };
    if let Some(key) = caller.key {
        limits(world, key, route, project)?;
        if let Needs::Scope(scope) = needs {
            scopes(key, scope)?;
        }
    }
    if let Some(project) = project.and_then(|id| world.project(id)) {
        world
            .level(caller.person, project.organization)
            .ok_or_else(|| Refusal::forbidden("You don't have access to the project."))?;
    }
    Ok(project)
}

fn find_project(world: &World, person: i64, segment: &str) -> Result<i64, Refusal> {
    let id = if segment == "@current" {
        world.person(person).and_then(|person| person.current_project)
    } else {
        segment.bytes().all(|byte| byte.is_ascii_digit()).then(|| segment.parse().ok()).flatten()
    };
    id.filter(|id| world.project(*id).is_some()).ok_or_else(|| Refusal::not_found("Project not found."))
}

fn limits(world: &World, key: &Key, route: &Route, project: Option<i64>) -> Result<(), Refusal> {
    let Some(project) = project.and_then(|id| world.project(id)) else {
        let is_me = matches!(route.action, Action::Me | Action::OtherUser);
        if !key.projects.is_empty() && !is_me {
            let detail = "API keys with scoped projects are only supported on project-based endpoints.";
            return Err(Refusal::forbidden(detail));
        }
        return Ok(());
    };
    if !key.projects.is_empty() && !key.projects.contains(&project.id) {
        let detail = format!("API key does not have access to the requested project: ID {}.", project.id);
        return Err(Refusal::forbidden(detail));
    }
    if !key.organizations.is_empty() && !key.organizations.contains(&project.organization) {
        let detail = format!(
            "API key does not have access to the requested organization: ID {}.",
            project.organization
        );
        return Err(Refusal::forbidden(detail));
    }
    let organization =
        world.organizations.iter().find(|organization| organization.id == project.organization);
    let forbidding = organization.filter(|organization| !organization.allows_personal_keys);
    let is_member = world.level(key.person, project.organization) == Some(Level::Member);
    if let Some(organization) = forbidding.filter(|_| key.kind == KeyKind::Personal && is_member) {
        let detail = format!(
            "Organization '{}' does not allow using personal API keys. Contact an admin to enable personal API keys for this organization.",
            organization.name
        );
        return Err(Refusal::forbidden(detail));
    }
    Ok(())
}

fn scopes(key: &Key, scope: &str) -> Result<(), Refusal> {
    if key.kind == KeyKind::OauthAgent {
        return Err(Refusal::forbidden(
            "Built-in agents must use their explicitly granted MCP gateway connections.",
        ));
    }
    if key.kind == KeyKind::Oauth && key.scopes.is_empty() {
        return Err(Refusal::forbidden("OAuth token has no scopes and cannot access this resource"));
    }
    let write = scope.replace(":read", ":write");
    if key.scopes.iter().any(|held| held == "*" || held == scope || *held == write) {
        return Ok(());
    }
    Err(Refusal::forbidden(format!("API key missing required scope '{scope}'")))
}

/// The budget a call draws on, if any (contract 1.7).
pub(crate) fn bucket(caller: &Caller<'_>, action: &Action, method: &str) -> Option<Bucket> {
    if action.is_budgeted() && action.methods().contains(&method) {
        return Some(Bucket::Oauth(caller.person));
    }
    let key = caller.key.filter(|key| key.kind == KeyKind::Personal && *action != Action::Me)?;
    Some(Bucket::Default(key.name.clone()))
}
