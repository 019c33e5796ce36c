//! Brand images.

use super::{Reply, Server, json};
use crate::posthog::{ErrorKind, IconKind, Theme};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn image(bytes: &[u8]) -> Reply {
    // Always the same type: it is the bytes that count.
    Reply::Say("200 OK", vec!["Content-Type: image/svg+xml".into()], bytes.to_vec())
}

#[tokio::test]
async fn an_icon_is_asked_for_by_domain_and_theme_and_accepts_anything() {
    let server = Server::start(|_| vec![image(PNG), image(PNG)]).await;
    let icon = server.client().icon(7, "linear.app", Theme::Dark).await.unwrap().unwrap();
    assert_eq!((icon.kind, icon.kind.media_type(), icon.bytes.as_slice()), (IconKind::Png, "image/png", PNG));
    server.client().icon(7, "a&theme=dark#?", Theme::Light).await.unwrap();
    let path = "GET /api/projects/7/mcp_servers/icon/?domain";
    assert_eq!(server.lines()[0], format!("{path}=linear.app&theme=dark HTTP/1.1"));
    assert_eq!(server.lines()[1], format!("{path}=a%26theme%3Ddark%23%3F&theme=light HTTP/1.1"));
    let accepts: Vec<_> = server.requests()[0]
        .to_lowercase()
        .lines()
        .filter(|line| line.starts_with("accept:"))
        .map(String::from)
        .collect();
    assert_eq!(accepts, ["accept: */*"]);
}

#[tokio::test]
async fn only_images_this_app_shows_are_icons() {
    let cases: &[(&[u8], Option<IconKind>)] = &[
        (PNG, Some(IconKind::Png)),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(IconKind::Jpeg)),
        (b"RIFF\x24\0\0\0WEBPVP8 ", Some(IconKind::Webp)),
        (b"GIF87a\x01", Some(IconKind::Gif)),
        (b"GIF89a\x01", Some(IconKind::Gif)),
        (b"GIF88a\x01", None),
        (b"RIFF\x24\0\0\0WAVEfmt ", None),
        (b"\x89PNG", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
        (b"<!doctype html>", None),
        (b"{}", None),
        (b"", None),
    ];
    let server = Server::start(|_| cases.iter().map(|(bytes, _)| image(bytes)).collect()).await;
    for (bytes, kind) in cases {
        let icon = server.client().icon(1, "x.example", Theme::Light).await.unwrap();
        assert_eq!(icon.map(|icon| icon.kind), *kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn no_icon_is_no_error_and_a_failing_provider_is_asked_once() {
    let said = |status, code: &str, detail: &str| {
        json(
            status,
            &serde_json::json!({"type": "x", "code": code, "detail": detail, "attr": null}).to_string(),
        )
    };
    let server = Server::start(|_| {
        vec![
            said("404 Not Found", "not_found", "Not found."),
            said("404 Not Found", "not_found", "Endpoint not found."),
            said("404 Not Found", "not_found", "Project not found."),
            said("400 Bad Request", "invalid_input", "domain must be a bare hostname, e.g. linear.app"),
            said("503 Service Unavailable", "error", "Over budget"),
            image(&[PNG, &vec![0; 256 << 10]].concat()),
            Reply::HangUp,
        ]
    })
    .await;
    let client = server.client();
    assert_eq!(client.icon(1, "", Theme::Light).await.unwrap(), None);
    assert!(server.requests().is_empty(), "nothing to ask for");
    for _ in 0..2 {
        assert_eq!(client.icon(1, "x.example", Theme::Light).await.unwrap(), None);
    }
    for expected in [
        ErrorKind::ProjectNotFound,
        ErrorKind::Invalid,
        ErrorKind::Server,
        ErrorKind::TooLarge,
        ErrorKind::Interrupted,
    ] {
        assert_eq!(client.icon(1, "x.example", Theme::Light).await.unwrap_err().kind, expected);
    }
    assert_eq!(server.requests().len(), 7);
}
