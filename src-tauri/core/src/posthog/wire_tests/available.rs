//! What agents are offered.

use super::{Reply, Server, json, ok};
use crate::posthog::{Annotations, ErrorKind};

#[tokio::test]
async fn annotations_are_read_tool_by_tool_and_odd_ones_lose_nothing_else() {
    let body = r#"{"servers":[
        {"installation_id":"row","name":"Build","slug":"build","later":1,"tools":[
            {"name":"a","description":"A","input_schema":[1],"annotations":{"title":"T","readOnlyHint":true,
             "destructiveHint":false,"idempotentHint":true,"openWorldHint":false,"later":[]},"approval_state":"approved"},
            {"name":"b","annotations":{"readOnlyHint":"yes","destructiveHint":true},"approval_state":"later_word"},
            {"name":"c","annotations":"none"},
            {"name":7},
            {"name":"d"}]},
        {"name":"no id"},
        {"installation_id":"empty"}]}"#;
    let server = Server::start(|_| vec![ok(body)]).await;
    let available = server.client().available_tools(7).await.unwrap().unwrap();
    let servers = available.servers;
    assert_eq!(available.skipped, 1, "one without an id is not taken for one that is missing");
    assert_eq!(server.lines(), ["GET /api/projects/7/mcp_server_installations/available_tools/ HTTP/1.1"]);
    let ids: Vec<_> =
        servers.iter().map(|server| (server.installation_id.as_str(), server.tools.len())).collect();
    assert_eq!(ids, [("row", 4), ("empty", 0)]);
    let tools = &servers[0].tools;
    let all = Annotations {
        title: Some("T".into()),
        read_only_hint: Some(true),
        destructive_hint: Some(false),
        idempotent_hint: Some(true),
        open_world_hint: Some(false),
    };
    assert_eq!((&tools[0].annotations, tools[0].input_schema.get()), (&all, "[1]"));
    assert_eq!(tools[1].annotations, Annotations { destructive_hint: Some(true), ..Annotations::default() });
    assert_eq!(tools[1].approval_state.as_str(), "later_word");
    for tool in &tools[2..] {
        assert_eq!(
            (&tool.annotations, tool.approval_state.known()),
            (&Annotations::default(), None),
            "{}",
            tool.name
        );
    }
}

#[tokio::test]
async fn before_generation_c_there_is_no_such_list() {
    let missing = |detail| json("404 Not Found", &format!(r#"{{"code":"not_found","detail":"{detail}"}}"#));
    let server = Server::start(|_| {
        vec![
            missing("Not found."),
            missing("Project not found."),
            ok(r#"{"results":[]}"#),
            ok(r#"{"servers":{}}"#),
            Reply::HangUp,
        ]
    })
    .await;
    let client = server.client();
    assert!(client.available_tools(1).await.unwrap().is_none());
    use ErrorKind::{Interrupted, ProjectNotFound, Unreadable};
    for expected in [ProjectNotFound, Unreadable, Unreadable, Interrupted] {
        assert_eq!(client.available_tools(1).await.unwrap_err().kind, expected);
    }
    assert_eq!(server.requests().len(), 5, "it may write upstream: sent once");
}
