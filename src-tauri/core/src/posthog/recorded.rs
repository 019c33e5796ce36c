//! Every recorded answer of PostHog's own code goes through the decoders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::answer::{self, Answer};
use super::decoded;
use super::error::ErrorKind;
use super::recording::{Exchange, Recording};
use super::redact::Redaction;
use super::{Installation, Template, Tool, User};

/// Where the snapshot is written instead of compared.
const WRITE: &str = "HEDGEROW_WRITE_SNAPSHOTS";

impl Exchange {
    /// The part of the path behind the project or the installation, with ids taken out.
    fn route(&self) -> String {
        let id = |segment: &&str| !(segment.len() == 36 && segment.matches('-').count() == 4);
        let path = self.segments().into_iter().skip(1);
        path.map(|segment| if id(&segment) { segment } else { "{id}" }).collect::<Vec<_>>().join("/")
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.response.status)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/recordings")
}

/// Name and text of the recordings, in order.
fn files() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|is| is == "json")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
    };
    paths.into_iter().map(read).collect()
}

fn recorded() -> Vec<Exchange> {
    let read = |(_, text): (String, String)| serde_json::from_str::<Recording>(&text).unwrap().exchanges;
    let all: Vec<_> = files().into_iter().flat_map(read).collect();
    assert_eq!(all.len(), 824, "the recordings are complete");
    all
}

#[test]
fn every_recorded_answer_is_decoded_to_what_the_snapshot_says() {
    let mut decoded = String::new();
    for (name, text) in files() {
        decoded += &format!("# {name}\n");
        for line in decoded::decode(&text).unwrap() {
            assert!(line.outcome.is_ok(), "{name}: {line}");
            decoded += &format!("{line}\n");
        }
    }
    let path = folder().join("decoded.txt");
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &decoded).unwrap();
    }
    let snapshot = std::fs::read_to_string(&path).unwrap();
    for (now, then) in decoded.lines().zip(snapshot.lines()) {
        assert_eq!(now, then, "run with {WRITE}=1 if this is what it should be");
    }
    assert_eq!(
        decoded.lines().count(),
        snapshot.lines().count(),
        "run with {WRITE}=1 after a look at the end"
    );
}

fn kind(answer: &Answer) -> ErrorKind {
    answer::error(answer, &Redaction::new([])).kind
}

#[test]
fn every_recorded_refusal_becomes_an_error_with_its_status_and_words() {
    for exchange in recorded() {
        let answer = exchange.answer();
        if answer.is_success() {
            continue;
        }
        let error = answer::error(&answer, &Redaction::new([]));
        assert_eq!(error.status, Some(answer.status), "{}", exchange.name);
        let says = exchange.response.json.as_ref().is_some_and(|json| json.get("detail").is_some());
        assert_eq!(
            error.code.is_some(),
            says && exchange.response.json.as_ref().unwrap().get("code").is_some()
        );
        if says {
            assert!(!error.detail.is_empty(), "{}: words were lost", exchange.name);
        }
        assert!(!error.to_string().contains("state="), "{}", exchange.name);
    }
}

/// Status, beginning of the detail, meaning. Every line is found in the recordings.
const RECORDED_KINDS: &[(u16, &str, ErrorKind)] = &[
    (401, "Authentication credentials were not provided.", ErrorKind::KeyRefused),
    (401, "Personal API key found in request Authorization header is invalid.", ErrorKind::KeyRefused),
    (401, "Access token has expired.", ErrorKind::KeyRefused),
    (401, "Invalid access token.", ErrorKind::KeyRefused),
    (401, "No credentials configured", ErrorKind::Upstream),
    (403, "OAuth token has no scopes", ErrorKind::Forbidden),
    (403, "Built-in agents must use", ErrorKind::Forbidden),
    (403, "API key does not have access to the requested project: ID 2.", ErrorKind::KeyLimited),
    (403, "API key does not have access to the requested organization", ErrorKind::KeyLimited),
    (403, "API keys with scoped projects are only supported", ErrorKind::KeyLimited),
    (403, "You don't have access to the project.", ErrorKind::Forbidden),
    (403, "Organization 'Lab Org' does not allow using personal API keys.", ErrorKind::Forbidden),
    (403, "This action does not support personal API key access", ErrorKind::Forbidden),
    (403, "Only the credential owner can modify a shared server.", ErrorKind::OwnerOnly),
    (403, "Only project admins can create shared MCP servers.", ErrorKind::Forbidden),
    (404, "Project not found.", ErrorKind::ProjectNotFound),
    (404, "Not found.", ErrorKind::NotFound),
    (404, "Endpoint not found.", ErrorKind::NotFound),
    (404, "Template not found", ErrorKind::NotFound),
    (404, "Installation not found", ErrorKind::NotFound),
    (404, "Tool not found", ErrorKind::NotFound),
    (400, "\"allowed\" is not a valid choice.", ErrorKind::Invalid),
    (400, "JSON parse error", ErrorKind::Invalid),
    (400, "api_key is required", ErrorKind::Invalid),
    (400, "Invalid callback URL", ErrorKind::Invalid),
    (400, "A team admin set a stricter ceiling", ErrorKind::Ceiling),
    (400, "Installation is disabled", ErrorKind::ServerOff),
    (400, "OAuth discovery failed.", ErrorKind::LoginSetup),
    (400, "OAuth registration failed.", ErrorKind::LoginSetup),
    (400, "OAuth registration failed. Redirect URI host", ErrorKind::LoginSetup),
    (400, "This MCP server does not support Dynamic Client Registration", ErrorKind::LoginSetup),
    (400, "Template is missing OAuth metadata", ErrorKind::LoginSetup),
    (400, "Template OAuth client is not configured", ErrorKind::LoginSetup),
    (400, "Could not build OAuth authorize URL", ErrorKind::LoginSetup),
    (400, "Authorization endpoint must use HTTPS", ErrorKind::LoginSetup),
    (400, "OAuth token endpoint auth method is not supported.", ErrorKind::LoginSetup),
    (400, "This server URL is already installed.", ErrorKind::Conflict),
    (400, "Only personal installations can be shared.", ErrorKind::Invalid),
    (403, "Only project admins can share MCP servers with the project.", ErrorKind::Forbidden),
    (403, "Only the credential owner or a project admin can unshare", ErrorKind::Forbidden),
    (409, "A shared connection for this server already exists", ErrorKind::Conflict),
    (409, "The owner already has a personal installation", ErrorKind::Conflict),
    (429, "Request was throttled.", ErrorKind::Throttled),
    (500, "A server error occurred.", ErrorKind::Server),
    (
        502,
        "Could not refresh tools from the upstream MCP server: Upstream MCP server timed out",
        ErrorKind::Upstream,
    ),
    (
        502,
        "Could not refresh tools from the upstream MCP server: Upstream initialize returned",
        ErrorKind::Upstream,
    ),
];

#[test]
fn recorded_refusals_mean_what_callers_branch_on() {
    let exchanges = recorded();
    for (status, detail, expected) in RECORDED_KINDS {
        let mut found = 0;
        for exchange in &exchanges {
            let json = exchange.response.json.as_ref();
            let said = json.and_then(|json| json.get("detail").or_else(|| json.get("error"))?.as_str());
            if exchange.response.status == *status && said.is_some_and(|said| said.starts_with(detail)) {
                assert_eq!(kind(&exchange.answer()), *expected, "{}: {detail}", exchange.name);
                found += 1;
            }
        }
        assert!(found > 0, "{status} {detail} is not in the recordings");
    }
}

#[test]
fn a_missing_scope_is_named() {
    let mut scopes = BTreeSet::new();
    for exchange in recorded() {
        if let ErrorKind::MissingScope(scope) = kind(&exchange.answer()) {
            scopes.insert(scope);
        }
    }
    let expected = ["organization:read", "project:read", "project:write", "user:read"];
    assert_eq!(scopes.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn every_recorded_throttling_says_when_to_come_back() {
    let mut waits = BTreeSet::new();
    for exchange in recorded().iter().filter(|exchange| exchange.response.status == 429) {
        let mut answer = exchange.answer();
        let wait = answer::error(&answer, &Redaction::new([])).retry_after.unwrap();
        waits.insert(wait.as_secs());
        answer.headers.clear();
        if exchange.response.json.is_some() {
            let in_words = answer::error(&answer, &Redaction::new([])).retry_after;
            assert_eq!(in_words, Some(wait), "the words say the same as the header");
        }
    }
    assert!(waits.contains(&1) && waits.contains(&60) && waits.contains(&3307), "{waits:?}");
}

#[test]
fn every_recorded_tool_is_read() {
    let mut tools = 0;
    for exchange in recorded().iter().filter(|exchange| exchange.is_success()) {
        let route = exchange.route();
        let Some(json) = &exchange.response.json else { continue };
        let list = route.ends_with("mcp_server_installations/{id}/tools") || route.ends_with("tools/refresh");
        let rows = match json.get("results").and_then(Value::as_array) {
            Some(rows) if list => rows.clone(),
            None if route.contains("{id}/tools/") && exchange.request.method == "PATCH" => vec![json.clone()],
            _ => continue,
        };
        // A recording may say "…500" in the place of rows left out.
        for row in rows.into_iter().filter(Value::is_object) {
            let tool: Tool = serde_json::from_str(&row.to_string()).unwrap();
            assert_eq!(Value::from(tool.tool_name.clone()), row["tool_name"]);
            assert_eq!(Value::from(tool.approval_state.as_str()), row["approval_state"]);
            assert!(
                tool.approval_state.known().is_some() && tool.last_seen_at.is_some(),
                "{}",
                exchange.name
            );
            assert_eq!(tool.removed_at.is_some(), !row["removed_at"].is_null(), "{}", exchange.name);
            assert_eq!(tool.team_state.is_some(), !row["team_state"].is_null(), "{}", exchange.name);
            assert_eq!(serde_json::from_str::<Value>(tool.input_schema.get()).unwrap(), row["input_schema"]);
            tools += 1;
        }
    }
    assert!(tools > 300, "only {tools} tools were recorded");
}

#[test]
fn every_recorded_installation_template_and_user_is_read() {
    let (mut installations, mut templates, mut users) = (0, 0, 0);
    for exchange in recorded().iter().filter(|exchange| exchange.is_success()) {
        let Some(json) = &exchange.response.json else { continue };
        let rows =
            json.get("results").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![json.clone()]);
        for row in rows {
            let text = row.to_string();
            if row.get("pending_oauth").is_some() {
                let read: Installation = serde_json::from_str(&text).unwrap();
                assert_eq!(Value::from(read.scope), row["scope"], "{}", exchange.name);
                assert_eq!(Value::from(read.is_owner), row["is_owner"], "{}", exchange.name);
                assert_eq!(
                    read.last_synced_at.is_some(),
                    !row["last_synced_at"].is_null(),
                    "{}",
                    exchange.name
                );
                assert!(read.created_at.is_some() && read.updated_at.is_some(), "{}", exchange.name);
                installations += 1;
            } else if row.get("docs_url").is_some() && exchange.route().ends_with("mcp_servers") {
                let read: Template = serde_json::from_str(&text).unwrap();
                assert_eq!(Value::from(read.category), row["category"], "{}", exchange.name);
                templates += 1;
            } else if row.get("organizations").is_some() {
                let read: User = serde_json::from_str(&text).unwrap();
                assert_eq!(Value::from(read.email.clone()), row["email"]);
                let projects = read.known_projects();
                assert_eq!(Some(projects.len()), row["organization"]["projects"].as_array().map(Vec::len));
                assert!(projects.iter().all(|project| !project.organization_name.is_empty()));
                users += 1;
            }
        }
    }
    assert!(installations > 100 && templates > 30 && users > 4, "{installations} {templates} {users}");
}
