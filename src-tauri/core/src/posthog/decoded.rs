//! What the client makes of recorded answers, one line each.
//!
//! For the example `decode` and the snapshot test only; not part of what the app calls.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::answer::{self, Answer};
use super::available::Available;
use super::connecting::Redirect;
use super::error::{ApiError, ErrorKind};
use super::generation::Row;
use super::icon::IconKind;
use super::list::Envelope;
use super::recording::{Exchange, Recording};
use super::redact::{Redaction, SafeUrl};
use super::{Approval, Installation, Project, Template, Tool, User};
use crate::text;

/// Longest outcome, in characters.
const OUTCOME_CHARS: usize = 1000;

/// The segment installations are under.
const ROWS: &str = "mcp_server_installations";

/// One exchange, decoded.
pub struct Decoded {
    /// What the recording calls it.
    pub name: String,
    /// HTTP status of the answer.
    pub status: u16,
    /// The typed result of the client's call, or the error it would be; `Err`: it could not be decoded, and why.
    pub outcome: Result<String, String>,
}

/// `name<TAB>status<TAB>outcome`, each without controls.
impl fmt::Display for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = text::visible_line(&self.name, OUTCOME_CHARS);
        let outcome = match &self.outcome {
            Ok(outcome) => text::visible_line(outcome, OUTCOME_CHARS),
            Err(problem) => text::visible_line(&format!("NOT DECODED: {problem}"), OUTCOME_CHARS),
        };
        write!(f, "{name}\t{}\t{outcome}", self.status)
    }
}

/// Decodes every exchange of a recordings file.
///
/// # Errors
/// When the file is not one.
pub fn decode(recording: &str) -> Result<Vec<Decoded>, serde_json::Error> {
    let recording: Recording = serde_json::from_str(recording)?;
    Ok(recording
        .exchanges
        .iter()
        .map(|exchange| Decoded {
            name: exchange.name.clone(),
            status: exchange.response.status,
            outcome: outcome(exchange, &exchange.answer()),
        })
        .collect())
}

fn outcome(exchange: &Exchange, answer: &Answer) -> Result<String, String> {
    let path = exchange.segments();
    let method = exchange.request.method.as_str();
    if answer.is_redirect() {
        return Ok(redirected(answer, matches!(path.as_slice(), [.., ROWS, "authorize"])));
    }
    if !answer.is_success() {
        return refused(exchange, &answer::error(answer, &Redaction::new([])));
    }
    match (method, path.as_slice()) {
        ("GET", ["api", "users", "@me"]) => one(answer, user),
        ("GET", ["api", "organizations", _, "projects"]) => list(answer, "projects", project),
        ("GET", [.., "mcp_servers"]) => list(answer, "templates", template),
        ("GET", [.., "mcp_servers", "icon"]) => icon(answer),
        ("GET", [.., ROWS]) => list(answer, "installations", |row: &Row| {
            format!("{} ({:?})", installation(&row.installation), row.generation)
        }),
        ("POST", [.., ROWS, "install_template" | "install_custom"]) | ("GET", [.., ROWS, "authorize"]) => {
            login(answer).map_or_else(|| one(answer, installation), Ok)
        }
        ("GET", [.., ROWS, "available_tools"]) => one(answer, available),
        ("DELETE", [.., ROWS, _]) if answer.body.is_empty() => Ok("removed".to_owned()),
        ("GET" | "PATCH", [.., ROWS, _]) | ("POST", [.., ROWS, _, "share" | "unshare"]) => {
            one(answer, installation)
        }
        ("GET", [.., ROWS, _, "tools"]) | ("POST", [.., ROWS, _, "tools", "refresh"]) => {
            list(answer, "tools", tool)
        }
        ("PATCH", [.., ROWS, _, "tools", _]) => one(answer, tool),
        _ => Ok(not_called(exchange, answer)),
    }
}

/// The client never sends this, so there is no type to decode to.
fn not_called(exchange: &Exchange, answer: &Answer) -> String {
    match &exchange.response.json {
        Some(Value::Object(map)) => {
            format!("not called: object of {}", map.keys().cloned().collect::<Vec<_>>().join(", "))
        }
        Some(Value::Array(rows)) => format!("not called: list of {}", rows.len()),
        Some(_) => "not called: a value".to_owned(),
        None => format!("not called: {} bytes", answer.body.len()),
    }
}

fn redirected(answer: &Answer, authorize: bool) -> String {
    match answer.location() {
        Some(location) if authorize => login_page(location),
        _ => format!("{:?} {}", ErrorKind::UnexpectedRedirect, answer::redirect_host(answer)),
    }
}

/// JSON in which the client finds no words is a refusal it cannot decode. Of other bodies (shapes 0 and X of contract
/// 1.5) only the status counts, and through `proxy` speaks another server.
fn refused(exchange: &Exchange, error: &ApiError) -> Result<String, String> {
    let proxied = exchange.segments().last() == Some(&"proxy");
    if exchange.response.json.is_some() && error.detail.is_empty() && !proxied {
        return Err("a refusal of an unknown shape".to_owned());
    }
    let mut said = format!("{:?}", error.kind);
    if let Some(field) = &error.attr {
        said += &format!(" field={field}");
    }
    if let Some(wait) = error.retry_after {
        said += &format!(" wait={}s", wait.as_secs());
    }
    Ok(if error.detail.is_empty() { said } else { format!("{said}: {}", error.detail) })
}

fn one<T: DeserializeOwned>(answer: &Answer, say: impl Fn(&T) -> String) -> Result<String, String> {
    serde_json::from_slice(&answer.body).map(|read| say(&read)).map_err(|error| error.to_string())
}

/// Rows the recorder left out stand as texts such as `…500`; any other that cannot be read is a failure.
fn list<T: DeserializeOwned>(
    answer: &Answer,
    what: &str,
    say: impl Fn(&T) -> String,
) -> Result<String, String> {
    let page = Envelope::read(&answer.body).ok_or("not a list")?;
    let (mut said, mut left_out) = (Vec::new(), 0);
    for row in page.rows::<T>() {
        match row {
            Ok(row) => said.push(say(&row)),
            Err(raw) if raw.starts_with('"') => left_out += 1,
            Err(_) => return Err(format!("one of the {what} cannot be read")),
        }
    }
    let count = page.count.map(|count| format!(" of {count}")).unwrap_or_default();
    let more = if page.next.is_some() { ", more follow" } else { "" };
    let elided = if left_out > 0 { format!(", {left_out} not recorded") } else { String::new() };
    let rows = if said.is_empty() { String::new() } else { format!(": {}", said.join("; ")) };
    Ok(format!("{} {what}{count}{elided}{more}{rows}", said.len()))
}

fn login(answer: &Answer) -> Option<String> {
    Redirect::read(answer).map(|redirect| login_page(redirect.expose()))
}

/// Only where it is: the rest is the login's state.
fn login_page(url: &str) -> String {
    format!("login page {}", safe(url))
}

fn safe(url: &str) -> String {
    Url::parse(url).map_or_else(|_| "(no URL)".to_owned(), |url| SafeUrl(&url).to_string())
}

fn icon(answer: &Answer) -> Result<String, String> {
    let kind = IconKind::of(&answer.body).ok_or("no image that is shown")?;
    Ok(format!("icon {}", kind.media_type()))
}

fn user(user: &User) -> String {
    let project = |project: &Project| format!("{} {}", project.id, project.name);
    let projects: Vec<_> = user.known_projects().iter().map(project).collect();
    format!(
        "user {} {}, {} organisations, projects {}",
        user.id,
        user.email,
        user.organizations.len(),
        projects.join("; ")
    )
}

fn project(project: &Project) -> String {
    format!("{} {} of {}", project.id, project.name, project.organization_id)
}

fn template(template: &Template) -> String {
    format!("{} {} {} {}", template.name, template.auth_type, template.category, safe(&template.url))
}

fn installation(row: &Installation) -> String {
    let mut said =
        format!("installation {} at {}, {} {}", row.name, safe(&row.url), row.auth_type, row.scope);
    let flags = [
        (!row.is_enabled, "off"),
        (!row.is_owner, "somebody else's"),
        (row.pending_oauth, "login unfinished"),
        (row.needs_reauth, "needs login"),
        (row.last_synced_at.is_none(), "never read"),
    ];
    for (_, flag) in flags.iter().filter(|(set, _)| *set) {
        said += &format!(", {flag}");
    }
    said += &format!(", {} tools", row.tool_count);
    if !row.last_sync_error.is_empty() {
        said += &format!(", failed: {}", row.last_sync_error);
    }
    said
}

fn tool(tool: &Tool) -> String {
    let mut said = format!("{} {} by {}", tool.tool_name, tool.approval_state.as_str(), tool.decided_by);
    if let Some(ceiling) = tool.team_state.as_ref().map(Approval::as_str) {
        said += &format!(", ceiling {ceiling}");
    }
    if tool.locked {
        said += ", locked";
    }
    if tool.removed_at.is_some() {
        said += ", removed";
    }
    said
}

fn available(available: &Available) -> String {
    let servers = available.servers.iter().map(|server| {
        let tools = server.tools.iter().map(|tool| {
            let hints = &tool.annotations;
            let mut said = format!("{} {}", tool.name, tool.approval_state.as_str());
            for (hint, word) in
                [(hints.read_only_hint, "reads only"), (hints.destructive_hint, "destructive")]
            {
                if let Some(claimed) = hint {
                    said += &format!(", {word}={claimed}");
                }
            }
            said
        });
        format!("{} as {}: {}", server.name, server.slug, tools.collect::<Vec<_>>().join("; "))
    });
    format!("{} servers offered: {}", available.servers.len(), servers.collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn decoded(method: &str, path: &str, status: u16, body: &Value) -> Decoded {
        let recording = json!({"exchanges": [{
            "name": "a\tname",
            "request": {"method": method, "path": path},
            "response": {"status": status, "headers": {"content-type": "application/json"}, "json": body},
        }]});
        decode(&recording.to_string()).unwrap().remove(0)
    }

    #[test]
    fn what_the_client_cannot_read_is_said_and_not_passed_over() {
        let rows = "/api/projects/1/mcp_server_installations/";
        let row = json!({"id": "1", "url": "https://x.example"});
        for (method, path, status, body, readable) in [
            ("GET", format!("{rows}1/"), 200, row.clone(), true),
            ("GET", format!("{rows}1/"), 200, json!({"url": "https://x.example"}), false),
            ("GET", rows.to_owned(), 200, json!({"results": [row, "…100 items"]}), true),
            ("GET", rows.to_owned(), 200, json!({"results": [row, {"id": 7}]}), false),
            ("GET", rows.to_owned(), 200, json!({"rows": []}), false),
            ("GET", format!("{rows}authorize/"), 200, json!({"redirect_url": 7}), false),
            ("GET", "/api/projects/1/mcp_servers/icon/".to_owned(), 200, json!({}), false),
            ("POST", format!("{rows}1/proxy/"), 200, json!([1, 2]), true),
            ("POST", format!("{rows}1/proxy/"), 404, json!({"jsonrpc": "2.0"}), true),
            ("PATCH", format!("{rows}1/"), 400, json!({"detail": "No"}), true),
            ("PATCH", format!("{rows}1/"), 400, json!({"problem": "No"}), false),
        ] {
            let line = decoded(method, &path, status, &body);
            assert_eq!(line.outcome.is_ok(), readable, "{line}");
            assert_eq!(line.to_string().contains("NOT DECODED"), !readable, "{line}");
            assert_eq!(line.to_string().matches('\t').count(), 2, "{line}");
        }
        assert!(decode("{}").is_err());
    }

    #[test]
    fn no_login_state_is_printed() {
        let body = json!({"redirect_url": "https://u:p@login.example/authorize?state=secretstate"});
        let line = decoded("POST", "/api/projects/1/mcp_server_installations/install_custom", 200, &body);
        assert_eq!(line.outcome.unwrap(), "login page https://login.example/authorize");
    }
}
