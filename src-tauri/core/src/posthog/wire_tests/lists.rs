//! Lists: pages, guards, tolerance.

use url::Url;

use super::{Reply, Server, ok, rows};
use crate::posthog::transport::Limits;
use crate::posthog::{ErrorKind, Generation};

#[tokio::test]
async fn pages_are_followed_to_the_end_and_a_row_that_comes_twice_counts_once() {
    let server = Server::start(|origin| {
        let next = format!("{origin}api/projects/1/mcp_server_installations/?limit=1000&offset=2");
        vec![rows(4, 0..2, Some(&next)), rows(4, 1..3, None)]
    })
    .await;
    let installations = server.client().installations(1).await.unwrap();
    assert_eq!(installations.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["0", "1", "2"]);
    assert!(server.lines()[0].contains("?limit=1000 "), "{:?}", server.lines());
    assert!(server.lines()[1].contains("?limit=1000&offset=2 "), "{:?}", server.lines());
}

#[tokio::test]
async fn a_next_link_that_leaves_the_list_is_refused() {
    let other = Server::start(|_| vec![]).await;
    let path = "api/projects/1/mcp_server_installations/?offset=1";
    let port = other.origin.port().unwrap();
    for next in [
        format!("{}{path}", other.origin),
        format!("https://127.0.0.1:{port}/{path}"),
        format!("//localhost:{port}/{path}"),
        "/api/projects/1/mcp_server_installations/authorize/?installation_id=x".to_owned(),
        "/api/projects/2/mcp_server_installations/?offset=1".to_owned(),
        "javascript:alert(1)".to_owned(),
    ] {
        let server = Server::start(|_| vec![rows(2, 0..1, Some(&next)), rows(2, 1..2, None)]).await;
        let error = server.client().installations(1).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unreadable, "{next}");
        assert_eq!(server.requests().len(), 1, "{next}");
    }
    let userinfo = Server::start(|origin| {
        let next = format!("http://user:pass@127.0.0.1:{}/{path}", origin.port().unwrap());
        vec![rows(2, 0..1, Some(&next)), rows(2, 1..2, None)]
    })
    .await;
    assert_eq!(userinfo.client().installations(1).await.unwrap_err().kind, ErrorKind::Unreadable);
    assert!(other.requests().is_empty(), "the key went elsewhere");
}

#[tokio::test]
async fn a_list_that_contradicts_itself_is_not_taken_for_whole() {
    let second = "?limit=1000&offset=1";
    let scripts = [
        ("the same page again", vec![rows(9, 0..1, Some(second)), rows(9, 1..2, Some(second))]),
        ("back to the start", vec![rows(9, 0..1, Some("?limit=1000"))]),
        ("an empty page before the end", vec![rows(9, 0..1, Some(second)), rows(9, 0..0, Some("?offset=2"))]),
        ("fewer rows than counted", vec![rows(3, 0..2, None)]),
        ("another count on the second page", vec![rows(3, 0..2, Some(second)), rows(2, 2..3, None)]),
        ("no results", vec![ok(r#"{"count":0,"next":null}"#)]),
        ("cut off", vec![ok(r#"{"results":[{"id":"1","url":"u"},"#)]),
    ];
    for (what, script) in scripts {
        let requests = script.len();
        let server = Server::start(|_| script).await;
        let error = server.client().installations(1).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unreadable, "{what}");
        assert_eq!(server.requests().len(), requests, "{what}");
    }
}

#[tokio::test]
async fn an_endless_list_ends() {
    let pages =
        |_: &Url| (0..300).map(|n| rows(999, n..n + 1, Some(&format!("?offset={}", n + 1)))).collect();
    let server = Server::start(pages).await;
    assert_eq!(server.client().installations(1).await.unwrap_err().kind, ErrorKind::Unreadable);
    assert_eq!(server.requests().len(), 200);
}

#[tokio::test]
async fn one_unreadable_tool_does_not_lose_the_others() {
    let body = r#"{"results":[{"tool_name":"a","approval_state":"later_word","locked":null},{"tool_name":7},"…",
        {"tool_name":"b","approval_state":"do_not_use","removed_at":"yesterday"},
        {"tool_name":"c","last_seen_at":"never","input_schema":[1e400]}]}"#;
    let dated = Reply::Say("200 OK", vec!["Date: Tue, 24 Nov 2026 10:00:00 GMT".into()], body.into());
    let server = Server::start(|_| vec![dated, ok(&body.replace("\"a\"", "\"A\"")), ok(body)]).await;
    let client = server.client();
    let list = client.tools(1, "row").await.unwrap();
    assert_eq!(list.tools.iter().map(|tool| tool.tool_name.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(list.skipped, 3);
    assert_eq!(list.tools[0].approval_state.as_str(), "later_word");
    assert!(list.tools[0].locked && list.tools[0].decided_by == "legacy" && !list.tools[1].locked);
    assert_eq!(list.tools[1].input_schema.get(), "[1e400]");
    assert_eq!(list.server_time, Some("2026-11-24T10:00:00Z".parse().unwrap()));
    assert!(server.lines()[0].ends_with("/tools/?include_removed=1 HTTP/1.1"));
    assert_ne!(client.tools(1, "row").await.unwrap().digest, list.digest);
    assert_eq!(client.tools(1, "row").await.unwrap().digest, list.digest);
}

#[tokio::test]
async fn a_list_may_be_a_bare_array() {
    let template = r#"{"id":"t","name":"Linear","later":{"a":1}}"#;
    let server =
        Server::start(|_| vec![ok(&format!("[{template}]")), ok(&format!(r#"{{"results":[{template}]}}"#))])
            .await;
    let bare = server.client().catalog(1).await.unwrap();
    assert_eq!((bare.len(), bare[0].name.as_str(), bare[0].is_coming_soon), (1, "Linear", false));
    assert_eq!(server.client().catalog(1).await.unwrap(), bare);
}

#[tokio::test]
async fn pages_share_one_allowance() {
    let page = |n: usize| rows(999, n * 60..(n + 1) * 60, Some(&format!("?offset={n}")));
    let server = Server::start(|_| (1..20).map(page).collect()).await;
    let client = server.limited(Limits { list_bytes: 8 << 10, ..Limits::default() });
    assert_eq!(client.installations(1).await.unwrap_err().kind, ErrorKind::TooLarge);
    assert!(server.requests().len() < 5);
}

#[tokio::test]
async fn the_newest_row_tells_the_generation_and_no_row_tells_nothing() {
    let newest = r#"{"results":[{"id":"1","url":"u","tool_count":1},{"id":"2","url":"u","scope":"personal"},
        {"id":3,"last_synced_at":null}]}"#;
    let server = Server::start(|_| vec![ok(newest), rows(0, 0..0, None), rows(1, 0..1, None)]).await;
    let mut told = Vec::new();
    for _ in 0..3 {
        let list = server.client().installations(1).await.unwrap();
        told.push((list.rows.len(), list.skipped, list.generation));
    }
    assert_eq!(told, [(2, 1, Some(Generation::B)), (0, 0, None), (1, 0, Some(Generation::A0))]);
}
