//! What is sent again, and what is not.

use std::time::Duration;

use tokio::net::TcpListener;
use url::Url;

use super::{KEY, Reply, Server, callback, json, ok};
use crate::posthog::transport::Limits;
use crate::posthog::{ApiError, ErrorKind, Posthog};
use crate::secrets::Secret;
use crate::view::Decision;

#[tokio::test]
async fn reads_are_tried_three_times_and_writes_once() {
    let bad = || {
        json(
            "503 Service Unavailable",
            r#"{"type":"server_error","code":"database_unavailable","detail":"x"}"#,
        )
    };
    let server = Server::start(|_| vec![bad(), bad(), bad(), bad()]).await;
    assert_eq!(server.client().installation(1, "row").await.unwrap_err().kind, ErrorKind::Server);
    assert_eq!(server.requests().len(), 3);
    let server = Server::start(|_| vec![bad(), Reply::HangUp, ok(r#"{"id":"row","url":"u"}"#)]).await;
    assert_eq!(server.client().installation(1, "row").await.unwrap().id, "row");

    for reply in [bad(), Reply::HangUp] {
        let server = Server::start(|_| vec![reply; 4]).await;
        let client = server.client();
        let errors = [
            client.set_approval(1, "row", "tool", Decision::Approved).await.unwrap_err(),
            client.refresh_tools(1, "row").await.unwrap_err(),
            client.install_template(1, "template", None, &callback()).await.unwrap_err(),
            client.authorize(1, "row", &callback()).await.unwrap_err(),
        ];
        assert_eq!(server.requests().len(), 4, "each once");
        assert!(errors.iter().all(ApiError::outcome_unknown), "{errors:?}");
    }
}

#[tokio::test]
async fn an_outage_uses_up_the_budget_and_a_success_earns_it_back() {
    let server = Server::start(|_| vec![]).await;
    let client = server.client();
    for _ in 0..8 {
        assert_eq!(client.installation(1, "row").await.unwrap_err().kind, ErrorKind::Interrupted);
    }
    assert_eq!(server.requests().len(), 8 + 10);

    let row = r#"{"id":"row","url":"u"}"#;
    let recovering = Server::start(|_| {
        let mut script = vec![Reply::HangUp; 8 + 10];
        script.extend([ok(row), Reply::HangUp, ok(row)]);
        script
    })
    .await;
    let client = recovering.client();
    for _ in 0..8 {
        client.installation(1, "row").await.unwrap_err();
    }
    client.installation(1, "row").await.unwrap();
    client.installation(1, "row").await.unwrap();
    assert_eq!(recovering.requests().len(), 8 + 10 + 3);
}

#[tokio::test]
async fn a_short_wait_is_honoured_and_a_long_one_handed_back() {
    let throttled = |seconds: u32| {
        let headers = vec![format!("Retry-After: {seconds}"), "Content-Type: application/json".into()];
        let body =
            r#"{"type":"throttled_error","code":"throttled","detail":"Request was throttled.","attr":null}"#;
        Reply::Say("429 Too Many Requests", headers, body.into())
    };
    let server = Server::start(|_| vec![throttled(0), ok(r#"{"id":"row","url":"u"}"#)]).await;
    assert!(server.client().installation(1, "row").await.is_ok());
    let server = Server::start(|_| vec![throttled(6), throttled(60)]).await;
    let error = server.client().installation(1, "row").await.unwrap_err();
    assert_eq!((error.kind, error.retry_after), (ErrorKind::Throttled, Some(Duration::from_secs(6))));
    let error = server.client().refresh_tools(1, "row").await.unwrap_err();
    assert_eq!(error.retry_after, Some(Duration::from_secs(60)));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn silence_ends_in_a_timeout_and_is_not_retried() {
    let server = Server::start(|_| vec![Reply::Silence, Reply::Stall, Reply::Silence]).await;
    let soon = Duration::from_millis(200);
    let client = server.limited(Limits { normal: soon, list: soon, slow: soon, ..Limits::default() });
    assert_eq!(client.me().await.unwrap_err().kind, ErrorKind::Timeout);
    assert_eq!(client.tools(1, "row").await.unwrap_err().kind, ErrorKind::Timeout);
    let error = client.refresh_tools(1, "row").await.unwrap_err();
    assert!(error.kind == ErrorKind::Timeout && error.outcome_unknown());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let client = Posthog::new(origin, Secret::new(KEY.into())).unwrap();
    let error = client.set_approval(1, "row", "tool", Decision::Approved).await.unwrap_err();
    assert!(error.kind == ErrorKind::Offline && !error.outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn reads_beyond_their_share_of_posthogs_limit_are_not_sent_and_a_decision_still_is() {
    let row = ok(r#"{"id":"row","url":"u","tool_name":"tool"}"#);
    let server = Server::start(|_| vec![row; 402]).await;
    let client = server.limited(Limits { paced: true, turn: Duration::ZERO, ..Limits::default() });
    for _ in 0..400 {
        client.installation(1, "row").await.unwrap();
    }
    let error = client.installation(1, "row").await.unwrap_err();
    assert_eq!((&error.kind, error.status), (&ErrorKind::Throttled, None));
    assert!(error.retry_after.is_some_and(|wait| wait <= Duration::from_mins(1)), "{error:?}");
    assert_eq!(server.requests().len(), 400);
    client.set_approval(1, "row", "tool", Decision::Approved).await.unwrap();
    assert_eq!(server.requests().len(), 401);
}
