//! Connecting a server by its URL.

use serde_json::json;

use super::{KEY, NONCE, Server, assert_no_secret, bodies, callback, ok};
use crate::posthog::{CustomAuth, CustomServer, ErrorKind, Installed};
use crate::secrets::Secret;
use crate::view::{CommandError, ErrorCode};

const ROW: &str = r#"{"id":"row","url":"https://mcp.example","auth_type":"api_key"}"#;
const LOGIN: &str = r#"{"redirect_url":"https://login.example/?state=secretstate"}"#;

fn server(auth: CustomAuth) -> CustomServer {
    CustomServer {
        name: " Build farm ".into(),
        url: " https://mcp.example/mcp ".into(),
        auth,
        description: "Ours".into(),
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

#[tokio::test]
async fn every_way_in_is_said_in_the_words_of_the_api() {
    let wire =
        Server::start(|_| vec![ok(LOGIN), super::json("201 Created", ROW), ok(ROW), ok(LOGIN), ok(LOGIN)])
            .await;
    let client = wire.client();
    let ways = [
        CustomAuth::Login,
        CustomAuth::Key(secret("the-key")),
        CustomAuth::Open,
        CustomAuth::OwnClient { id: " app ".into(), secret: Some(secret("hush-hush")) },
        CustomAuth::OwnClient { id: "app".into(), secret: None },
    ];
    for (way, login) in ways.into_iter().zip([true, false, false, true, true]) {
        let installed = client.install_custom(7, &server(way), &callback()).await.unwrap();
        assert_eq!(matches!(installed, Installed::Redirect(_)), login);
    }
    let expected = [
        json!({"auth_type": "oauth"}),
        json!({"auth_type": "api_key", "api_key": "the-key"}),
        json!({"auth_type": "api_key"}),
        json!({"auth_type": "oauth", "client_id": "app", "client_secret": "hush-hush"}),
        json!({"auth_type": "oauth", "client_id": "app"}),
    ];
    for (body, mut expected) in bodies(&wire).into_iter().zip(expected) {
        expected["name"] = "Build farm".into();
        expected["url"] = "https://mcp.example/mcp".into();
        expected["description"] = "Ours".into();
        expected["install_source"] = "posthog-code".into();
        expected["posthog_code_callback_url"] = callback().expose().into();
        assert_eq!(body, expected);
    }
    assert!(wire.lines()[0].starts_with("POST /api/projects/7/mcp_server_installations/install_custom/ "));
}

#[tokio::test]
async fn what_posthog_would_refuse_or_misread_is_not_sent() {
    const SYNTAX: &str = "This is not a web address.";
    const SCHEME: &str = "The address must begin with https:// or http://.";
    const USERINFO: &str = "The address must not contain a user name or password.";
    let at = |url: &str| CustomServer { url: url.into(), ..server(CustomAuth::Login) };
    let named = |name: String| CustomServer { name, ..server(CustomAuth::Login) };
    let own = |id: &str, secret: Option<Secret>| server(CustomAuth::OwnClient { id: id.into(), secret });
    let cases = [
        (named(" \n".into()), "name", "A name is needed."),
        (named("n".repeat(201)), "name", "A name has at most 200 characters."),
        (at("  "), "url", "An address is needed."),
        (
            at(&format!("https://x.example/{}", "a".repeat(2031))),
            "url",
            "An address has at most 2,048 characters.",
        ),
        (at("mcp.example"), "url", SYNTAX),
        (at("https:mcp.example"), "url", SYNTAX),
        (at("https://"), "url", SYNTAX),
        (at("https:///mcp.example"), "url", SYNTAX),
        (at("https://?q"), "url", SYNTAX),
        (at("https://mcp.example:port/"), "url", SYNTAX),
        (at("https://mcp.example/a b"), "url", SYNTAX),
        (at("https://mcp.exa\nmple/"), "url", SYNTAX),
        (at("https:\\\\mcp.example\\@x://"), "url", SCHEME),
        (at("https://mcp.example\\@evil.example/"), "url", SYNTAX),
        (at("ftp://mcp.example/"), "url", SCHEME),
        (at("javascript://mcp.example/%0aalert(1)"), "url", SCHEME),
        (at("https://user:hush@mcp.example/"), "url", USERINFO),
        (at("https://user@mcp.example/"), "url", USERINFO),
        (at("https://@mcp.example/"), "url", USERINFO),
        (at("HTTPS://:@mcp.example?x"), "url", USERINFO),
        (server(CustomAuth::Key(secret(" \t"))), "api_key", "A key is needed."),
        (own(" ", None), "client_id", "A client id is needed."),
        (own("app", Some(secret(""))), "client_secret", "The client secret is empty."),
    ];
    let wire = Server::start(|_| vec![]).await;
    let client = wire.client();
    for (server, field, words) in cases {
        let error = client.install_custom(1, &server, &callback()).await.unwrap_err();
        assert_eq!((&error.kind, error.status), (&ErrorKind::Invalid, None), "{server:?}");
        let told = CommandError::from(&error);
        assert_eq!(told.code, ErrorCode::Invalid);
        assert_eq!((told.field.as_deref(), told.message.as_str()), (Some(field), words), "{server:?}");
    }
    assert!(wire.requests().is_empty());
}

#[tokio::test]
async fn addresses_posthog_takes_are_sent_as_they_are_written() {
    let urls = [
        "http://mcp.example",
        "HTTPS://MCP.example/Mcp",
        "https://mcp.example:99/s/?key=a@b#x@y",
        "https://münchen.example/",
        "https://[2001:db8::1]/mcp/",
    ];
    let longest = format!("https://x.example/{}", "a".repeat(2030));
    let wire = Server::start(|_| vec![ok(ROW); 6]).await;
    for url in urls.into_iter().chain([longest.as_str()]) {
        let server = CustomServer { url: url.into(), ..server(CustomAuth::Open) };
        wire.client().install_custom(1, &server, &callback()).await.unwrap();
        assert_eq!(bodies(&wire).last().unwrap()["url"], url);
    }
}

#[tokio::test]
async fn a_refused_install_says_which_field_and_echoes_no_secret() {
    let echo =
        |secret: &str| json!({"detail": format!("URL not allowed: {secret} {KEY} {NONCE}"), "attr": "url"});
    let wire = Server::start(|_| {
        vec![
            super::json("400 Bad Request", r#"{"detail":"This server URL is already installed."}"#),
            super::json("400 Bad Request", r#"{"detail":"Server URL blocked by security policy"}"#),
            super::json("400 Bad Request", &echo("the-servers-key").to_string()),
            super::json("400 Bad Request", &echo("hush-hush").to_string()),
        ]
    })
    .await;
    let client = wire.client();
    let key = server(CustomAuth::Key(secret("the-servers-key")));
    let own = server(CustomAuth::OwnClient { id: "app".into(), secret: Some(secret("hush-hush")) });
    for (server, kind) in [
        (&key, ErrorKind::Conflict),
        (&own, ErrorKind::LoginSetup),
        (&key, ErrorKind::Invalid),
        (&own, ErrorKind::Invalid),
    ] {
        let error = client.install_custom(1, server, &callback()).await.unwrap_err();
        assert_eq!((&error.kind, error.attr.as_deref()), (&kind, Some("url")), "{error}");
        assert_no_secret(&error);
        assert!(!error.detail.contains("hush-hush") && !error.detail.contains("the-servers-key"), "{error}");
    }
    assert!(!format!("{key:?} {own:?}").contains("hush"));
}
