use proptest::prelude::*;
use url::form_urlencoded::byte_serialize;

use super::{LinkError, LinkStatus, parse};
use crate::connect::NonceHash;

const N: &str = "0123456789abcdef0123456789abcdef";

/// `text` with the nonce for each `{N}`.
fn filled(text: &str) -> String {
    text.replace("{N}", N)
}

#[test]
fn links_of_posthog_are_read() {
    let error = |error| LinkStatus::Error(error);
    let other = |text: &str| error(LinkError::Other(text.to_owned()));
    let cases = [
        ("posthog-code://mcp-oauth-complete?flow={N}&status=success", LinkStatus::Success),
        ("posthog-code://mcp-oauth-complete/?flow={N}&status=success", LinkStatus::Success),
        ("POSTHOG-CODE://mcp-oauth-complete?flow={N}&status=success", LinkStatus::Success),
        ("Posthog-Code://mcp-oauth-complete/?flow={N}&status=success", LinkStatus::Success),
        ("posthog-code://mcp-oauth-complete?status=success&flow={N}", LinkStatus::Success),
        ("posthog-code://mcp-oauth-complete?&flow={N}&&status=success&", LinkStatus::Success),
        (
            "posthog-code://mcp-oauth-complete?flow={N}&status=success&installation_id=7&x=%00&Flow=1",
            LinkStatus::Success,
        ),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=success&error=ignored", LinkStatus::Success),
        (
            "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=cancelled",
            error(LinkError::Cancelled),
        ),
        (
            "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=token_exchange_failed",
            error(LinkError::ExchangeFailed),
        ),
        (
            "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=Missing+authorization+code",
            error(LinkError::NoCode),
        ),
        (
            "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=Missing%20authorization%20code",
            error(LinkError::NoCode),
        ),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error&error=server_error", other("server_error")),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error&error=a%26b%3Dc=d%23", other("a&b=c=d#")),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error&error=Cancelled", other("Cancelled")),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error&error=", other("")),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error&error", other("")),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error", other("")),
        ("posthog-code://mcp-oauth-complete?flow={N}&status=error&error=%zz%", other("%zz%")),
        (
            "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=%3Cb%3Ehi%3C/b%3E",
            other("<b>hi</b>"),
        ),
    ];
    for (text, status) in cases {
        let link = parse(&filled(text)).unwrap_or_else(|| panic!("{text}"));
        assert!(link.status == status, "{text}");
        assert_eq!(link.hash, NonceHash::of_digits(N), "{text}");
    }
}

/// Every one of these may be sent by any page or program.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "posthog-code",
    "posthog-code:",
    "posthog-code://",
    "posthog-code://mcp-oauth-complete",
    "posthog-code://mcp-oauth-complete?",
    "posthog-code://mcp-oauth-complete?flow={N}",
    "posthog-code://mcp-oauth-complete?status=success",
    "?flow={N}&status=success",
    "flow={N}&status=success",
    "mcp-oauth-complete?flow={N}&status=success",
    "//mcp-oauth-complete?flow={N}&status=success",
    // Other schemes.
    "http://mcp-oauth-complete?flow={N}&status=success",
    "https://mcp-oauth-complete/?flow={N}&status=success",
    "array://mcp-oauth-complete?flow={N}&status=success",
    "posthog-codex://mcp-oauth-complete?flow={N}&status=success",
    "xposthog-code://mcp-oauth-complete?flow={N}&status=success",
    "posthog_code://mcp-oauth-complete?flow={N}&status=success",
    "posthog-code%3A//mcp-oauth-complete?flow={N}&status=success",
    "javascript:posthog-code://mcp-oauth-complete?flow={N}&status=success",
    "https://evil.example/posthog-code://mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://posthog-code://mcp-oauth-complete?flow={N}&status=success",
    "--posthog-code://mcp-oauth-complete?flow={N}&status=success",
    // Without, or with other, slashes.
    "posthog-code:mcp-oauth-complete?flow={N}&status=success",
    "posthog-code:/mcp-oauth-complete?flow={N}&status=success",
    "posthog-code:///mcp-oauth-complete?flow={N}&status=success",
    "posthog-code:\\\\mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete\\?flow={N}&status=success",
    "posthog-code:/\\mcp-oauth-complete?flow={N}&status=success",
    // Other hosts, users, ports.
    "posthog-code://MCP-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete.?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete.evil.example?flow={N}&status=success",
    "posthog-code://evil.example/mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-completed?flow={N}&status=success",
    "posthog-code://mcp%2Doauth-complete?flow={N}&status=success",
    "posthog-code://user@mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://@mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://u:p@mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete@evil.example?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete:80?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete:?flow={N}&status=success",
    "posthog-code://?flow={N}&status=success",
    // Other paths.
    "posthog-code://mcp-oauth-complete//?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete/x?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete/../?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete/.?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete/%2e?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete;?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete%3Fflow={N}&status=success",
    // Fragments.
    "posthog-code://mcp-oauth-complete?flow={N}&status=success#",
    "posthog-code://mcp-oauth-complete#?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}#&status=success",
    // The nonce.
    "posthog-code://mcp-oauth-complete?flow=&status=success",
    "posthog-code://mcp-oauth-complete?flow&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}0&status=success",
    "posthog-code://mcp-oauth-complete?flow=123456789abcdef0123456789abcdef&status=success",
    "posthog-code://mcp-oauth-complete?flow=0123456789ABCDEF0123456789ABCDEF&status=success",
    "posthog-code://mcp-oauth-complete?flow=0123456789abcdeg0123456789abcdef&status=success",
    "posthog-code://mcp-oauth-complete?flow=%30123456789abcdef0123456789abcdef&status=success",
    "posthog-code://mcp-oauth-complete?flow=+123456789abcdef0123456789abcdef&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}+&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}%00&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}=&status=success",
    "posthog-code://mcp-oauth-complete?flow={N};status=success",
    "posthog-code://mcp-oauth-complete?flow[]={N}&status=success",
    "posthog-code://mcp-oauth-complete?Flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?FLOW={N}&status=success",
    "posthog-code://mcp-oauth-complete?%66low={N}&status=success",
    "posthog-code://mcp-oauth-complete?fl%6Fw={N}&status=success",
    "posthog-code://mcp-oauth-complete?+flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?n={N}&status=success",
    "posthog-code://mcp-oauth-complete?x=flow={N}&status=success",
    "posthog-code://mcp-oauth-complete??flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?/?flow={N}&status=success",
    // Twice.
    "posthog-code://mcp-oauth-complete?flow={N}&flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success&flow=00000000000000000000000000000000",
    "posthog-code://mcp-oauth-complete?flow={N}&flow&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&%66low={N}&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success&status=error",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success&%73tatus=error",
    "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=a&error=b",
    "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=a&%65rror=b",
    // The status.
    "posthog-code://mcp-oauth-complete?flow={N}&status=",
    "posthog-code://mcp-oauth-complete?flow={N}&status",
    "posthog-code://mcp-oauth-complete?flow={N}&status=Success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=SUCCESS",
    "posthog-code://mcp-oauth-complete?flow={N}&status=succes%73",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success+",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success%00",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success,error",
    "posthog-code://mcp-oauth-complete?flow={N}&status=ok",
    "posthog-code://mcp-oauth-complete?flow={N}&status=1",
    "posthog-code://mcp-oauth-complete?flow={N}&status=true",
    "posthog-code://mcp-oauth-complete?flow={N}&amp;status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&Status=success",
    "posthog-code://mcp-oauth-complete?flow={N}?status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&oauth_complete=true",
    // Characters no link holds.
    " posthog-code://mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success ",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success\n",
    "\u{feff}posthog-code://mcp-oauth-complete?flow={N}&status=success",
    "posthog\n-code://mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth\t-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success\0",
    "posthog-code://mcp-oauth-complete?flow={N}\0&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=a b",
    "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=\u{1b}[31m",
    "posthog-code://mcp-oauth-complete?flow={N}&status=error&error=ü",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success&x=\u{202e}",
    "posthog-code://mcp\u{2010}oauth-complete?flow={N}&status=success",
    "posthog-cоde://mcp-oauth-complete?flow={N}&status=success",
    "posthog-code://mcp-oauth-complete?flow=０123456789abcdef0123456789abcde&status=success",
    "posthog-code://mcp-oauth-complete?flow={N}&status=success\u{200b}",
    "\"posthog-code://mcp-oauth-complete?flow={N}&status=success\"",
    "'posthog-code://mcp-oauth-complete?flow={N}&status=success'",
    "=?utf-8?b?cG9zdGhvZy1jb2Rl?=",
    "[\"posthog-code://mcp-oauth-complete?flow={N}&status=success\"]",
];

#[test]
fn everything_else_is_dropped() {
    for text in HOSTILE {
        assert!(parse(&filled(text)).is_none(), "{text:?}");
    }
    assert!(HOSTILE.len() >= 60);
}

#[test]
fn the_length_is_bounded() {
    let padded = |length: usize| {
        let link = filled("posthog-code://mcp-oauth-complete?flow={N}&status=success&x=");
        let padding = "a".repeat(length - link.len());
        link + &padding
    };
    assert!(parse(&padded(2_048)).is_some());
    assert!(parse(&padded(2_049)).is_none());
    assert!(parse(&padded(10_000_000)).is_none());
}

#[test]
fn the_text_of_an_error_is_one_short_visible_line() {
    let encoded: String = byte_serialize("Log in at\nevil.example \u{202e}\u{1b}[0m\0".as_bytes()).collect();
    let long = "a".repeat(1_500);
    for error in [encoded.as_str(), &long, "%ff%fe"] {
        let link = parse(&filled(&format!(
            "posthog-code://mcp-oauth-complete?flow={{N}}&status=error&error={error}"
        )));
        let Some(LinkStatus::Error(LinkError::Other(text))) = link.map(|link| link.status) else {
            panic!("{error}")
        };
        assert!(text.chars().count() <= 200, "{text}");
        assert!(text.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{text}");
    }
}

#[test]
fn nothing_of_a_link_is_printed() {
    let link = parse(&filled("posthog-code://mcp-oauth-complete?flow={N}&status=error&error=provider_words"))
        .unwrap();
    let printed = format!("{link:?} {:?}", link.status);
    assert_eq!(printed, "CallbackLink(…) Error(Other(…))");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), tail in any::<String>()) {
        let _ = parse(&text);
        let _ = parse(&format!("posthog-code://mcp-oauth-complete{tail}"));
        let _ = parse(&filled(&format!("posthog-code://mcp-oauth-complete?flow={{N}}&status=error&error={tail}")));
    }

    #[test]
    fn what_is_accepted_names_its_nonce_in_plain_sight(tail in r"[&=?/#%a-f0-9 +]{0,12}(flow=[0-9a-f]{31,33})?&?(status=(success|error))?[&=%a-z0-9+]{0,20}") {
        let text = format!("posthog-code://mcp-oauth-complete{tail}");
        if let Some(link) = parse(&text) {
            let at = text.find("flow=").unwrap() + 5;
            let digits = &text[at..at + 32];
            prop_assert_eq!(link.hash, NonceHash::of_digits(digits));
            prop_assert_eq!(text.matches(digits).count(), 1);
            let again = format!("posthog-code://mcp-oauth-complete?flow={digits}&status=success");
            prop_assert_eq!(parse(&again).unwrap().hash, link.hash);
        }
    }

    #[test]
    fn every_error_posthog_can_send_arrives(error in r"[ -~]{0,60}", digits in "[0-9a-f]{32}") {
        let encoded: String = byte_serialize(error.as_bytes()).collect();
        let link = parse(&format!("posthog-code://mcp-oauth-complete?flow={digits}&status=error&error={encoded}")).unwrap();
        prop_assert_eq!(link.hash, NonceHash::of_digits(&digits));
        let expected = match error.as_str() {
            "cancelled" => LinkError::Cancelled,
            "token_exchange_failed" => LinkError::ExchangeFailed,
            "Missing authorization code" => LinkError::NoCode,
            _ => LinkError::Other(error.clone()),
        };
        prop_assert!(link.status == LinkStatus::Error(expected));
    }

    #[test]
    fn one_changed_byte_is_never_the_same_flow(place in 0..95_usize, byte in 0x20..0x7f_u8) {
        let text = filled("posthog-code://mcp-oauth-complete?flow={N}&status=success");
        let mut bytes = text.clone().into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        let same_flow = parse(&changed).is_some_and(|link| link.hash == NonceHash::of_digits(N));
        prop_assert_eq!(same_flow, changed.to_lowercase().starts_with("posthog-code://") && changed[12..] == text[12..]);
    }
}
