//! The state every recording starts from, as a fixture: people, keys and servers of `tests/recordings/README.md`.

use serde_json::{Value, json};

use crate::replay::exchanges;

/// Alice's key with the three scopes a client needs.
pub(crate) const ALICE: &str = "phx_alice_full";
pub(crate) const BOB: &str = "phx_bob_full";
const ALICE_LABEL: &str = "personal key of alice (org owner): user:read organization:read project:read";

/// The recordings' words for a token, and what the fixture gives that key: token, person, kind, scopes, limits.
const KEYS: [(&str, &str, &str, &str, &str, &str); 16] = [
    (ALICE_LABEL, ALICE, "alice", "personal", "user:read organization:read project:read", ""),
    ("personal key of alice: *", "phx_alice_star", "alice", "personal", "*", ""),
    (
        "personal key of alice: project:write only",
        "phx_alice_write",
        "alice",
        "personal",
        "project:write",
        "",
    ),
    ("personal key of alice: insight:read only", "phx_alice_none", "alice", "personal", "insight:read", ""),
    (
        "old-style personal key without prefix, project:read",
        "old_style",
        "alice",
        "personal",
        "project:read",
        "",
    ),
    (
        "personal key of alice limited to project 1",
        "phx_alice_team1",
        "alice",
        "personal",
        "user:read organization:read project:read",
        "project",
    ),
    (
        "personal key of alice limited to her org",
        "phx_alice_org",
        "alice",
        "personal",
        "user:read organization:read project:read",
        "lab-org",
    ),
    (
        "personal key of alice limited to another org",
        "phx_alice_other",
        "alice",
        "personal",
        "user:read project:read",
        "other-org",
    ),
    (
        "personal key of bob (member): user:read organization:read project:read",
        BOB,
        "bob",
        "personal",
        "user:read organization:read project:read",
        "",
    ),
    (
        "personal key of dave (owner of another organisation)",
        "phx_dave",
        "dave",
        "personal",
        "user:read organization:read project:read",
        "",
    ),
    (
        "personal key of a deactivated user",
        "phx_eve",
        "eve",
        "personal",
        "user:read organization:read project:read",
        "",
    ),
    (
        "OAuth token: openid user:read organization:read project:read",
        "pha_alice",
        "alice",
        "oauth",
        "openid user:read organization:read project:read",
        "",
    ),
    ("expired OAuth token", "pha_expired", "alice", "oauth_expired", "project:read", ""),
    ("OAuth token with empty scope", "pha_empty", "alice", "oauth", "", ""),
    (
        "OAuth token without application",
        "pha_noapp",
        "alice",
        "oauth_without_application",
        "project:read",
        "",
    ),
    ("OAuth token with built-in-agent scope", "pha_agent", "alice", "oauth_agent", "project:read", ""),
];

/// The header the sandbox understands for one the recordings describe in words.
pub(crate) fn authorization(recorded: &str) -> String {
    let Some(label) = recorded.strip_prefix("Bearer <").and_then(|rest| rest.strip_suffix('>')) else {
        return recorded.to_owned();
    };
    if let Some(token) = label.strip_prefix("unknown token: ") {
        return format!("Bearer {token}");
    }
    let key = KEYS.iter().find(|key| key.0 == label).unwrap_or_else(|| panic!("no key for {label}"));
    format!("Bearer {}", key.1)
}

fn key(key: &(&str, &str, &str, &str, &str, &str)) -> Value {
    let (name, token, person, kind, scopes, limit) = *key;
    let scopes: Vec<&str> = scopes.split_whitespace().collect();
    let mut entry = json!({"name": name, "token": token, "person": person, "kind": kind, "scopes": scopes});
    match limit {
        "" => {}
        "project" => entry["projects"] = json!([1]),
        organization => entry["organizations"] = json!([organization]),
    }
    entry
}

/// The upstream tool set `base`.
pub(crate) fn base() -> Value {
    let schema = |fields: &[&str]| {
        let properties: serde_json::Map<String, Value> =
            fields.iter().map(|field| ((*field).to_owned(), json!({"type": "string"}))).collect();
        json!({"type": "object", "required": fields, "properties": properties})
    };
    json!([
        {"name": "search_docs", "title": "Search docs", "description": "Search the documentation", "input_schema": schema(&["q"]),
         "annotations": {"readOnlyHint": true}},
        {"name": "list_items", "description": "Lists items", "input_schema": schema(&[])},
        {"name": "create_item", "title": "Create item", "description": "Creates an item", "input_schema": schema(&["title"])},
        {"name": "delete_item", "title": "Delete item", "description": "Deletes an item for good", "destructive": true, "input_schema": schema(&["id"])},
        {"name": "update_item", "description": "Updates an item", "input_schema": schema(&["id", "title"])},
    ])
}

/// What the upstream tools are in an answer of a recording.
pub(crate) fn as_offered(results: &Value) -> Value {
    let tool = |row: &Value| {
        json!({"name": row["tool_name"], "title": row["display_name"], "description": row["description"],
               "input_schema": row["input_schema"], "destructive": row["tool_name"] == "delete_item"})
    };
    results.as_array().unwrap().iter().map(tool).collect()
}

/// What the upstream tools are in an answer of `available_tools`.
pub(crate) fn offered(tools: &Value) -> Value {
    let tool = |row: &Value| {
        json!({"name": row["name"], "description": row["description"], "input_schema": row["input_schema"],
               "annotations": row["annotations"]})
    };
    tools.as_array().unwrap().iter().map(tool).collect()
}

/// Five hundred tools like the first of an answer that was cut to its first tools and their count.
pub(crate) fn five_hundred(exchange: &Value) -> Vec<Value> {
    let first = as_offered(&json!([exchange["response"]["json"]["results"][0]]))[0].take();
    let numbered = |number: usize| {
        let mut tool = first.clone();
        tool["name"] = json!(format!("tool_{number:03}"));
        tool["title"] = json!(format!("Tool {number}"));
        let text = tool["description"].as_str().unwrap();
        tool["description"] = json!(text.replacen("thing 0", &format!("thing {number}"), 1));
        tool
    };
    (0..500).map(numbered).collect()
}

fn slug(url: &str) -> String {
    url.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// A server outside the catalog.
pub(crate) fn server(url: &str) -> Value {
    json!({"slug": slug(url), "name": slug(url), "url": url, "in_catalog": false, "auth_type": "oauth", "tools": base()})
}

/// The name under which the control endpoint knows the server of a URL.
pub(crate) fn slug_of(url: &str) -> String {
    slug(url)
}

/// The catalog as recording 02 shows it, with each template's trouble.
fn catalog() -> Vec<Value> {
    let recorded = exchanges("02_catalog");
    let rows = recorded[0]["response"]["json"]["results"].as_array().unwrap().clone();
    let complete = |mut row: Value| {
        let number = row["id"].as_str().unwrap()[34..].to_owned();
        row["template_id"] = row["id"].take();
        row.as_object_mut().unwrap().remove("id");
        row["slug"] = json!(format!("template-{number}"));
        row["tools"] = base();
        match number.as_str() {
            "01" => row["accepted_keys"] = json!(["good-key"]),
            "12" | "14" => row["tools"] = json!([{"name": "one"}]),
            "04" => row["shared_client"] = json!("shared-client"),
            "05" => row["oauth_failure"] = json!("metadata_missing"),
            "06" => row["oauth_failure"] = json!("client_not_configured"),
            "07" => row["oauth_failure"] = json!("dcr_unsupported"),
            "08" => {
                row["oauth_failure"] =
                    json!({"registration_rejected": "Redirect URI host is not allowed for this workspace"})
            }
            "09" => row["oauth_failure"] = json!("discovery"),
            "11" => row["oauth_failure"] = json!("authorize_endpoint"),
            _ => {}
        }
        row
    };
    rows.into_iter().map(complete).collect()
}

/// The lab, with a server for every URL a recording installs.
pub(crate) fn fixture(file: &str) -> Value {
    let mut servers = catalog();
    let mut urls: Vec<String> = exchanges(file)
        .iter()
        .filter_map(|exchange| exchange["request"]["json"]["url"].as_str().map(|url| url.trim().to_owned()))
        .filter(|url| url.contains("/s/"))
        .collect();
    urls.sort();
    urls.dedup();
    servers.extend(urls.iter().map(|url| server(url)));
    let organization = |slug: &str, id: &str, name: &str, projects: Value| json!({"slug": slug, "id": id, "name": name, "projects": projects});
    let person = |id: i64, handle: &str, name: &str, organization: &str, level: &str| {
        json!({"id": id, "handle": handle, "first_name": name, "email": format!("{handle}@lab.example.com"),
               "organizations": {organization: level}, "active": handle != "eve"})
    };
    json!({
        "owner": "alice", "project": 1, "sync_delay_ms": 3_600_000, "throttle": {"enabled": false},
        "organizations": [
            organization("lab-org", "0199aaaa-0000-7000-8000-000000000001", "Lab Org", json!([
                {"id": 1, "name": "Project One", "api_token": "phc_project_one_token"},
                {"id": 2, "name": "Project Two", "api_token": "phc_project_two_token"}])),
            organization("other-org", "0199aaaa-0000-7000-8000-000000000002", "Other Org", json!([
                {"id": 3, "name": "Other Project", "api_token": "phc_project_three_token"}])),
        ],
        "people": [
            person(1, "alice", "Alice", "lab-org", "owner"), person(2, "bob", "Bob", "lab-org", "member"),
            person(3, "carol", "Carol", "lab-org", "member"), person(4, "dave", "Dave", "other-org", "owner"),
            person(5, "eve", "Eve", "lab-org", "member"),
        ],
        "keys": KEYS.iter().map(key).collect::<Vec<_>>(),
        "servers": servers,
    })
}
