//! Refusals that were not recorded, and arbitrary ones.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};

use super::answer::{self, Answer};
use super::error::ErrorKind;
use super::redact::Redaction;
use super::{Approval, Tool};
use crate::secrets::Secret;
use crate::view::Decision;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() }
}

#[test]
fn a_refused_tool_call_is_not_taken_for_a_bad_key() {
    let body = r#"{"detail":"Installation needs re-authentication","reason":"disabled"}"#;
    assert_eq!(answer::error(&answer(401, body), &Redaction::new([])).kind, ErrorKind::Upstream);
}

#[test]
fn refusals_of_the_shapes_that_were_not_recorded_are_understood() {
    let cases: &[(u16, &str, ErrorKind, &str)] = &[
        (
            503,
            r#"{"type":"server_error","code":"database_unavailable","detail":"We couldn't."}"#,
            ErrorKind::Server,
            "We couldn't.",
        ),
        (502, "<html>Bad gateway</html>", ErrorKind::Server, ""),
        (502, r#"{"type":"server_error","code":"error","detail":"Crash"}"#, ErrorKind::Server, "Crash"),
        (504, "", ErrorKind::Server, ""),
        (401, "<html>Proxy login</html>", ErrorKind::Unreadable, ""),
        (401, "", ErrorKind::KeyRefused, ""),
        (403, "<html>Blocked</html>", ErrorKind::Forbidden, ""),
        (400, r#"{"error":"invalid_grant","error_description":"No"}"#, ErrorKind::Invalid, "No"),
        (400, r#"{"redirect_uris":["Required."]}"#, ErrorKind::Invalid, "Required."),
        (400, "Template is missing", ErrorKind::Invalid, ""),
        (
            400,
            r#"{"detail":"Template missing OAuth credentials"}"#,
            ErrorKind::LoginSetup,
            "Template missing OAuth credentials",
        ),
        (
            401,
            r#"{"error":"Installation needs re-authentication"}"#,
            ErrorKind::Upstream,
            "Installation needs re-authentication",
        ),
        (
            403,
            r#"{"type":"authentication_error","code":"permission_denied","detail":"This server is disabled for your team.","attr":null}"#,
            ErrorKind::ServerDisabledForTeam,
            "This server is disabled for your team.",
        ),
        (
            400,
            r#"{"detail":"Installation is missing OAuth state — reinstall the server"}"#,
            ErrorKind::LoginSetup,
            "Installation is missing OAuth state — reinstall the server",
        ),
        (418, "[]", ErrorKind::Invalid, ""),
        (204, "", ErrorKind::Unreadable, ""),
        (302, "", ErrorKind::UnexpectedRedirect, ""),
        (100, "", ErrorKind::Unreadable, ""),
        (999, "", ErrorKind::Server, ""),
    ];
    for (status, body, kind, detail) in cases {
        let error = answer::error(&answer(*status, body), &Redaction::new([]));
        assert_eq!((&error.kind, error.detail.as_str()), (kind, *detail), "{status} {body}");
    }
}

#[test]
fn a_wait_may_be_a_date_and_is_bounded() {
    let wait = |headers: &[(&'static str, &str)]| {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let answer = Answer { status: 429, headers: map, body: Vec::new() };
        answer::error(&answer, &Redaction::new([])).retry_after
    };
    let (date, later) = ("Tue, 24 Nov 2026 10:00:00 GMT", "Tue, 24 Nov 2026 10:01:30 GMT");
    assert_eq!(wait(&[("date", date), ("retry-after", later)]), Some(Duration::from_secs(90)));
    assert_eq!(wait(&[("date", later), ("retry-after", date)]), Some(Duration::ZERO));
    assert_eq!(wait(&[("retry-after", "18446744073709551615")]), Some(Duration::from_hours(24)));
    assert_eq!(wait(&[("retry-after", "-5")]), None);
    assert_eq!(wait(&[("retry-after", "soon")]), None);
}

mod arbitrary {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_body_breaks_the_error_parser_or_leaks_the_key(
            status in 100..1000_u16,
            body in prop::collection::vec(any::<u8>(), 0..400),
            before in ".{0,40}",
            after in ".{0,40}",
        ) {
            let key = Secret::new("phx_Zm9vYmFyYmF6cXV4".to_owned());
            let redaction = Redaction::new([&key]);
            let raw = Answer { status, headers: HeaderMap::new(), body };
            prop_assert_eq!(answer::error(&raw, &redaction).status, Some(status));
            let echo = serde_json::json!({
                "detail": format!("{before}{}{after}", key.expose()),
                "code": key.expose(),
                "attr": format!("{after}{}", key.expose()),
            });
            let error = answer::error(&answer(status, &echo.to_string()), &redaction);
            let all = format!("{error} {error:?} {:?}", crate::view::CommandError::from(&error));
            prop_assert!(!all.contains("Zm9vYmFy"), "{}", all);
            prop_assert!(error.detail.chars().all(|c| !c.is_control()));
        }

        #[test]
        fn times_survive_with_and_without_fractions(seconds in 0..4_000_000_000_i64, micros in 0..1_000_000_i32) {
            let time = jiff::Timestamp::new(seconds, micros * 1000).unwrap();
            let row = format!(r#"{{"tool_name":"x","last_seen_at":"{time}","removed_at":"{time}"}}"#);
            let tool: Tool = serde_json::from_str(&row).unwrap();
            prop_assert_eq!(tool.last_seen_at, Some(time));
            prop_assert_eq!(tool.removed_at, Some(time));
        }

        #[test]
        fn no_text_breaks_the_reading_of_times(text in ".{0,40}") {
            let row = serde_json::json!({"tool_name": "x", "last_seen_at": text, "created_at": text}).to_string();
            let tool: Tool = serde_json::from_str(&row).unwrap();
            prop_assert_eq!(tool.last_seen_at, text.parse().ok());
        }

        #[test]
        fn an_unknown_word_is_stricter_than_every_known_state(word in "[a-z_]{0,12}") {
            let approval = Approval::from(word.as_str());
            prop_assert_eq!(approval.as_str(), word.as_str());
            if approval.known().is_none() {
                prop_assert!(approval > Approval::Known(Decision::DoNotUse));
            }
        }
    }
}
