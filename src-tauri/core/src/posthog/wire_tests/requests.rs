//! What goes over the wire, and what the answers become.

use url::Url;

use super::{KEY, NONCE, Reply, Server, assert_no_secret, bodies, callback, json, ok};
use crate::posthog::transport::Limits;
use crate::posthog::{ErrorKind, InstallationChange, Installed, Posthog, Theme};
use crate::secrets::Secret;
use crate::view::Decision;

#[tokio::test]
async fn a_request_is_json_with_the_bearer_key_and_the_name_of_this_app() {
    let server = Server::start(|_| vec![ok(r#"{"tool_name":"a b","approval_state":"approved"}"#)]).await;
    let tool = server
        .client()
        .set_approval(7, "row", "a b\n/".trim_end_matches('/'), Decision::Approved)
        .await
        .unwrap();
    assert_eq!(tool.tool_name, "a b");
    let request = server.requests().remove(0);
    let lower = request.to_lowercase();
    assert!(
        request.starts_with("PATCH /api/projects/7/mcp_server_installations/row/tools/a%20b%0A/ HTTP/1.1")
    );
    assert!(request.contains(&format!("Bearer {KEY}\r\n")));
    assert!(
        lower.contains("accept: application/json\r\n")
            && lower.contains("content-type: application/json\r\n")
    );
    assert!(lower.contains(&format!("user-agent: hedgerow/{}\r\n", env!("CARGO_PKG_VERSION"))));
    assert!(request.ends_with(r#"{"approval_state":"approved"}"#));
}

#[tokio::test]
async fn a_name_that_cannot_be_in_a_path_makes_no_request() {
    let server = Server::start(|_| vec![]).await;
    for name in ["", ".", "..", "refresh", "a/b", "/"] {
        let error = server.client().set_approval(1, "row", name, Decision::DoNotUse).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotAddressable, "{name}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::start(|origin| {
        let location = format!("Location: {origin}api/elsewhere?state=secretstate");
        vec![Reply::Say("302 Found", vec![location], Vec::new()), ok("{}")]
    })
    .await;
    let error = server.client().installation(1, "row").await.unwrap_err();
    assert_eq!((error.kind.clone(), error.detail.as_str()), (ErrorKind::UnexpectedRedirect, "127.0.0.1"));
    assert_eq!(server.requests().len(), 1);
    assert_no_secret(&error);
}

#[tokio::test]
async fn an_answer_without_end_is_not_kept() {
    let declared = || Reply::Say("200 OK", vec![], vec![b' '; 9 << 10]);
    let server = Server::start(|_| vec![Reply::Flood, declared()]).await;
    let client = server.limited(Limits { object_bytes: 4 << 10, list_bytes: 8 << 10, ..Limits::default() });
    assert_eq!(client.installation(1, "row").await.unwrap_err().kind, ErrorKind::TooLarge);
    let error = client.tools(1, "row").await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::TooLarge, Some(200)));
}

#[tokio::test]
async fn authorize_understands_a_body_and_a_location_alike() {
    let login = "https://login.example/authorize?state=secretstate";
    let server = Server::start(|_| {
        vec![
            ok(&format!(r#"{{"redirect_url":"{login}"}}"#)),
            Reply::Say("302 Found", vec![format!("Location: {login}")], Vec::new()),
            Reply::Say("302 Found", vec!["Location: /login?state=secretstate".into()], Vec::new()),
            ok(r#"{"redirect_url":7}"#),
            json("400 Bad Request", r#"{"detail":"OAuth discovery failed."}"#),
        ]
    })
    .await;
    let client = server.client();
    for _ in 0..2 {
        let url = client.authorize(5, "row", &callback()).await.unwrap();
        assert_eq!(url.expose(), login);
        assert_eq!(format!("{url:?}"), "RedirectUrl(…)");
    }
    for expected in [ErrorKind::Unreadable, ErrorKind::Unreadable, ErrorKind::LoginSetup] {
        let error = client.authorize(5, "row", &callback()).await.unwrap_err();
        assert_eq!(error.kind, expected);
        assert_no_secret(&error);
    }
    let line = &server.lines()[0];
    let query =
        "installation_id=row&install_source=posthog-code&posthog_code_callback_url=posthog-code%3A%2F%2Fmcp";
    assert!(line.starts_with("GET /api/projects/5/mcp_server_installations/authorize/?"), "{line}");
    assert!(line.contains(query), "{line}");
}

#[tokio::test]
async fn an_install_ends_in_a_login_or_in_a_row() {
    let server = Server::start(|_| {
        vec![
            ok(r#"{"redirect_url":"https://login.example/?state=secretstate"}"#),
            json("201 Created", r#"{"id":"row","url":"https://mcp.example","auth_type":"api_key"}"#),
            json("400 Bad Request", r#"{"detail":"api_key is required"}"#),
        ]
    })
    .await;
    let client = server.client();
    let key = Secret::new("the servers key".into());
    let installed = client.install_template(1, "template", None, &callback()).await.unwrap();
    assert!(matches!(&installed, Installed::Redirect(_)));
    assert!(!format!("{installed:?}").contains("secretstate"));
    match client.install_template(1, "template", Some(&key), &callback()).await.unwrap() {
        Installed::Ready(row) => assert!(row.id == "row" && row.is_owner && row.scope == "personal"),
        Installed::Redirect(_) => panic!("a row was answered"),
    }
    let error = client.install_template(1, "template", None, &callback()).await.unwrap_err();
    assert_eq!((error.kind, error.attr.as_deref()), (ErrorKind::Invalid, Some("api_key")));
    let bodies = bodies(&server);
    assert_eq!(bodies[0].get("api_key"), None);
    assert_eq!(bodies[1]["api_key"], "the servers key");
    assert_eq!(bodies[1]["install_source"], "posthog-code");
    assert_eq!(bodies[1]["posthog_code_callback_url"], callback().expose());
}

#[tokio::test]
async fn secrets_that_a_server_echoes_are_masked() {
    let key = Secret::new("the-servers-key".into());
    let echo = format!(
        "{KEY} the-servers-key {NONCE} {} https://u:p@h.example/x?state=secretstate",
        callback().expose()
    );
    let body = serde_json::json!({"detail": echo, "code": KEY, "attr": NONCE}).to_string();
    let server = Server::start(|_| vec![json("400 Bad Request", &body), json("403 Forbidden", &body)]).await;
    let client = server.client();
    let error = client.install_template(1, "template", Some(&key), &callback()).await.unwrap_err();
    assert_no_secret(&error);
    assert!(!error.detail.contains("the-servers-key") && !error.detail.contains("u:p"), "{error}");
    assert!(error.detail.ends_with("https://h.example/x…"), "{error}");
    assert_no_secret(&client.authorize(1, "row", &callback()).await.unwrap_err());
    assert!(!format!("{client:?}").contains(KEY));
}

#[tokio::test]
async fn a_host_that_is_not_posthog_is_told_apart() {
    let page =
        |status| Reply::Say(status, vec!["Content-Type: text/html".into()], "<!doctype html><p>Hi".into());
    let refused =
        r#"{"type":"authentication_error","code":"authentication_failed","detail":"No","attr":null}"#;
    let cases = [
        (page("200 OK"), ErrorKind::NotPosthog),
        (page("404 Not Found"), ErrorKind::NotPosthog),
        (page("403 Forbidden"), ErrorKind::NotPosthog),
        (json("404 Not Found", r#"{"detail":"Not Found"}"#), ErrorKind::NotPosthog),
        (ok("{}"), ErrorKind::NotPosthog),
        (
            Reply::Say("301 Moved", vec!["Location: https://posthog.com/".into()], Vec::new()),
            ErrorKind::NotPosthog,
        ),
        (json("401 Unauthorized", refused), ErrorKind::KeyRefused),
        (
            json(
                "403 Forbidden",
                &refused.replace("\"No\"", "\"API key missing required scope 'user:read'\""),
            ),
            ErrorKind::MissingScope("user:read".into()),
        ),
        (page("500 Oops"), ErrorKind::Server),
    ];
    for (reply, expected) in cases {
        let server = Server::start(|_| vec![reply]).await;
        assert_eq!(server.client().me().await.unwrap_err().kind, expected);
    }
}

#[test]
fn only_https_or_this_machine_gets_a_key() {
    let new = |origin: &str| Posthog::new(Url::parse(origin).unwrap(), Secret::new(KEY.into()));
    for origin in ["https://us.posthog.com", "http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:2"]
    {
        assert!(new(origin).is_ok(), "{origin}");
    }
    for origin in [
        "http://us.posthog.com",
        "http://localhost.example",
        "https://u:p@eu.posthog.com",
        "ftp://localhost",
        "file:///x",
        "http://[::2]",
    ] {
        assert_eq!(new(origin).unwrap_err().kind, ErrorKind::BadOrigin, "{origin}");
    }
    let client = new("https://eu.posthog.com/project/2?a#b").unwrap();
    assert_eq!(client.origin().as_str(), "https://eu.posthog.com/");
    for key in ["", "phx_a\nb", "phx_ä", "phx a"] {
        let origin = Url::parse("https://us.posthog.com").unwrap();
        let error = Posthog::new(origin, Secret::new(key.into())).unwrap_err();
        assert_eq!((error.kind, error.attr.as_deref()), (ErrorKind::Invalid, Some("key")));
    }
}

#[test]
fn a_tool_name_stays_one_segment_and_itself() {
    let client =
        Posthog::new(Url::parse("https://us.posthog.com").unwrap(), Secret::new(KEY.into())).unwrap();
    proptest::proptest!(|(name in "(?s).{1,40}|[./%2eE]{1,9}")| {
        let url = client.url(&["tools", &name]);
        let segments: Vec<_> = url.path_segments().unwrap().collect();
        if name != "." && name != ".." {
            proptest::prop_assert_eq!(segments.len(), 4);
            let decoded = percent_encoding::percent_decode_str(segments[2]).decode_utf8().unwrap();
            proptest::prop_assert_eq!(decoded, name);
        }
    });
}

#[tokio::test]
async fn projects_of_an_organisation_are_read_in_the_form_teams_have() {
    let body = r#"{"count":1,"next":null,"previous":null,"results":[
        {"id":9,"uuid":"u","organization":"o","project_id":2,"api_token":"phc_x","name":"Two"}]}"#;
    let server = Server::start(|_| vec![ok(body)]).await;
    let projects = server.client().organization_projects("o").await.unwrap();
    assert_eq!(
        (projects[0].id, projects[0].name.as_str(), projects[0].organization_id.as_str()),
        (2, "Two", "o")
    );
    assert!(server.lines()[0].starts_with("GET /api/organizations/o/projects/ "));
}

#[test]
fn calls_can_be_spawned() {
    fn assert_send(_: impl Send) {}
    let client =
        Posthog::new(Url::parse("https://us.posthog.com").unwrap(), Secret::new(KEY.into())).unwrap();
    let callback = callback();
    assert_send(client.me());
    assert_send(client.installations(1));
    assert_send(client.tools(1, "row"));
    assert_send(client.refresh_tools(1, "row"));
    assert_send(client.set_approval(1, "row", "tool", Decision::Approved));
    assert_send(client.install_template(1, "template", None, &callback));
    assert_send(client.authorize(1, "row", &callback));
    assert_send(client.update_installation(1, "row", &InstallationChange::default()));
    assert_send(client.delete_installation(1, "row"));
    assert_send(client.share(1, "row"));
    assert_send(client.icon(1, "x.example", Theme::Light));
    assert_send(client.available_tools(1));
}
