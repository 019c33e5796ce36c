//! Servers of many tools, made to measure.

use serde_json::{Map, Value, json};

use crate::fixture::{self, FixtureError};
use crate::model::{UpstreamTool, World};

/// More than any server offers, and still a list that fits into memory many times.
pub(super) const MOST: usize = 100_000;

const VERBS: [&str; 8] = ["list", "get", "create", "update", "search", "export", "archive", "delete"];
const THINGS: [&str; 12] = [
    "orders",
    "invoices",
    "customers",
    "shipments",
    "products",
    "tickets",
    "reports",
    "contracts",
    "warehouses",
    "suppliers",
    "returns",
    "subscriptions",
];
const PLACES: [&str; 10] =
    ["north", "south", "east", "west", "central", "coast", "valley", "harbour", "upland", "border"];

/// As many tools with names of their own, the same in every run.
pub(super) fn tools(count: usize) -> Vec<UpstreamTool> {
    (0..count).map(tool).collect()
}

fn tool(number: usize) -> UpstreamTool {
    let verb = VERBS[number % VERBS.len()];
    let thing = THINGS[number / VERBS.len() % THINGS.len()];
    let place = PLACES[number / (VERBS.len() * THINGS.len()) % PLACES.len()];
    UpstreamTool {
        name: format!("{verb}_{thing}_{place}_{number}"),
        title: format!("{} {thing}, {place} {number}", capital(verb)),
        description: format!(
            "{} {thing} of branch {place} {number}. Results come newest first; give a cursor for more.",
            capital(verb)
        ),
        input_schema: schema(verb, number),
        destructive: verb == "delete",
        annotations: Map::new(),
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

fn schema(verb: &str, number: usize) -> Value {
    match verb {
        "list" | "search" | "export" => json!({
            "type": "object",
            "properties": {
                "query": {"type": "string", "description": "Words to look for"},
                "status": {"type": "string", "enum": ["open", "closed", "all"], "default": "open"},
                "limit": {"type": "integer", "minimum": 1, "maximum": 100 + number % 400},
                "cursor": {"type": "string"}
            }
        }),
        "create" | "update" => json!({
            "type": "object",
            "properties": {
                "id": {"type": "string"},
                "fields": {"type": "object", "additionalProperties": {"type": "string"}},
                "notify": {"type": "boolean", "default": number.is_multiple_of(2)}
            },
            "required": ["fields"]
        }),
        _ => json!({"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}),
    }
}

/// Puts a server into the catalog and into the owner's project, connected and just read.
///
/// # Errors
/// The name is not one a server can have.
pub(super) fn install(world: &mut World, slug: &str, tools: &[UpstreamTool]) -> Result<(), FixtureError> {
    let owner = world.person(world.owner).map(|person| person.handle.clone());
    let server = json!({
        "slug": slug, "name": slug, "url": format!("https://{slug}.generated.example/mcp"),
        "auth_type": "api_key", "tools": tools,
        "description": format!("A generated server of {} tools.", tools.len()),
    });
    let installation =
        json!({"server": slug, "person": owner, "api_key": "generated-key", "last_synced_at": "-0s"});
    fixture::add(world, server, installation)
}
