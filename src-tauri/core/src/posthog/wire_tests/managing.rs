//! Renaming, switching, sharing, removing.

use super::{Reply, Server, bodies, json, ok};
use crate::posthog::{ApiError, ErrorKind, InstallationChange};
use crate::view::{CommandError, ErrorCode};

const ROW: &str = r#"{"id":"row","url":"https://mcp.example","name":"Farm","display_name":"Farm","is_enabled":true,
    "scope":"shared","is_owner":false}"#;

#[tokio::test]
async fn a_change_is_json_that_holds_only_what_changes() {
    let server = Server::start(|_| vec![ok(ROW); 4]).await;
    let client = server.client();
    let changes = [
        InstallationChange { display_name: Some(String::new()), ..InstallationChange::default() },
        InstallationChange { description: Some("line\n<b>".into()), ..InstallationChange::default() },
        InstallationChange { is_enabled: Some(false), ..InstallationChange::default() },
        InstallationChange {
            display_name: Some("Farm".into()),
            description: Some(String::new()),
            is_enabled: Some(true),
        },
    ];
    for change in &changes {
        let row = client.update_installation(7, "row", change).await.unwrap();
        assert!(row.is_enabled, "the answer counts, not the wish");
    }
    let expected = [
        r#"{"display_name":""}"#,
        r#"{"description":"line\n<b>"}"#,
        r#"{"is_enabled":false}"#,
        r#"{"display_name":"Farm","description":"","is_enabled":true}"#,
    ];
    for (body, expected) in bodies(&server).iter().zip(expected) {
        assert_eq!(*body, serde_json::from_str::<serde_json::Value>(expected).unwrap());
    }
    for request in server.requests() {
        assert!(request.starts_with("PATCH /api/projects/7/mcp_server_installations/row/ HTTP/1.1"));
        // A form without the switch would switch the row off.
        assert!(request.to_lowercase().contains("content-type: application/json\r\n"), "{request}");
    }
}

#[tokio::test]
async fn a_name_that_posthog_would_crash_on_is_not_sent() {
    let server = Server::start(|_| vec![ok(ROW)]).await;
    let named =
        |name: String| InstallationChange { display_name: Some(name), ..InstallationChange::default() };
    let error = server.client().update_installation(1, "row", &named("ü".repeat(201))).await.unwrap_err();
    assert_eq!((&error.kind, error.attr.as_deref()), (&ErrorKind::Invalid, Some("display_name")));
    let told = CommandError::from(&error);
    assert_eq!(
        (told.code, told.message.as_str()),
        (ErrorCode::Invalid, "A name has at most 200 characters.")
    );
    assert!(server.requests().is_empty());
    let longest = named(format!("  {}  ", "ü".repeat(200)));
    server.client().update_installation(1, "row", &longest).await.unwrap();
}

#[tokio::test]
async fn removing_twice_says_that_it_is_gone() {
    let gone = r#"{"type":"invalid_request","code":"not_found","detail":"Not found.","attr":null}"#;
    let server = Server::start(|_| {
        vec![Reply::Say("204 No Content", vec![], Vec::new()), json("404 Not Found", gone)]
    })
    .await;
    let client = server.client();
    client.delete_installation(7, "row").await.unwrap();
    assert_eq!(client.delete_installation(7, "row").await.unwrap_err().kind, ErrorKind::NotFound);
    let line = "DELETE /api/projects/7/mcp_server_installations/row/ HTTP/1.1";
    assert_eq!(server.lines(), [line, line]);
}

#[tokio::test]
async fn sharing_answers_the_row_and_says_what_is_in_the_way() {
    let taken = r#"{"detail":"A shared connection for this server already exists in this project."}"#;
    let own = r#"{"detail":"The owner already has a personal installation for this server."}"#;
    let server =
        Server::start(|_| vec![ok(ROW), json("409 Conflict", taken), ok(ROW), json("409 Conflict", own)])
            .await;
    let client = server.client();
    let shared = client.share(7, "row").await.unwrap();
    assert_eq!((shared.scope.as_str(), shared.is_owner), ("shared", false));
    let conflict = |error: ApiError, words: &str| {
        assert_eq!(error.kind, ErrorKind::Conflict);
        assert!(!error.outcome_unknown());
        let told = CommandError::from(error);
        assert_eq!((told.code, told.message.as_str(), told.field), (ErrorCode::Conflict, words, None));
    };
    let words = "A shared connection for this server already exists in this project.";
    conflict(client.share(7, "row").await.unwrap_err(), words);
    client.unshare(7, "row").await.unwrap();
    let words = "The owner already has a personal installation for this server.";
    conflict(client.unshare(7, "row").await.unwrap_err(), words);
    let path = "/api/projects/7/mcp_server_installations/row";
    assert_eq!(server.lines()[0], format!("POST {path}/share/ HTTP/1.1"));
    assert_eq!(server.lines()[2], format!("POST {path}/unshare/ HTTP/1.1"));
    assert!(server.requests()[0].ends_with("\r\n\r\n"), "no body");
}

#[tokio::test]
async fn changes_are_sent_once() {
    let server = Server::start(|_| vec![]).await;
    let client = server.client();
    let errors = [
        client.update_installation(1, "row", &InstallationChange::default()).await.unwrap_err(),
        client.delete_installation(1, "row").await.unwrap_err(),
        client.share(1, "row").await.unwrap_err(),
        client.unshare(1, "row").await.unwrap_err(),
    ];
    assert!(errors.iter().all(ApiError::outcome_unknown), "{errors:?}");
    assert_eq!(server.requests().len(), 4);
}
