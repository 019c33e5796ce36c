//! What servers claim about their tools, through a PostHog that tells it: the sandbox with that one answer added.

use std::sync::{Arc, Mutex};

use hedgerow_core::Project;
use hedgerow_core::secrets::{Keyring, Secret};
use hedgerow_core::view::{Claims, Decision, Kept, ServerStatus};
use hedgerow_sandbox::{Fixture, Generation};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{World, open, plain, quick, server_id, tool};

/// Answers `available_tools` itself and hands everything else on.
struct Teller {
    url: String,
    /// What it answers; `None`: 500.
    answer: Arc<Mutex<Option<Value>>>,
    asked: Arc<Mutex<usize>>,
}

impl Teller {
    async fn before(sandbox: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (answer, asked) = (Arc::new(Mutex::new(None)), Arc::new(Mutex::new(0)));
        let teller = Self { url, answer: answer.clone(), asked: asked.clone() };
        let sandbox = sandbox.to_owned();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let head = read_head(&mut stream).await;
                let path = head.split(' ').nth(1).unwrap().to_owned();
                let (status, body) = if path.ends_with("/available_tools/") {
                    *asked.lock().unwrap() += 1;
                    let answer = answer.lock().unwrap().clone();
                    answer.map_or((500, String::new()), |answer| (200, answer.to_string()))
                } else {
                    let key = head.lines().find_map(|line| line.strip_prefix("authorization: ")).unwrap();
                    let request =
                        reqwest::Client::new().get(format!("{sandbox}{path}")).header("Authorization", key);
                    let answer = request.send().await.unwrap();
                    (answer.status().as_u16(), answer.text().await.unwrap())
                };
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
                stream.write_all((head + &body).as_bytes()).await.unwrap();
            }
        });
        teller
    }

    fn tells(&self, server: &str, tools: Value) {
        let servers = json!({"servers": [{"installation_id": server, "name": "Tracker", "slug": "tracker", "tools": tools}]});
        *self.answer.lock().unwrap() = Some(servers);
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

/// The head of a read; reads have no body.
async fn read_head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(bytes).unwrap()
}

async fn status(project: &Project, name: &str) -> ServerStatus {
    let servers = project.servers().await.unwrap().servers;
    servers.into_iter().find(|server| server.name == name).unwrap().status
}

#[tokio::test]
async fn a_server_that_is_off_for_the_team_says_so_until_agents_are_offered_it_again() {
    let world = World::new().await;
    let disable = async |slugs: &[&str]| {
        world.control("/policy", json!({"disabled_servers": slugs})).await;
    };
    disable(&["tracker"]).await;
    let project = world.sign_in().await;
    assert_eq!(status(&project, "Tracker").await, ServerStatus::OffForTeam);
    project.clone().sync().await.unwrap();
    assert_eq!(status(&project, "Tracker").await, ServerStatus::OffForTeam, "its row says nothing of it");
    disable(&[]).await;
    project.clone().sync().await.unwrap();
    assert_eq!(status(&project, "Tracker").await, ServerStatus::Connected);
}

#[tokio::test]
async fn a_server_is_not_called_off_for_the_team_where_something_else_may_keep_it_from_agents() {
    let mut keyed: Value =
        serde_json::from_str(include_str!("../../src-tauri/sandbox/fixtures/plain.json")).unwrap();
    let docs = json!({"server": "docs", "person": "robin", "api_key": "good-key", "last_synced_at": "-2h"});
    keyed["installations"].as_array_mut().unwrap().push(docs);
    let world = World::with(Fixture::from_json(&keyed.to_string()).unwrap(), quick()).await;
    world.control("/policy", json!({"disabled_servers": ["tracker", "docs"]})).await;
    let project = world.sign_in().await;
    assert_eq!(status(&project, "Docs").await, ServerStatus::Connected, "its key may be missing");
    assert_eq!(status(&project, "Tracker").await, ServerStatus::OffForTeam);
    let id = server_id(&project, "Tracker").await;
    for name in ["list_issues", "create_issue", "delete_issue"] {
        let row = tool(&project, &id, name).await;
        project.decide(&id, name, Decision::DoNotUse, &row.fingerprint).await.unwrap();
    }
    project.clone().sync().await.unwrap();
    assert_eq!(status(&project, "Tracker").await, ServerStatus::Connected, "all of it is blocked");

    let world = World::with(plain().in_generation(Generation::B), quick()).await;
    world.control("/policy", json!({"disabled_servers": ["tracker"]})).await;
    let project = world.sign_in().await;
    assert_eq!(status(&project, "Tracker").await, ServerStatus::Connected, "B does not tell");
}

#[tokio::test]
async fn what_a_server_claims_is_read_when_its_tools_moved_and_kept_when_it_cannot_be_read() {
    let (world, behind) = World::signed_in().await;
    let teller = Teller::before(world.sandbox.url()).await;
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path(), &Keyring::memory(), quick(), &Arc::default()).await;
    let key = Secret::new(world.sandbox.key().to_owned());
    core.sign_in_key(&teller.url, key, Kept::ThisRun).await.unwrap();
    let project = core.active().unwrap();
    for _ in 0..2 {
        project.clone().sync().await.unwrap();
    }
    let id = server_id(&project, "Tracker").await;
    let claimed = async |name| tool(&project, &id, name).await.claims;
    assert_eq!(claimed("list_issues").await, Claims::default(), "that it cannot be read fails no sync");

    teller.tells(
        &id,
        json!([
            {"name": "list_issues", "annotations": {"readOnlyHint": true, "openWorldHint": "odd"}},
            {"name": "delete_issue", "annotations": {"readOnlyHint": false, "destructiveHint": true}},
            {"name": "create_issue", "annotations": {}},
            {"name": "a tool nobody listed", "annotations": {"readOnlyHint": true}},
        ]),
    );
    let asked = teller.asked();
    for _ in 0..3 {
        project.clone().sync().await.unwrap();
    }
    assert_eq!(
        teller.asked(),
        asked + 1,
        "once it is known, only tools that move are worth another question"
    );
    let reads = Claims { read_only: Some(true), ..Claims::default() };
    let deletes = Claims { read_only: Some(false), destructive: Some(true), ..Claims::default() };
    assert_eq!((claimed("list_issues").await, claimed("delete_issue").await), (reads, deletes));
    assert_eq!(project.tool(&id, "delete_issue").await.unwrap().row.claims, deletes);
    assert_eq!(claimed("create_issue").await, Claims::default());

    // A blocked tool is not in the answer any more, which says nothing about what is claimed of it.
    let row = tool(&behind, &id, "delete_issue").await;
    behind.decide(&id, "delete_issue", Decision::DoNotUse, &row.fingerprint).await.unwrap();
    teller.tells(&id, json!([{"name": "list_issues", "annotations": {"readOnlyHint": false}}]));
    project.clone().sync().await.unwrap();
    let writes = Claims { read_only: Some(false), ..Claims::default() };
    assert_eq!((claimed("list_issues").await, claimed("delete_issue").await), (writes, deletes));
}
