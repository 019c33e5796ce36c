//! What is measured with: a project with many tools, and a core that is signed in to it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hedgerow_core::secrets::{Keyring, Secret};
use hedgerow_core::view::Kept;
use hedgerow_core::{Config, Hedgerow, Project, Timing};
use hedgerow_sandbox::{Fixture, Options, Sandbox};
use serde_json::{Value, json};

/// Tools of one server: a large one, as people have them.
const PER_SERVER: usize = 250;

pub(crate) fn tool(index: usize) -> Value {
    let description = format!("Tool number {index}. ").repeat(10);
    let field = |field: usize| {
        let description = format!("What field {field} of tool {index} means");
        (format!("field_{field}"), json!({"type": "string", "description": description}))
    };
    let properties: serde_json::Map<String, Value> = (0..8).map(field).collect();
    json!({"name": format!("tool_{index:05}"), "title": format!("Tool {index}"), "description": description,
           "input_schema": {"type": "object", "required": ["field_0"], "properties": properties}})
}

/// A PostHog with `n` tools, with or without its limits.
pub(crate) async fn sandbox(n: usize, limits: bool) -> Sandbox {
    let servers = n / PER_SERVER;
    let server = |index: usize| {
        let tools: Vec<Value> = (0..PER_SERVER).map(|offset| tool(index * PER_SERVER + offset)).collect();
        json!({"slug": format!("server-{index}"), "name": format!("Server {index}"), "auth_type": "oauth", "category": "dev",
               "url": format!("https://mcp-{index}.bench.example/mcp"), "tools": tools})
    };
    let installation = |index: usize| json!({"server": format!("server-{index}"), "person": "robin", "last_synced_at": "-2h"});
    let mut fixture: Value =
        serde_json::from_str(include_str!("../../../sandbox/fixtures/plain.json")).unwrap();
    fixture["servers"] = (0..servers).map(server).collect();
    fixture["installations"] = (0..servers).map(installation).collect();
    fixture["throttle"] = json!({"enabled": limits});
    let fixture = Fixture::from_json(&fixture.to_string()).unwrap();
    hedgerow_sandbox::start(Options { port: 0, fixture }).await.unwrap()
}

/// The address of the project's servers.
pub(crate) fn base(sandbox: &Sandbox) -> String {
    format!("{}/api/projects/{}/mcp_server_installations/", sandbox.url(), sandbox.project_id())
}

/// A core with empty files, signed in.
pub(crate) async fn signed_in(sandbox: &Sandbox, folder: &Path) -> (Arc<Hedgerow>, Arc<Project>) {
    let config = Config {
        data_dir: folder.to_owned(),
        version: "bench",
        keyring: Keyring::memory(),
        open_browser: Arc::new(|_| false),
        timing: Timing { sync_every: Duration::from_secs(3600), ..Timing::default() },
        crashed_before: false,
    };
    let core = Arc::new(Hedgerow::open(config).await.unwrap());
    let key = Secret::new(sandbox.key().to_owned());
    core.sign_in_key(sandbox.url(), key, Kept::ThisRun).await.unwrap();
    let project = core.active().unwrap();
    (core, project)
}

pub(crate) async fn until_synced(core: &Hedgerow, project: &Project) {
    let mut events = core.events();
    loop {
        let sync = project.servers().await.unwrap().sync;
        if sync.last_success_at.is_some() && !sync.running {
            return;
        }
        let _ = events.recv().await;
    }
}
